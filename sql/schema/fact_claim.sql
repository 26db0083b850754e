-- grain: one statement about other figures of one report version
-- purpose: printed growth, shares, rates, completion: to be checked, never added
-- zh: 所载增长率、占比、比率、完成率：用于核对，从不相加。每行：某报告版本关于其他数字的一个陈述
CREATE TABLE IF NOT EXISTS core.fact_claim (
    figure_key BIGINT NOT NULL,
    report_version_key BIGINT NOT NULL,
    region_key BIGINT NOT NULL,
    period_key BIGINT NOT NULL,
    program_key BIGINT NOT NULL,
    measure_key BIGINT NOT NULL,
    source_key BIGINT NOT NULL,
    unit_key BIGINT NOT NULL,
    claim_kind VARCHAR NOT NULL,
    value DECIMAL(28, 6) NOT NULL,
    value_low DECIMAL(28, 6) NOT NULL,
    value_high DECIMAL(28, 6) NOT NULL,
    subject_figure_key BIGINT,
    base_figure_key BIGINT,
    sureness VARCHAR NOT NULL
);
