-- grain: region x calendar year x basis x fact kind x program x fund source x measure x flow
-- purpose: the one figure that speaks for a fact: of one report by declared precedence, then of the one published
--   last, then of that about the very year, never by the name of its file; the furthest fiscal stage before the earlier
--   ones, a total before its parts; a part whose giver is unknown comes last, whatever its stage
-- zh: 代表一个事实的唯一数字：先按声明的次序取一份报告，再取最后发布者，再取正是关于该年者，从不按文件名；最后的财政
--   阶段优先，合计优先于部分；出资方不明的部分不论阶段均排最后。每行：地区 × 年度 × 口径 × 事实种类 × 项目 × 资金来源
--    × 指标 × 流量
CREATE OR REPLACE VIEW work.selected_figure AS
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY
                region_code, period_code, basis, fact_kind, program_code, source_key, measure_key, flow
            ORDER BY
                period_rank ASC,
                speaks_rank ASC,
                year_rank ASC,
                CASE WHEN source_code = 'unknown' AND rollup_role = 'component' THEN 1 ELSE 0 END ASC,
                stage_rank DESC,
                CASE rollup_role WHEN 'total' THEN 0 WHEN 'standalone' THEN 1 ELSE 2 END ASC,
                content_rank ASC,
                figure_id ASC
        ) AS choice
    FROM work.candidate_figure
    WHERE fact_kind <> 'claim'
)

SELECT * EXCLUDE (claim_kind, source_key, measure_key, stage_code, stage_rank, period_rank, choice)
FROM ranked
WHERE choice = 1;
