-- grain: one achieved non-money figure of one report version: region x period x program x measure x beneficiary
-- purpose: what was achieved, counted in its unit
-- zh: 取得的成果，按其单位计。每行：某报告版本的一个非资金成果数字：地区 × 时期 × 项目 × 指标 × 受益对象
CREATE TABLE IF NOT EXISTS core.fact_result (
    figure_key BIGINT NOT NULL,
    report_version_key BIGINT NOT NULL,
    region_key BIGINT NOT NULL,
    period_key BIGINT NOT NULL,
    program_key BIGINT NOT NULL,
    measure_key BIGINT NOT NULL,
    beneficiary_key BIGINT NOT NULL,
    unit_key BIGINT NOT NULL,
    scope VARCHAR NOT NULL,
    rollup_role VARCHAR NOT NULL,
    breakdown_axis VARCHAR NOT NULL,
    parent_figure_key BIGINT,
    is_additive_leaf BOOLEAN,
    qualifier VARCHAR NOT NULL,
    sureness VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    value DECIMAL(28, 6) NOT NULL,
    value_low DECIMAL(28, 6) NOT NULL,
    value_high DECIMAL(28, 6) NOT NULL
);
