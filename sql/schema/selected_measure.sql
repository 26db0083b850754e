-- grain: region x calendar year x basis x fact kind x measure x flow
-- purpose: the one figure that speaks for a measure whatever program printed it; money is in selected_program_fund
-- zh: 不论由哪个项目印出、代表一个指标的唯一数字；资金见 selected_program_fund。每行：地区 × 年度 × 口径 × 事实种类 ×
--    指标 × 流量
CREATE OR REPLACE VIEW work.selected_measure AS
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, period_code, basis, fact_kind, measure_code, flow
            ORDER BY
                speaks_rank ASC,
                year_rank ASC,
                content_rank ASC,
                CASE rollup_role WHEN 'total' THEN 0 WHEN 'standalone' THEN 1 ELSE 2 END ASC,
                figure_id ASC,
                figure_key ASC
        ) AS measure_choice
    FROM work.selected_figure
    WHERE fact_kind <> 'fund'
)

SELECT * EXCLUDE (source_code, rollup_role, figure_id, speaks_rank, year_rank, content_rank, measure_choice)
FROM ranked
WHERE measure_choice = 1;
