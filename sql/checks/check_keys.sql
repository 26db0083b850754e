-- purpose: every check belongs to a rule and a report version
-- at_load: core.fact_check
SELECT c.check_key
FROM core.fact_check AS c
LEFT JOIN core.dim_rule AS r ON c.rule_key = r.rule_key
LEFT JOIN core.dim_report AS d ON c.report_version_key = d.report_version_key
WHERE r.rule_key IS NULL OR d.report_version_key IS NULL;
