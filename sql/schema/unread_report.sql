-- grain: one current report version
-- purpose: how many numbers of a report were found, and how many of them are figures, something else, or not read
-- zh: 报告中找到多少数，其中多少作为数据、归为其他或未读出。每行：一个现行报告版本
CREATE OR REPLACE VIEW quality.unread_report AS
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
        cast(sum(CASE WHEN reason = 'unread' THEN 0 ELSE 1 END) AS BIGINT) AS classified_count,
        cast(sum(CASE WHEN reason = 'unread' THEN 1 ELSE 0 END) AS BIGINT) AS unread_count
    FROM core.fact_number
    GROUP BY report_version_key
)

SELECT
    report.report_id,
    report.numbers_found,
    coalesce(figures.row_count, 0) AS figures_read,
    coalesce(others.classified_count, 0) AS classified_count,
    coalesce(others.unread_count, 0) AS unread_count,
    report.report_version_key
FROM core.dim_report AS report
LEFT JOIN figures ON report.report_version_key = figures.report_version_key
LEFT JOIN others ON report.report_version_key = others.report_version_key
WHERE report.is_current;
