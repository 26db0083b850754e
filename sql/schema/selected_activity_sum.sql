-- grain: region x period x fact kind x program x fund source x flow stage x measure x unit
-- purpose: what the activities of current versions of activity lists add up to: each amount once, a revised budget in
--   place of the original; stages are never added to each other, nor are currencies, which are the units of funds
-- zh: 现行项目清单中各项目之和：每笔金额计一次，修订预算代替原预算；阶段从不互相相加，货币（即资金的单位）也不相加。
--   每行：地区 × 时期 × 事实种类 × 项目 × 资金来源 × 阶段 × 指标 × 单位
CREATE OR REPLACE VIEW core.selected_activity_sum AS
SELECT
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    period.period_code,
    facts.fact_kind,
    program.program_code,
    source.source_code,
    stage.stage_code,
    measure.measure_code,
    figure.unit_code,
    cast(sum(facts.value) AS DECIMAL(28, 6)) AS value,
    cast(sum(facts.value_low) AS DECIMAL(28, 6)) AS value_low,
    cast(sum(facts.value_high) AS DECIMAL(28, 6)) AS value_high,
    count(*) AS figure_count,
    cast(sum(CASE WHEN figure.status = 'ok' THEN 0 ELSE 1 END) AS BIGINT) AS disputed_count
FROM work.business_fact AS facts
INNER JOIN work.sure_figure AS figure ON facts.figure_key = figure.figure_key
INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
INNER JOIN core.dim_program AS program ON figure.program_key = program.program_key
INNER JOIN core.dim_fund_source AS source ON figure.source_key = source.source_key
INNER JOIN core.dim_flow_stage AS stage ON figure.stage_key = stage.stage_key
INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key
WHERE
    facts.fact_kind IN ('fund', 'result')
    AND facts.is_additive_leaf
    AND report.is_current
    AND report.series = 'activity_list'
    AND figure.status <> 'quarantined'
GROUP BY
    region.region_code,
    region.name_en,
    region.name_zh,
    period.period_code,
    facts.fact_kind,
    program.program_code,
    source.source_code,
    stage.stage_code,
    measure.measure_code,
    figure.unit_code;
