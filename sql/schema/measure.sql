-- grain: one code of a measure
-- purpose: what is counted, to join by code
-- zh: 统计什么，供按代码连接。每行：一个指标代码
CREATE OR REPLACE VIEW core.measure AS
SELECT
    measure_code,
    name_en,
    name_zh,
    measure_class,
    base_unit,
    aggregation,
    additivity,
    is_retired
FROM core.dim_measure;
