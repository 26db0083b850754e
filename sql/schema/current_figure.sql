-- grain: one printed number of a current report version
-- purpose: the figures that count now, with the codes of what each is about in place of keys
-- zh: 现行有效的数字，以代码代替键说明各自的内容。每行：现行报告版本的一个所载数字
CREATE OR REPLACE VIEW core.current_figure AS
SELECT
    report.report_id,
    report.version_no,
    figure.figure_id,
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    period.period_code,
    program.program_code,
    source.source_code,
    stage.stage_code,
    measure.measure_code,
    beneficiary.beneficiary_code,
    figure.role,
    figure.qualifier,
    figure.value,
    figure.value_low,
    figure.value_high,
    figure.unit_code,
    figure.status,
    figure.printed_text,
    figure.sentence,
    figure.figure_key,
    figure.report_version_key
FROM core.fact_figure AS figure
INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
INNER JOIN core.dim_program AS program ON figure.program_key = program.program_key
INNER JOIN core.dim_fund_source AS source ON figure.source_key = source.source_key
INNER JOIN core.dim_flow_stage AS stage ON figure.stage_key = stage.stage_key
INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key
INNER JOIN core.dim_beneficiary AS beneficiary ON figure.beneficiary_key = beneficiary.beneficiary_key
WHERE report.is_current;
