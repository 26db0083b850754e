-- grain: one corrected figure of a current report version
-- purpose: the value and bounds that adjusted indicators take in place of the printed ones
-- zh: 调整后指标用来代替所载数字的值和上下限。每行：现行报告版本中一个已更正的数字
CREATE OR REPLACE VIEW work.accepted_correction AS
SELECT
    correction.figure_key,
    correction.proposed_value,
    correction.proposed_low,
    correction.proposed_high
FROM core.correction AS correction
INNER JOIN core.dim_report AS report ON correction.report_version_key = report.report_version_key
WHERE correction.status = 'accepted' AND report.is_current;
