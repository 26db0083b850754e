-- grain: region x year x fund source x measure x flow stage x currency
-- purpose: who gave the money of all programs together. The givers of one stage and fund class may be summed; where not
--   all of them are told, the sum stays below out.funds
-- zh: 全部项目合计的资金由谁出。同一阶段和资金类别的各出资方可以相加；未全部说明时，其和低于 out.funds。每行：地区 × 
--   年 × 资金来源 × 指标 × 阶段 × 货币
CREATE OR REPLACE VIEW out.funds_by_source AS
SELECT
    * EXCLUDE (
        program_code, program_name_en, program_name_zh, sum_key, speaks_rank, year_rank, content_rank, has_total,
        in_funds, in_funds_by_source, in_funds_by_program
    )
FROM work.named_fund
WHERE in_funds_by_source;
