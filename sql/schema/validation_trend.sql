-- grain: report x validation run; without a report: the warehouse x run
-- purpose: whether a report gets better or worse from version to version: its counts beside those of the run before
-- zh: 报告是否一版比一版好：其计数与上次运行并列。每行：报告 × 验证运行；无报告者为仓库 × 运行
CREATE OR REPLACE VIEW quality.validation_trend AS
SELECT
    report_id,
    run_key,
    content_hash,
    validated_at,
    is_loaded,
    expectation_count,
    failing_critical,
    failing_error,
    failing_warning,
    failing_info,
    check_count,
    checks_failing_critical,
    checks_failing_error,
    checks_failing_warning,
    checks_failing_info,
    lag(validated_at) OVER run AS previous_validated_at,
    lag(failing_critical) OVER run AS previous_failing_critical,
    lag(failing_error) OVER run AS previous_failing_error,
    lag(failing_warning) OVER run AS previous_failing_warning,
    lag(failing_info) OVER run AS previous_failing_info,
    lag(checks_failing_critical) OVER run AS previous_checks_failing_critical,
    lag(checks_failing_error) OVER run AS previous_checks_failing_error,
    lag(checks_failing_warning) OVER run AS previous_checks_failing_warning,
    lag(checks_failing_info) OVER run AS previous_checks_failing_info
FROM quality.validation_run
WINDOW run AS (PARTITION BY report_id ORDER BY validated_at ASC, run_key ASC);
