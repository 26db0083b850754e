-- grain: one money figure of one report version: region x period x program x fund source x flow stage x scope
-- purpose: amounts of money, each in its currency; amount_cny only where that is yuan, since nothing is converted
-- zh: 资金数额，各按其货币；amount_cny 只在货币为元时有值，因为从不折算。每行：某报告版本的一个资金数字：地区 × 时期 
--   × 项目 × 资金来源 × 阶段 × 范围
CREATE TABLE IF NOT EXISTS core.fact_fund (
    figure_key BIGINT NOT NULL,
    report_version_key BIGINT NOT NULL,
    region_key BIGINT NOT NULL,
    period_key BIGINT NOT NULL,
    program_key BIGINT NOT NULL,
    measure_key BIGINT NOT NULL,
    source_key BIGINT NOT NULL,
    stage_key BIGINT NOT NULL,
    scope VARCHAR NOT NULL,
    rollup_role VARCHAR NOT NULL,
    breakdown_axis VARCHAR NOT NULL,
    parent_figure_key BIGINT,
    is_additive_leaf BOOLEAN,
    qualifier VARCHAR NOT NULL,
    sureness VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    amount DECIMAL(20, 2) NOT NULL,
    amount_low DECIMAL(20, 2) NOT NULL,
    amount_high DECIMAL(20, 2) NOT NULL,
    currency VARCHAR NOT NULL,
    amount_cny DECIMAL(20, 2),
    amount_low_cny DECIMAL(20, 2),
    amount_high_cny DECIMAL(20, 2)
);
