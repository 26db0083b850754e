-- grain: one code of a source of money
-- purpose: who pays, to join by code. Fund classes are never added to each other: fiscal money is one, and loans,
--   society, beneficiaries and foreign givers are one each
CREATE OR REPLACE VIEW core.fund_source AS
SELECT
    source_code,
    name_en,
    name_zh,
    parent_code,
    is_fiscal,
    CASE WHEN is_fiscal THEN 'fiscal' ELSE source_code END AS fund_class,
    is_retired
FROM core.dim_fund_source;
