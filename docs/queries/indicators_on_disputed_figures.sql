-- question: Which indicator values should not be quoted before somebody has looked at a figure below them?
-- question_zh: 哪些指标数值在核对其所依据的数字之前不宜引用？
-- columns: indicator, region, year: the value; printed_text and report_id: the disputed figure; failure_ids: what is
--   wrong with it, for `fupin failures show ID`
-- units: none
WITH failing AS (
    SELECT
        failure.failure_id,
        unnest(result.suspect_figure_keys) AS figure_key
    FROM quality.failure AS failure
    INNER JOIN core.fact_check AS result ON failure.check_key = result.check_key
    WHERE failure.failure_state = 'open'
)

SELECT
    lineage.indicator,
    lineage.region_name_en AS region,
    lineage.period_code AS year,
    figure.printed_text,
    report.report_id,
    string_agg(DISTINCT failing.failure_id, ', ' ORDER BY failing.failure_id) AS failure_ids
FROM indicator.lineage AS lineage
INNER JOIN core.fact_figure AS figure ON lineage.figure_key = figure.figure_key
INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
LEFT JOIN failing ON figure.figure_key = failing.figure_key
WHERE lineage.basis = 'as_reported' AND figure.status <> 'ok'
GROUP BY lineage.indicator, lineage.region_name_en, lineage.period_code, figure.printed_text, report.report_id
ORDER BY lineage.indicator, lineage.region_name_en, lineage.period_code, figure.printed_text;
