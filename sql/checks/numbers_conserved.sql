-- purpose: every number of a document is in exactly one row
-- at_load: core.fact_figure, core.fact_number, core.dim_report
WITH loaded AS (
    SELECT report_version_key FROM core.fact_figure
    UNION ALL
    SELECT report_version_key FROM core.fact_number
)

SELECT
    report.report_id,
    report.version_no,
    report.numbers_found,
    count(loaded.report_version_key) AS numbers_loaded
FROM core.dim_report AS report
LEFT JOIN loaded ON report.report_version_key = loaded.report_version_key
GROUP BY report.report_version_key, report.report_id, report.version_no, report.numbers_found
HAVING report.numbers_found IS DISTINCT FROM count(loaded.report_version_key);
