-- grain: one amount or achievement that can stand in a wide table
-- purpose: per report the one figure for region, year, program, source, measure, stage and unit. The total stands
--   before a single amount and that before a part; of several the first, and none (why) where they contradict
-- zh: 每份报告对某地区、年、项目、来源、指标、阶段和单位的唯一数字。合计优先于单笔金额，单笔金额优先于部分；多个时取
--   第一个，相互矛盾则不取（why）。每行：可进入宽表的一笔金额或一项成果
CREATE OR REPLACE VIEW work.told_fact AS
WITH placed AS (
    SELECT * EXCLUDE (why) FROM work.placed_fact
    WHERE why IS NULL
),

-- windows have few columns, since each of them costs time whatever the rows
ranked AS (
    SELECT
        figure_key,
        figure_id,
        value_low,
        value_high,
        concat_ws('|', report_id, sum_key, program_code, source_code, fund_class) AS told_key,
        period_rank * 1000
        + CASE WHEN region_group IS NULL THEN 0 ELSE 100 END
        + CASE rollup_role WHEN 'total' THEN 0 WHEN 'standalone' THEN 10 ELSE 20 END
        + CASE scope WHEN '' THEN 0 ELSE 1 END AS claim_rank
    FROM placed
),

compared AS (
    SELECT
        figure_key,
        claim_rank > min(claim_rank) OVER told AS says_less,
        max(value_low) OVER alike > min(value_high) OVER alike AS is_apart,
        row_number() OVER told AS told_choice
    FROM ranked
    WINDOW
        told AS (PARTITION BY told_key ORDER BY claim_rank ASC, figure_id ASC),
        alike AS (PARTITION BY told_key, claim_rank)
)

SELECT
    placed.*,
    contradicted.figure_key IS NOT NULL AS is_contradicted,
    CASE
        WHEN compared.says_less AND placed.rollup_role = 'component' THEN 'a part beside its total'
        WHEN compared.says_less THEN 'printed beside what says more'
        WHEN compared.is_apart THEN 'several amounts of one thing; which one is the whole cannot be told'
        WHEN compared.told_choice > 1 THEN 'printed twice'
    END AS why
FROM placed
INNER JOIN compared ON placed.figure_key = compared.figure_key
LEFT JOIN work.contradicted_figure AS contradicted ON placed.figure_key = contradicted.figure_key;
