-- grain: one code of a stage
-- purpose: how far money has flowed, to join by code
CREATE OR REPLACE VIEW core.flow_stage AS
SELECT
    stage_code,
    name_en,
    name_zh,
    stage_order,
    is_fiscal,
    iati_type,
    fiscal_phase,
    is_retired
FROM core.dim_flow_stage;
