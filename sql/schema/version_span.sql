-- grain: one span of time in which one version of a report counted
-- purpose: which version was current when; a version that came back has several spans, a withdrawn report none now
-- zh: 何时以哪个版本为现行；恢复的版本有多段，已撤回者现在没有。每行：某报告的一个版本有效的一段时间
CREATE OR REPLACE VIEW core.version_span AS
WITH switches AS (
    SELECT
        report_id,
        current_version_key,
        logged_at,
        lead(logged_at) OVER (PARTITION BY report_id ORDER BY log_no ASC) AS next_logged_at
    FROM core.version_event
)

SELECT
    report_id,
    current_version_key AS report_version_key,
    logged_at AS valid_from,
    next_logged_at AS valid_to
FROM switches
WHERE current_version_key IS NOT NULL;
