-- question: Which growth rates and shares do reports print, and about which figure?
-- question_zh: 报告印出了哪些增长率和占比，说的是哪个数字？
-- columns: report_id, claim: kind of statement; printed_text; value with its bounds; about: the figure it speaks of
-- units: as the column unit says
SELECT
    report.report_id,
    claim.claim_kind AS claim,
    figure.printed_text,
    claim.value,
    claim.value_low,
    claim.value_high,
    figure.unit_code AS unit,
    subject.printed_text AS about
FROM core.fact_claim AS claim
INNER JOIN core.dim_report AS report ON claim.report_version_key = report.report_version_key
INNER JOIN core.fact_figure AS figure ON claim.figure_key = figure.figure_key
LEFT JOIN core.fact_figure AS subject ON claim.subject_figure_key = subject.figure_key
WHERE report.is_current
ORDER BY report.report_id, figure.figure_id;
