-- grain: one code of a unit
-- purpose: units, to join by code
-- zh: 单位，供按代码连接。每行：一个单位代码
CREATE OR REPLACE VIEW core.unit AS
SELECT
    unit_code,
    name_en,
    name_zh,
    quantity_kind,
    currency,
    base_unit,
    base_factor,
    is_retired
FROM core.dim_unit;
