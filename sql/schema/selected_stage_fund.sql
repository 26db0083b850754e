-- grain: region x calendar year x basis x flow stage
-- purpose: what all programs together had from all fiscal sources at one stage of the flow; of one scope, which says
--   whether the amounts of two stages can be compared
-- zh: 全部项目从全部财政来源在某一流转阶段的资金；属同一范围，由此可知两个阶段的金额能否比较。每行：地区 × 年度 × 口
--   径 × 阶段
CREATE OR REPLACE VIEW work.selected_stage_fund AS
WITH staged AS (
    SELECT
        * EXCLUDE (stage_code),
        -- a plan is a target, and not yet money
        CASE fact_kind WHEN 'target' THEN 'planned' ELSE stage_code END AS stage_code
    FROM work.candidate_figure
    WHERE
        fact_kind IN ('fund', 'target')
        AND program_code = 'all'
        AND measure_code = 'funds'
        AND flow = 'level'
        AND source_code IN ('central+provincial', 'unknown')
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, period_code, basis, stage_code
            ORDER BY
                period_rank ASC,
                CASE scope WHEN '' THEN 0 ELSE 1 END ASC,
                speaks_rank ASC,
                year_rank ASC,
                content_rank ASC,
                CASE rollup_role WHEN 'total' THEN 0 WHEN 'standalone' THEN 1 ELSE 2 END ASC,
                CASE source_code WHEN 'central+provincial' THEN 0 ELSE 1 END ASC,
                figure_id ASC
        ) AS stage_choice
    FROM staged
)

SELECT
    * EXCLUDE (
        fact_kind, claim_kind, program_code, source_code, source_key, measure_code, measure_key, beneficiary_key, flow,
        rollup_role, figure_id, period_rank, speaks_rank, year_rank, content_rank, stage_choice
    )
FROM ranked
WHERE stage_choice = 1;
