-- purpose: a report has one current version, and none only where one was withdrawn
SELECT
    report_id,
    sum(CASE WHEN is_current THEN 1 ELSE 0 END) AS current_versions
FROM core.dim_report
GROUP BY report_id
HAVING
    sum(CASE WHEN is_current THEN 1 ELSE 0 END) > 1
    OR (sum(CASE WHEN is_current THEN 1 ELSE 0 END) = 0 AND count(retracted_at) = 0);
