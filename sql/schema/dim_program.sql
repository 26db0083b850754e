-- grain: one program or component under one set of codes (SCD2)
-- purpose: what the money or the work is for; its codes in other classifications, those of the year
-- zh: 资金或工作用于什么；各年在其他分类中的代码。每行：一个项目或分项在一组代码下（SCD2）
CREATE TABLE IF NOT EXISTS core.dim_program (
    program_key BIGINT PRIMARY KEY,
    program_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    parent_code VARCHAR,
    dac_purpose VARCHAR,
    cofog VARCHAR,
    budget_code VARCHAR,
    valid_from_year INTEGER,
    valid_to_year INTEGER,
    is_retired BOOLEAN NOT NULL
);
