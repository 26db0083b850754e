-- grain: region x calendar year x basis x program x measure x flow
-- purpose: what a program received from all fiscal sources together: a printed total before a single amount; amounts
--   of one source alone (central, provincial, lottery, social, loans) are no program total and stay out
-- zh: 一个项目从全部财政来源合计所得：所载合计优先于单笔金额；单一来源（中央、省级、彩票、社会、贷款）的金额不是项目
--   合计，不计入。每行：地区 × 年度 × 口径 × 项目 × 指标 × 流量
CREATE OR REPLACE VIEW work.selected_program_fund AS
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, period_code, basis, program_code, measure_code, flow
            ORDER BY
                CASE rollup_role WHEN 'total' THEN 0 ELSE 1 END ASC,
                CASE source_code WHEN 'central+provincial' THEN 0 ELSE 1 END ASC,
                speaks_rank ASC,
                year_rank ASC,
                content_rank ASC,
                figure_id ASC,
                figure_key ASC
        ) AS program_choice
    FROM work.selected_figure
    WHERE
        fact_kind = 'fund'
        AND source_code IN ('central+provincial', 'unknown')
        AND (program_code <> 'all' OR rollup_role = 'total' OR source_code = 'central+provincial')
)

SELECT
    * EXCLUDE (
        fact_kind, rollup_role, beneficiary_key, figure_id, speaks_rank, year_rank, content_rank, program_choice
    )
FROM ranked
WHERE program_choice = 1;
