-- question: Which sentences and cells does an indicator rest on?
-- question_zh: 某个指标依据哪些句子和单元格？
-- columns: region, year, basis: the value; operand: place in the formula; printed_text, value, unit: the figure; place:
--   section or cell; sentence; report_id and version_no: the document
-- units: as the column unit says
-- parameters: indicator: its name, such as central_share
SELECT
    lineage.region_name_en AS region,
    lineage.period_code AS year,
    lineage.basis,
    lineage.operand,
    figure.printed_text,
    figure.value,
    figure.unit_code AS unit,
    coalesce(figure.sheet || ' ' || figure.cell, figure.section) AS place,
    figure.sentence,
    report.report_id,
    report.version_no
FROM indicator.lineage AS lineage
INNER JOIN core.fact_figure AS figure ON lineage.figure_key = figure.figure_key
INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
WHERE lineage.indicator = $indicator
ORDER BY lineage.region_code ASC, lineage.period_code ASC, lineage.basis DESC, lineage.operand DESC;
