-- grain: one amount that speaks for its report
-- purpose: amounts with the names of what they are about, and which wide tables of parts they stand in
-- zh: 带名称的金额及其所在的分项宽表。每行：代表其报告的一笔金额
CREATE OR REPLACE VIEW work.named_fund AS
SELECT
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    region.region_level,
    f.year,
    program.program_code,
    program.name_en AS program_name_en,
    program.name_zh AS program_name_zh,
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
    f.reviewed_by,
    f.reviewed_at,
    f.report_id,
    f.sentence,
    f.figure_key,
    f.sum_key,
    f.speaks_rank,
    f.year_rank,
    f.content_rank,
    f.has_total,
    f.in_funds,
    f.in_funds_by_source,
    f.in_funds_by_program
FROM work.fund_choice AS f
INNER JOIN core.region AS region ON f.region_code = region.region_code
INNER JOIN core.measure AS measure ON f.measure_code = measure.measure_code
INNER JOIN core.program AS program ON f.program_code = program.program_code
INNER JOIN core.fund_source AS source ON f.source_code = source.source_code
INNER JOIN core.flow_stage AS stage ON f.stage_code = stage.stage_code;
