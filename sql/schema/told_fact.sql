-- grain: one amount or achievement that can stand in a wide table
-- purpose: per report the one figure for region, year, program, source, measure, stage and unit. The total stands
--   before a single amount and that before a part; of several the first, and none (why) where they contradict
-- zh: 每份报告对某地区、年、项目、来源、指标、阶段和单位的唯一数字。合计优先于单笔金额，单笔金额优先于部分；多个时取
--   第一个，相互矛盾则不取（why）。每行：可进入宽表的一笔金额或一项成果
CREATE OR REPLACE VIEW work.told_fact AS
WITH ranked AS (
    SELECT
        *,
        period_rank * 1000
        + CASE WHEN region_group IS NULL THEN 0 ELSE 100 END
        + CASE rollup_role WHEN 'total' THEN 0 WHEN 'standalone' THEN 10 ELSE 20 END
        + CASE scope WHEN '' THEN 0 ELSE 1 END AS claim_rank
    FROM work.placed_fact
    WHERE why IS NULL
),

best AS (
    SELECT
        *,
        min(claim_rank) OVER told AS best_rank,
        row_number() OVER told AS told_choice
    FROM ranked
    WINDOW told AS (
        PARTITION BY report_id, sum_key, program_code, source_code, fund_class ORDER BY claim_rank ASC, figure_id ASC
    )
),

bounded AS (
    SELECT
        * EXCLUDE (why),
        max(CASE WHEN claim_rank = best_rank THEN value_low END) OVER thing AS highest_low,
        min(CASE WHEN claim_rank = best_rank THEN value_high END) OVER thing AS lowest_high
    FROM best
    WINDOW thing AS (PARTITION BY report_id, sum_key, program_code, source_code, fund_class)
)

SELECT
    bounded.* EXCLUDE (claim_rank, best_rank, told_choice, highest_low, lowest_high),
    contradicted.figure_key IS NOT NULL AS is_contradicted,
    CASE
        WHEN claim_rank > best_rank AND rollup_role = 'component' THEN 'a part beside its total'
        WHEN claim_rank > best_rank THEN 'printed beside what says more'
        WHEN highest_low > lowest_high THEN 'several amounts of one thing; which one is the whole cannot be told'
        WHEN told_choice > 1 THEN 'printed twice'
    END AS why
FROM bounded
LEFT JOIN work.contradicted_figure AS contradicted ON bounded.figure_key = contradicted.figure_key;
