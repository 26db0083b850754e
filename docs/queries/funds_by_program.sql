-- question: Which programs does the reported money go to?
-- question_zh: 所报资金用于哪些项目？
-- columns: region, year, program, source, stage, fund_class: what for, from whom, how far it had flowed; measure: the
--   money itself, or loans and discounts; amount_cny; report_id. Rows of one stage and fund class may be summed
-- units: CNY
SELECT
    region_name_en AS region,
    year,
    program_name_en AS program,
    source_code AS source,
    stage_code AS stage,
    fund_class,
    measure_code AS measure,
    amount_cny,
    report_id
FROM out.funds_by_program
WHERE currency = 'CNY'
ORDER BY region_code ASC, year ASC, measure_code ASC, stage_code ASC, fund_class ASC, amount_cny DESC, program_code ASC;
