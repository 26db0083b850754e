-- grain: one code of a unit
-- purpose: units, to join by code
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
