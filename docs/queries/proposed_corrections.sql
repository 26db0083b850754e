-- question: Which printed numbers are probably slips, and what should they be?
-- question_zh: 哪些所载数字可能印错，应为多少？
-- columns: correction_id, report_id, printed_text, proposed with its bounds, unit, status, reason
-- units: as the column unit says
SELECT
    correction.correction_id,
    report.report_id,
    figure.printed_text,
    correction.proposed_value AS proposed,
    correction.proposed_low,
    correction.proposed_high,
    figure.unit_code AS unit,
    correction.status,
    correction.reason
FROM core.correction AS correction
INNER JOIN core.dim_report AS report ON correction.report_version_key = report.report_version_key
INNER JOIN core.fact_figure AS figure ON correction.figure_key = figure.figure_key
WHERE report.is_current
ORDER BY report.report_id, figure.figure_id, correction.correction_id;
