-- grain: one span of time in which one accepted value stood in place of a printed one
-- purpose: which corrections the indicators stood on when
-- zh: 各指标在何时依据哪些更正。每行：一个已接受值代替所载值的一段时间
CREATE OR REPLACE VIEW core.correction_span AS
WITH switches AS (
    SELECT
        report_version_key,
        figure_key,
        log_kind,
        proposed_value,
        proposed_low,
        proposed_high,
        logged_at,
        lead(logged_at) OVER (PARTITION BY figure_key ORDER BY log_no ASC) AS next_logged_at
    FROM core.correction_event
)

SELECT
    report_version_key,
    figure_key,
    proposed_value,
    proposed_low,
    proposed_high,
    logged_at AS valid_from,
    next_logged_at AS valid_to
FROM switches
WHERE log_kind = 'applied';
