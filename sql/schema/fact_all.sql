-- grain: one fact of a current report version
-- purpose: every fact with names, the wide tables in which it stands, and the reason where it stands in none: printed
--   twice, a part beside its total, on another axis, or cannot be told. Its rows overlap, and must not be summed
-- zh: 带名称的每个事实、它所在的宽表，以及不在任何宽表的原因：重复印出、合计的部分、属于另一分类或无法判断。各行互有
--   重叠，不得相加。每行：现行报告版本的一个事实
CREATE OR REPLACE VIEW out.fact_all AS
WITH choices AS (
    SELECT
        figure_key,
        concat_ws(
            ', ',
            CASE WHEN in_funds THEN 'out.funds' END,
            CASE WHEN in_funds_by_source THEN 'out.funds_by_source' END,
            CASE WHEN in_funds_by_program THEN 'out.funds_by_program' END
        ) AS out_tables,
        CASE
            WHEN is_unclassed THEN 'the giver cannot be told, and others are'
            WHEN is_nested THEN 'a part beside its total'
            WHEN is_total AND has_total = 1 AND NOT is_chosen_total THEN 'another report or a larger total speaks'
            WHEN program_code <> 'all' AND has_total = 1 THEN 'a part beside its total'
            WHEN is_giver = 1 AND NOT is_chosen_giver THEN 'another report speaks'
            ELSE 'a total whose parts are told'
        END AS why
    FROM work.fund_choice
    UNION ALL
    SELECT
        figure_key,
        CASE WHEN choice_why IS NULL THEN 'out.results' ELSE '' END AS out_tables,
        choice_why AS why
    FROM work.result_choice
)

SELECT
    f.fact_kind,
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    region.region_level,
    f.year,
    f.period_code,
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
    beneficiary.beneficiary_code,
    f.fund_class,
    f.unit_code,
    f.flow,
    f.rollup_role,
    f.breakdown_axis,
    f.value,
    f.value_low AS low,
    f.value_high AS high,
    coalesce(choices.out_tables, '') AS out_tables,
    CASE WHEN coalesce(choices.out_tables, '') = '' THEN coalesce(f.why, told.why, choices.why) END AS reason,
    f.scope,
    f.region_group,
    f.item,
    f.status,
    f.sureness,
    f.report_id,
    f.sentence,
    f.printed_text,
    f.figure_key
FROM work.placed_fact AS f
LEFT JOIN work.told_fact AS told ON f.figure_key = told.figure_key
LEFT JOIN choices ON f.figure_key = choices.figure_key
INNER JOIN core.region AS region ON f.region_code = region.region_code
INNER JOIN core.measure AS measure ON f.measure_code = measure.measure_code
INNER JOIN core.program AS program ON f.program_code = program.program_code
INNER JOIN core.fund_source AS source ON f.source_code = source.source_code
INNER JOIN core.flow_stage AS stage ON f.stage_code = stage.stage_code
INNER JOIN core.beneficiary AS beneficiary ON f.beneficiary_code = beneficiary.beneficiary_code;
