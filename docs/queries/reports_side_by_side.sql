-- question: Where several reports print the same fact, do they agree?
-- question_zh: 多份报告印出同一事实时，它们是否一致？
-- columns: region, year, program, source, stage, measure, currency: the fact; report_count, least, greatest, spread: how
--   far apart they are; does_agree: whether the numbers can stand for one amount; reports: each with what it prints
-- units: as the column currency says
SELECT
    region_name_en AS region,
    year,
    program_code AS program,
    source_code AS source,
    stage_code AS stage,
    measure_code AS measure,
    unit_code AS currency,
    count(DISTINCT report_id) AS report_count,
    min(value) AS least,
    max(value) AS greatest,
    max(value) - min(value) AS spread,
    max(low) <= min(high) AS does_agree,
    string_agg(report_id || ': ' || printed_text, '; ' ORDER BY report_id, figure_key) AS reports
FROM out.fact_all
WHERE fact_kind = 'fund' AND flow = 'level' AND source_code <> 'unknown' AND region_code <> 'unknown' AND item = ''
GROUP BY
    region_code,
    region_name_en,
    year,
    program_code,
    source_code,
    stage_code,
    measure_code,
    unit_code
HAVING count(DISTINCT report_id) > 1
ORDER BY region_code, year, program_code, source_code, stage_code, measure_code, unit_code;
