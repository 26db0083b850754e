-- grain: one plan or standard of one report version
-- purpose: plans, and prices, incomes, rates per head; never achievements
-- zh: 计划，以及价格、收入、人均标准；从不是成果。每行：某报告版本的一项计划或标准
CREATE TABLE IF NOT EXISTS core.fact_target (
    figure_key BIGINT NOT NULL,
    report_version_key BIGINT NOT NULL,
    region_key BIGINT NOT NULL,
    period_key BIGINT NOT NULL,
    program_key BIGINT NOT NULL,
    measure_key BIGINT NOT NULL,
    source_key BIGINT NOT NULL,
    beneficiary_key BIGINT NOT NULL,
    unit_key BIGINT NOT NULL,
    scope VARCHAR NOT NULL,
    rollup_role VARCHAR NOT NULL,
    breakdown_axis VARCHAR NOT NULL,
    parent_figure_key BIGINT,
    is_additive_leaf BOOLEAN,
    qualifier VARCHAR NOT NULL,
    sureness VARCHAR NOT NULL,
    target_kind VARCHAR NOT NULL,
    value DECIMAL(28, 6) NOT NULL,
    value_low DECIMAL(28, 6) NOT NULL,
    value_high DECIMAL(28, 6) NOT NULL,
    actual_figure_key BIGINT,
    is_previous BOOLEAN NOT NULL
);
