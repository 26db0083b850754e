-- question: Which facts stand in no table of totals, and why?
-- question_zh: 哪些事实不在任何合计表中，为什么？
-- columns: fact_kind, reason; fact_count: how many; example: the number of the first as printed, with its report_id
-- units: facts
SELECT
    fact_kind,
    reason,
    count(*) AS fact_count,
    min(report_id || ': ' || printed_text) AS example
FROM out.fact_all
WHERE reason IS NOT NULL
GROUP BY fact_kind, reason
ORDER BY fact_count DESC, fact_kind ASC, reason ASC;
