-- purpose: the record of failures holds as open what does not hold now, each once, and nothing else
-- at_load: quality.failure, quality.failing
SELECT
    f.failure_key,
    n.report_id,
    n.message
FROM (SELECT * FROM quality.failure WHERE failure_state = 'open') AS f
FULL JOIN quality.failing AS n
    ON
        f.report_id = n.report_id
        AND f.check_key IS NOT DISTINCT FROM n.check_key
        AND f.message = n.message
        AND f.severity = n.severity
        AND f.verdict = n.verdict
WHERE f.failure_key IS NULL OR n.report_id IS NULL
UNION ALL
SELECT
    f.failure_key,
    min(f.report_id) AS report_id,
    min(f.message) AS message
FROM quality.failure AS f
GROUP BY f.failure_key
HAVING count(*) > 1;
