-- grain: region x calendar year x basis x claim kind x program x fund source x measure
-- purpose: the one printed claim that speaks for growth, share or distance in its own year, of current versions by
--   precedence
-- zh: 代表当年增长率、占比或差距的唯一陈述，取自现行版本并按次序。每行：地区 × 年度 × 口径 × 陈述种类 × 项目 × 资金来源
--    × 指标
CREATE OR REPLACE VIEW work.selected_claim AS
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, period_code, basis, claim_kind, program_code, source_key, measure_key
            ORDER BY speaks_rank ASC, year_rank ASC, content_rank ASC, figure_id ASC
        ) AS choice
    FROM work.candidate_figure
    WHERE fact_kind = 'claim' AND period_rank = 0
)

SELECT
    * EXCLUDE (
        fact_kind, flow, rollup_role, stage_code, stage_rank, source_key, measure_key, beneficiary_key, figure_id,
        period_rank, speaks_rank, year_rank, content_rank, choice
    )
FROM ranked
WHERE choice = 1;
