-- question: How much money did a region report by year and source, and does anything speak against it?
-- question_zh: 某地区各年各来源报告了多少资金，有无存疑之处？
-- columns: region, year, source, stage: whose money, when, from whom and how far it had flowed; amount_cny with the
--   bounds (low, high) that rounding leaves open; total_cny: what is printed as the total of the stage and fund class,
--   empty where none is; report_id: where it stands; status: ok or disputed
-- units: CNY
-- parameters: region: code of the region, such as 360000
SELECT
    part.region_name_en AS region,
    part.year,
    part.source_name_en AS source,
    part.stage_code AS stage,
    part.amount_cny,
    part.low,
    part.high,
    whole.amount_cny AS total_cny,
    part.report_id,
    part.status
FROM out.funds_by_source AS part
LEFT JOIN out.funds AS whole USING (region_code, year, measure_code, stage_code, fund_class, currency)
WHERE part.currency = 'CNY' AND part.region_code = $region
ORDER BY part.year ASC, part.stage_code ASC, part.amount_cny DESC, part.source_code ASC;
