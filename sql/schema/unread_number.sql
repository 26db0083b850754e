-- grain: one number of a current report version that was not read
-- purpose: numbers of which not all that belongs to them was understood, so that nobody should use them, with the cause
-- zh: 未能完全理解其附带内容、因而不应使用的数，附原因。每行：现行报告版本中一个未读出的数
CREATE OR REPLACE VIEW quality.unread_number AS
SELECT
    report.report_id,
    number.number_no,
    coalesce(number.sheet || ' ' || number.cell, number.cell, number.section) AS place,
    number.printed_text,
    number.sentence,
    number.why,
    number.start_offset,
    number.number_key,
    number.report_version_key
FROM core.fact_number AS number
INNER JOIN core.dim_report AS report ON number.report_version_key = report.report_version_key
WHERE report.is_current AND number.reason = 'unread';
