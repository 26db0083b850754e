-- grain: one program or component
-- purpose: what the money or the work is for
CREATE TABLE IF NOT EXISTS core.dim_program (
    program_key BIGINT PRIMARY KEY,
    program_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    parent_code VARCHAR,
    dac_purpose VARCHAR,
    cofog VARCHAR,
    budget_code VARCHAR
);
