-- grain: one printed number of one report version
-- purpose: all figures with the codes of what each is about in place of keys
-- zh: 所有数字，以代码代替键说明各自的内容。每行：某报告版本的一个所载数字
-- of_many: read through, since keeping the rows of many reports costs more than making them anew
CREATE OR REPLACE VIEW work.coded_figure AS
SELECT
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    period.period_code,
    program.program_code,
    source.source_code,
    stage.stage_code,
    measure.measure_code,
    beneficiary.beneficiary_code,
    figure.*
FROM core.fact_figure AS figure
INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
INNER JOIN core.dim_program AS program ON figure.program_key = program.program_key
INNER JOIN core.dim_fund_source AS source ON figure.source_key = source.source_key
INNER JOIN core.dim_flow_stage AS stage ON figure.stage_key = stage.stage_key
INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key
INNER JOIN core.dim_beneficiary AS beneficiary ON figure.beneficiary_key = beneficiary.beneficiary_key;
