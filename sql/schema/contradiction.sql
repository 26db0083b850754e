-- grain: one figure that a report of equal rank contradicts
-- purpose: what reports say that contradict each other and of which none comes first; figures of one thing_key are
--   about one thing. It ends when somebody says which report counts, with fupin supersede or fupin retract
-- zh: 互相矛盾且无先后之分的报告说法；同一 thing_key 的数字说的是同一事物。用 fupin supersede 或 fupin retract 指定以
--   哪份报告为准后即解除。每行：与同等次序的报告相矛盾的一个数字
CREATE OR REPLACE VIEW quality.contradiction AS
SELECT
    contradicted.thing_key,
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    period.period_code,
    program.program_code,
    source.source_code,
    stage.stage_code,
    measure.measure_code,
    figure.unit_code,
    figure.value,
    figure.value_low AS low,
    figure.value_high AS high,
    figure.printed_text,
    figure.sentence,
    report.report_id,
    report.published_on,
    figure.figure_key
FROM work.contradicted_figure AS contradicted
INNER JOIN core.fact_figure AS figure ON contradicted.figure_key = figure.figure_key
INNER JOIN core.dim_report AS report ON contradicted.report_version_key = report.report_version_key
INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
INNER JOIN core.dim_program AS program ON figure.program_key = program.program_key
INNER JOIN core.dim_fund_source AS source ON figure.source_key = source.source_key
INNER JOIN core.dim_flow_stage AS stage ON figure.stage_key = stage.stage_key
INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key;
