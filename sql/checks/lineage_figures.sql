-- purpose: an indicator rests on figures of current versions only, each once per operand
-- at_load: indicator.lineage, core.fact_figure, core.dim_report
SELECT
    lineage.indicator,
    lineage.region_code,
    lineage.period_code,
    lineage.basis,
    lineage.member_code,
    lineage.operand,
    lineage.figure_key,
    count(*) AS row_count
FROM indicator.lineage AS lineage
LEFT JOIN core.fact_figure AS figure ON lineage.figure_key = figure.figure_key
LEFT JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
GROUP BY
    lineage.indicator,
    lineage.region_code,
    lineage.period_code,
    lineage.basis,
    lineage.member_code,
    lineage.operand,
    lineage.figure_key
HAVING count(*) > 1 OR NOT coalesce(bool_and(report.is_current), FALSE);
