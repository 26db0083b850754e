-- grain: one source of money
-- purpose: who pays
-- zh: 由谁出资。每行：一个资金来源
CREATE TABLE IF NOT EXISTS core.dim_fund_source (
    source_key BIGINT PRIMARY KEY,
    source_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    parent_code VARCHAR,
    is_fiscal BOOLEAN NOT NULL,
    fund_class VARCHAR,
    is_retired BOOLEAN NOT NULL
);
