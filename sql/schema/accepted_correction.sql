-- grain: one corrected figure of a current report version
-- purpose: the value and bounds that adjusted indicators take in place of the printed ones
CREATE OR REPLACE VIEW work.accepted_correction AS
SELECT
    correction.figure_key,
    correction.proposed_value,
    correction.proposed_low,
    correction.proposed_high
FROM core.correction AS correction
INNER JOIN core.dim_report AS report ON correction.report_version_key = report.report_version_key
WHERE correction.status = 'accepted' AND report.is_current;
