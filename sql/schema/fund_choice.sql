-- grain: one amount that speaks for its report
-- purpose: which amounts stand in the wide tables of money, and why not. A program's total stands before the amounts of
--   its sources, and a program before those below it; the amounts of one group are of one report. An amount whose giver
--   is not told stands for nobody where one of known givers is there: it may be the same money
-- zh: 哪些金额在资金宽表中、哪些不在及原因。项目合计优先于各来源金额，上级项目优先于下级；同一组的金额出自同一报告。
--   已有已知出资方时，出资方不明的金额不代表任何一方：可能是同一笔钱。每行：代表其报告的一笔金额
CREATE OR REPLACE VIEW work.fund_choice AS
WITH told AS (
    SELECT * FROM work.told_fact
    WHERE fact_kind = 'fund' AND why IS NULL
),

-- windows have few columns, since each of them costs time whatever the rows
beside AS (
    SELECT
        figure_key,
        figure_id,
        report_id,
        sum_key,
        program_code,
        fund_class,
        source_code,
        is_fiscal_giver,
        speaks_rank,
        year_rank,
        content_rank,
        CASE WHEN parent_figure_key IS NULL THEN 0 ELSE 1 END AS part_rank,
        CASE rollup_role WHEN 'total' THEN 0 ELSE 1 END AS role_rank,
        max(CASE WHEN source_code IN ('central', 'provincial') THEN 1 ELSE 0 END) OVER report AS is_split,
        max(
            CASE
                WHEN is_fiscal_giver AND source_code NOT IN ('central', 'provincial', 'central+provincial') THEN 1
                ELSE 0
            END
        ) OVER report AS has_other_givers,
        max(CASE WHEN fund_class IN ('unknown', 'integrated', 'leveraged') THEN 0 ELSE 1 END) OVER (
            PARTITION BY sum_key, program_code
        ) AS has_known_giver
    FROM told
    WINDOW report AS (PARTITION BY report_id, sum_key, program_code)
),

judged AS (
    SELECT
        *,
        -- two governments together are all fiscal money only where no third one gives
        CASE
            WHEN source_code = 'central+provincial' THEN has_other_givers = 0
            ELSE NOT is_fiscal_giver
        END AS is_total,
        -- what is a giver of its own: the two governments together only where they are not told apart
        CASE
            WHEN source_code = 'unknown' THEN 0
            WHEN source_code = 'central+provincial' AND is_split = 1 THEN 0
            ELSE 1
        END AS is_giver
    FROM beside
),

ranked AS (
    SELECT
        figure_key,
        sum_key,
        program_code,
        fund_class,
        fund_class = 'unknown' AND has_known_giver = 1 AS is_unclassed,
        is_total,
        is_giver,
        max(CASE WHEN is_total THEN 1 ELSE 0 END) OVER total AS has_total,
        is_total AND row_number() OVER total = 1 AS is_chosen_total,
        is_giver = 1 AND report_id = first_value(report_id) OVER giver AS is_chosen_giver
    FROM judged
    WINDOW
        total AS (
            PARTITION BY sum_key, program_code, fund_class
            ORDER BY
                CASE WHEN is_total THEN 0 ELSE 1 END ASC,
                speaks_rank ASC,
                year_rank ASC,
                content_rank ASC,
                part_rank ASC,
                role_rank ASC,
                CASE source_code WHEN 'central+provincial' THEN 0 ELSE 1 END ASC,
                figure_id ASC
        ),
        giver AS (
            PARTITION BY sum_key, program_code, fund_class
            ORDER BY
                is_giver DESC,
                speaks_rank ASC,
                year_rank ASC,
                content_rank ASC,
                figure_id ASC
        )
),

nested AS (
    SELECT DISTINCT part.figure_key
    FROM ranked AS part
    INNER JOIN core.program AS program ON part.program_code = program.program_code
    LEFT JOIN core.program AS parent ON program.parent_code = parent.program_code
    INNER JOIN ranked AS whole
        ON
            part.sum_key = whole.sum_key
            AND part.fund_class = whole.fund_class
            AND whole.program_code IN (program.parent_code, parent.parent_code)
    WHERE whole.program_code <> 'all'
)

SELECT
    told.*,
    ranked.is_unclassed,
    ranked.is_total,
    ranked.is_giver,
    ranked.has_total,
    ranked.is_chosen_total,
    ranked.is_chosen_giver,
    nested.figure_key IS NOT NULL AS is_nested,
    told.program_code = 'all' AND ranked.is_chosen_total AND NOT ranked.is_unclassed AS in_funds,
    told.program_code = 'all' AND ranked.is_chosen_giver AS in_funds_by_source,
    told.program_code <> 'all'
    AND nested.figure_key IS NULL
    AND NOT ranked.is_unclassed
    AND (ranked.is_chosen_total OR (ranked.has_total = 0 AND ranked.is_chosen_giver)) AS in_funds_by_program
FROM told
INNER JOIN ranked ON told.figure_key = ranked.figure_key
LEFT JOIN nested ON told.figure_key = nested.figure_key;
