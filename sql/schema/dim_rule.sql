-- grain: one arithmetic rule
-- purpose: what a check asserts and how strictly
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
