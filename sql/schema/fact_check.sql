-- grain: one rule instance on one report version, or on the reports of one region, listed under the latest
-- purpose: verdicts of the arithmetic
-- zh: 算术检查的结论。每行：一条规则在一个报告版本上，或在一个地区的各份报告上（列于最晚者名下）的一次检查
CREATE TABLE IF NOT EXISTS core.fact_check (
    check_key BIGINT NOT NULL,
    report_version_key BIGINT NOT NULL,
    check_id INTEGER NOT NULL,
    rule_key BIGINT NOT NULL,
    severity VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    formula VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    computed_low DECIMAL(28, 6),
    computed_high DECIMAL(28, 6),
    stated_low DECIMAL(28, 6),
    stated_high DECIMAL(28, 6),
    message VARCHAR NOT NULL,
    identity VARCHAR NOT NULL,
    assumption VARCHAR NOT NULL,
    suggestion VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    root_cause VARCHAR,
    region_code VARCHAR NOT NULL,
    operand_figure_keys BIGINT[] NOT NULL,
    suspect_figure_keys BIGINT[] NOT NULL
);
