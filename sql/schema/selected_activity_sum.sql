-- grain: region x period x fact kind x program x fund source x flow stage x measure x unit
-- purpose: what the activities of current versions of activity lists add up to: each amount once, a revised budget in
--   place of the original; stages are never added to each other, nor are currencies, which are the units of funds
-- zh: 现行项目清单中各项目之和：每笔金额计一次，修订预算代替原预算；阶段从不互相相加，货币（即资金的单位）也不相加。
--   每行：地区 × 时期 × 事实种类 × 项目 × 资金来源 × 阶段 × 指标 × 单位
CREATE OR REPLACE VIEW core.selected_activity_sum AS
WITH facts AS (
    SELECT
        'fund' AS fact_kind,
        f.report_version_key,
        f.figure_key,
        f.region_key,
        f.period_key,
        f.program_key,
        f.source_key,
        f.stage_key,
        f.measure_key,
        cast(f.amount AS DECIMAL(28, 6)) AS value,
        cast(f.amount_low AS DECIMAL(28, 6)) AS value_low,
        cast(f.amount_high AS DECIMAL(28, 6)) AS value_high
    FROM core.fact_fund AS f
    WHERE f.is_additive_leaf
    UNION ALL
    SELECT
        'result' AS fact_kind,
        r.report_version_key,
        r.figure_key,
        r.region_key,
        r.period_key,
        r.program_key,
        figure.source_key,
        figure.stage_key,
        r.measure_key,
        r.value,
        r.value_low,
        r.value_high
    FROM core.fact_result AS r
    INNER JOIN work.sure_figure AS figure ON r.figure_key = figure.figure_key
    WHERE r.is_additive_leaf
)

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
FROM facts
INNER JOIN core.dim_report AS report ON facts.report_version_key = report.report_version_key
INNER JOIN work.sure_figure AS figure ON facts.figure_key = figure.figure_key
INNER JOIN core.dim_region AS region ON facts.region_key = region.region_key
INNER JOIN core.dim_period AS period ON facts.period_key = period.period_key
INNER JOIN core.dim_program AS program ON facts.program_key = program.program_key
INNER JOIN core.dim_fund_source AS source ON facts.source_key = source.source_key
INNER JOIN core.dim_flow_stage AS stage ON facts.stage_key = stage.stage_key
INNER JOIN core.dim_measure AS measure ON facts.measure_key = measure.measure_key
WHERE report.is_current AND report.series = 'activity_list' AND figure.status <> 'quarantined'
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
