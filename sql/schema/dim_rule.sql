-- grain: one arithmetic rule
-- purpose: what a check asserts and how strictly
-- zh: 检查断言什么、有多严格。每行：一条算术规则
CREATE TABLE IF NOT EXISTS core.dim_rule (
    rule_key BIGINT PRIMARY KEY,
    rule_code VARCHAR NOT NULL,
    rule_kind VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    tolerance VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    text_zh VARCHAR NOT NULL,
    is_retired BOOLEAN NOT NULL
);
