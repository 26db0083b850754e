-- grain: one unit
-- purpose: units with their exact factor; conversion only inside one kind
-- zh: 单位及其精确系数；只在同一种类内换算。每行：一个单位
CREATE TABLE IF NOT EXISTS core.dim_unit (
    unit_key BIGINT PRIMARY KEY,
    unit_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    quantity_kind VARCHAR NOT NULL,
    currency VARCHAR,
    base_unit VARCHAR NOT NULL,
    base_factor DECIMAL(28, 10) NOT NULL,
    is_retired BOOLEAN NOT NULL
);
