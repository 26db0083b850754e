-- grain: one report
-- purpose: the version of each report that counts now, to join by report_id; earlier ones are in dim_report
-- zh: 每份报告的有效版本，供按 report_id 连接；较早者在 dim_report。每行：一份报告
CREATE OR REPLACE VIEW core.report AS
SELECT
    report_id,
    version_no,
    title,
    region_code,
    period_code,
    series,
    language,
    publisher,
    published_on,
    precedence,
    numbers_found,
    report_version_key
FROM core.dim_report
WHERE is_current;
