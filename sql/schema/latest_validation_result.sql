-- grain: one expectation on one report version, or on one dimension or indicator
-- purpose: the newest shape results: of each content of each report, and of the warehouse as it was last loaded
-- zh: 最新的结构检验结果：每份报告的每次内容，以及最近一次载入的仓库。每行：一个报告版本或一个维度、指标的一项预期
CREATE OR REPLACE VIEW quality.latest_validation_result AS
WITH ranked AS (
    SELECT
        run_key,
        report_id,
        content_hash,
        validated_at,
        is_loaded,
        row_number() OVER (PARTITION BY report_id, content_hash ORDER BY validated_at DESC, run_key ASC) AS age
    FROM quality.validation_run
    WHERE report_id IS NOT NULL
),

newest AS (
    SELECT
        report_id,
        content_hash,
        validated_at,
        is_loaded,
        run_key,
        cast(NULL AS VARCHAR) AS suite
    FROM ranked
    WHERE age = 1
    UNION ALL
    SELECT
        run.report_id,
        cast(NULL AS VARCHAR) AS content_hash,
        run.validated_at,
        run.is_loaded,
        run.run_key,
        known.suite
    FROM quality.validated_table AS known
    INNER JOIN quality.validation_run AS run ON known.run_key = run.run_key
)

SELECT
    newest.* EXCLUDE (run_key, suite),
    result.*
FROM newest
INNER JOIN quality.validation_result AS result
    ON newest.run_key = result.run_key AND coalesce(newest.suite = result.suite, TRUE);
