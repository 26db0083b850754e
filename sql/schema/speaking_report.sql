-- grain: one report
-- purpose: current versions in the order in which they speak where they differ: by declared precedence, then the one
--   published last (speaks_rank); where nothing tells them apart, by their content (content_rank), never by their names
-- zh: 现行版本在说法不一时的先后：先按声明的次序，再取最后发布者（speaks_rank）；无从区分时按内容（content_rank），从不
--   按文件名。每行：一份报告
CREATE OR REPLACE VIEW work.speaking_report AS
WITH placed AS (
    SELECT
        *,
        row_number() OVER (ORDER BY precedence ASC, published_on DESC, report_version_key ASC) AS speaks_no,
        row_number() OVER (ORDER BY content_hash ASC, report_version_key ASC) AS content_no
    FROM core.dim_report
    WHERE is_current
)

SELECT
    report_version_key,
    report_id,
    region_code,
    period_code,
    series,
    precedence,
    published_on,
    cast(min(speaks_no) OVER (PARTITION BY precedence, published_on) AS INTEGER) AS speaks_rank,
    cast(min(content_no) OVER (PARTITION BY content_hash) AS INTEGER) AS content_rank
FROM placed;
