-- grain: one measure
-- purpose: what is counted
-- zh: 统计什么。每行：一个指标
CREATE TABLE IF NOT EXISTS core.dim_measure (
    measure_key BIGINT PRIMARY KEY,
    measure_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    measure_class VARCHAR NOT NULL,
    base_unit VARCHAR NOT NULL,
    aggregation VARCHAR NOT NULL,
    additivity VARCHAR NOT NULL,
    plausible_min DECIMAL(28, 6),
    plausible_max DECIMAL(28, 6),
    is_retired BOOLEAN NOT NULL
);
