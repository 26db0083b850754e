-- grain: one code of a source of money
-- purpose: who pays, to join by code. Fund classes are never added to each other: fiscal money is one, and loans,
--   society, beneficiaries and foreign givers are one each
-- zh: 由谁出资，供按代码连接。资金类别从不互相相加：财政资金为一类，贷款、社会、受益者和外资各为一类。每行：一个资金
--   来源代码
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
