-- grain: region x year x program x measure x unit
-- purpose: what was achieved, counted in its unit; money per head and plans are no achievements. Where all programs
--   together are told no single one is, so that rows of one measure and unit may be summed
-- zh: 取得的成果，按其单位计；人均金额和计划不是成果。已给出全部项目合计时不列单个项目，因此同一指标和单位的各行可以
--   相加。每行：地区 × 年 × 项目 × 指标 × 单位
CREATE OR REPLACE VIEW out.results AS
SELECT
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    region.region_level,
    f.year,
    program.program_code,
    program.name_en AS program_name_en,
    program.name_zh AS program_name_zh,
    measure.measure_code,
    measure.name_en AS measure_name_en,
    measure.name_zh AS measure_name_zh,
    beneficiary.beneficiary_code,
    beneficiary.name_en AS beneficiary_name_en,
    beneficiary.name_zh AS beneficiary_name_zh,
    f.unit_code,
    f.value,
    f.value_low AS low,
    f.value_high AS high,
    f.scope,
    f.region_group,
    CASE WHEN f.is_contradicted THEN 'disputed' ELSE f.status END AS status,
    f.sureness,
    f.report_id,
    f.sentence,
    f.figure_key
FROM work.result_choice AS f
INNER JOIN core.region AS region ON f.region_code = region.region_code
INNER JOIN core.measure AS measure ON f.measure_code = measure.measure_code
INNER JOIN core.program AS program ON f.program_code = program.program_code
INNER JOIN core.beneficiary AS beneficiary ON f.beneficiary_code = beneficiary.beneficiary_code
WHERE f.choice_why IS NULL;
