-- grain: one stage of the flow of money
-- purpose: how far the money has flowed; integrated and leveraged money is never added to fiscal money
-- zh: 资金流转到哪一步；整合资金和撬动资金从不与财政资金相加。每行：一个资金流转阶段
CREATE TABLE IF NOT EXISTS core.dim_flow_stage (
    stage_key BIGINT PRIMARY KEY,
    stage_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    stage_order INTEGER NOT NULL,
    is_fiscal BOOLEAN NOT NULL,
    iati_type VARCHAR,
    fiscal_phase VARCHAR,
    is_retired BOOLEAN NOT NULL
);
