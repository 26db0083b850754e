-- question: Which rules do reports break most often, and what do the rules ask for?
-- question_zh: 报告最常违反哪些规则，这些规则要求什么？
-- columns: rule, severity, open_count: failures that stand; report_count: reports they are in; meaning of the rule
-- units: failures, reports
SELECT
    failure.rule_code AS rule,
    failure.severity,
    count(*) AS open_count,
    count(DISTINCT failure.report_id) AS report_count,
    rule.text_en AS meaning
FROM quality.failure AS failure
LEFT JOIN core.dim_rule AS rule ON failure.rule_code = rule.rule_code
WHERE failure.failure_state = 'open'
GROUP BY failure.rule_code, failure.severity, rule.text_en
ORDER BY open_count DESC, rule ASC, failure.severity ASC;
