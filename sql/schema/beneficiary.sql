-- grain: one code of a kind of beneficiary
-- purpose: who is reached, to join by code
-- zh: 受益对象，供按代码连接。每行：一类受益对象的代码
CREATE OR REPLACE VIEW core.beneficiary AS
SELECT
    beneficiary_code,
    name_en,
    name_zh,
    parent_code,
    is_retired
FROM core.dim_beneficiary;
