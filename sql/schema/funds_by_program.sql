-- grain: region x year x program x fund source x measure x flow stage x fund class x currency
-- purpose: what the money is for. A program has its total, or where none is told the amounts of its givers; a program
--   below one that has a row of the same stage and class has none, so that rows may be summed
-- zh: 资金用于什么。项目取其合计，没有合计则取各出资方金额；上级项目已有同一阶段和类别的行时，下级项目没有行，因此各
--   行可以相加。每行：地区 × 年 × 项目 × 资金来源 × 指标 × 阶段 × 资金类别 × 货币
CREATE OR REPLACE VIEW out.funds_by_program AS
SELECT
    * EXCLUDE (
        sum_key, speaks_rank, year_rank, content_rank, has_total, in_funds, in_funds_by_source, in_funds_by_program
    )
FROM work.named_fund
WHERE in_funds_by_program;
