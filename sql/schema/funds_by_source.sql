-- grain: region x year x fund source x measure x flow stage x currency
-- purpose: who gave the money of all programs together. The givers of one stage and fund class may be summed; where not
--   all of them are told, the sum stays below out.funds
-- zh: 全部项目合计的资金由谁出。同一阶段和资金类别的各出资方可以相加；未全部说明时，其和低于 out.funds。每行：地区 × 
--   年 × 资金来源 × 指标 × 阶段 × 货币
CREATE OR REPLACE VIEW out.funds_by_source AS
SELECT
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    region.region_level,
    f.year,
    source.source_code,
    source.name_en AS source_name_en,
    source.name_zh AS source_name_zh,
    measure.measure_code,
    measure.name_en AS measure_name_en,
    measure.name_zh AS measure_name_zh,
    stage.stage_code,
    stage.name_en AS stage_name_en,
    stage.name_zh AS stage_name_zh,
    f.fund_class,
    f.fund_class = 'fiscal' AS is_fiscal,
    f.unit_code AS currency,
    f.value AS amount,
    CASE WHEN f.unit_code = 'CNY' THEN f.value END AS amount_cny,
    f.value_low AS low,
    f.value_high AS high,
    f.scope,
    f.region_group,
    CASE WHEN f.is_contradicted THEN 'disputed' ELSE f.status END AS status,
    f.sureness,
    f.report_id,
    f.sentence,
    f.figure_key
FROM work.fund_choice AS f
INNER JOIN core.region AS region ON f.region_code = region.region_code
INNER JOIN core.measure AS measure ON f.measure_code = measure.measure_code
INNER JOIN core.fund_source AS source ON f.source_code = source.source_code
INNER JOIN core.flow_stage AS stage ON f.stage_code = stage.stage_code
WHERE f.in_funds_by_source;
