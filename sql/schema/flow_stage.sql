-- grain: one code of a stage
-- purpose: how far money has flowed, to join by code
-- zh: 资金流转到哪一步，供按代码连接。每行：一个阶段代码
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
