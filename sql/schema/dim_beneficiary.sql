-- grain: one kind of beneficiary
-- purpose: who is reached
-- zh: 惠及何人。每行：一类受益对象
CREATE TABLE IF NOT EXISTS core.dim_beneficiary (
    beneficiary_key BIGINT PRIMARY KEY,
    beneficiary_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    parent_code VARCHAR,
    is_retired BOOLEAN NOT NULL
);
