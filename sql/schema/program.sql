-- grain: one code of a program
-- purpose: what money or work is for, under its names and codes of today, to join by code; history is in dim_program
-- zh: 资金或工作用于什么，用当前的名称和代码，供按代码连接；历史在 dim_program。每行：一个项目代码
CREATE OR REPLACE VIEW core.program AS
SELECT
    program_code,
    name_en,
    name_zh,
    parent_code,
    dac_purpose,
    cofog,
    budget_code,
    is_retired
FROM core.dim_program
WHERE valid_to_year IS NULL;
