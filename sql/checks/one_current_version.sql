-- purpose: every report has exactly one current version
SELECT
    report_id,
    sum(CASE WHEN is_current THEN 1 ELSE 0 END) AS current_versions
FROM core.dim_report
GROUP BY report_id
HAVING sum(CASE WHEN is_current THEN 1 ELSE 0 END) <> 1;
