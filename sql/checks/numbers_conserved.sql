-- purpose: every number of a document is in exactly one row
-- at_load: core.fact_figure, core.fact_number, core.dim_report
WITH figures AS (
    SELECT
        report_version_key,
        count(*) AS row_count
    FROM core.fact_figure
    GROUP BY report_version_key
),

others AS (
    SELECT
        report_version_key,
        count(*) AS row_count
    FROM core.fact_number
    GROUP BY report_version_key
)

SELECT
    report.report_id,
    report.version_no,
    report.numbers_found,
    coalesce(figures.row_count, 0) + coalesce(others.row_count, 0) AS numbers_loaded
FROM core.dim_report AS report
LEFT JOIN figures ON report.report_version_key = figures.report_version_key
LEFT JOIN others ON report.report_version_key = others.report_version_key
WHERE report.numbers_found <> coalesce(figures.row_count, 0) + coalesce(others.row_count, 0);
