-- question: What does not add up, and which sentence has to be read again?
-- question_zh: 哪些内容不相符，应重新核对哪一句？
-- columns: severity, report_id, rule, finding, suspect: the printed number to look at first; place, sentence
-- units: none
SELECT
    severity,
    report_id,
    rule_code AS rule,
    message AS finding,
    suspect_text AS suspect,
    place,
    sentence
FROM quality.failure
WHERE failure_state = 'open'
ORDER BY
    CASE severity WHEN 'critical' THEN 0 WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    report_id,
    failure_id;
