-- grain: one amount that speaks for its report
-- purpose: which amounts stand in the wide tables of money, and why not. A program's total stands before the amounts of
--   its sources, and a program before those below it; the amounts of one group are of one report. An amount whose giver
--   is not told stands for nobody where one of known givers is there: it may be the same money
-- zh: 哪些金额在资金宽表中、哪些不在及原因。项目合计优先于各来源金额，上级项目优先于下级；同一组的金额出自同一报告。
--   已有已知出资方时，出资方不明的金额不代表任何一方：可能是同一笔钱。每行：代表其报告的一笔金额
CREATE OR REPLACE VIEW work.fund_choice AS
WITH told AS (
    SELECT
        *,
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
    FROM work.told_fact
    WHERE fact_kind = 'fund' AND why IS NULL
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
        END AS is_giver,
        fund_class = 'unknown' AND has_known_giver = 1 AS is_unclassed
    FROM told
),

ranked AS (
    SELECT
        *,
        cast(row_number() OVER total AS INTEGER) AS total_choice,
        max(CASE WHEN is_total THEN 1 ELSE 0 END) OVER total AS has_total,
        first_value(report_id) OVER giver AS speaking_report_id
    FROM judged
    WINDOW
        total AS (
            PARTITION BY sum_key, program_code, fund_class
            ORDER BY
                CASE WHEN is_total THEN 0 ELSE 1 END ASC,
                speaks_rank ASC,
                year_rank ASC,
                content_rank ASC,
                CASE WHEN parent_figure_key IS NULL THEN 0 ELSE 1 END ASC,
                CASE rollup_role WHEN 'total' THEN 0 ELSE 1 END ASC,
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

chosen AS (
    SELECT
        *,
        is_total AND total_choice = 1 AS is_chosen_total,
        is_giver = 1 AND report_id = speaking_report_id AS is_chosen_giver
    FROM ranked
),

programs AS (
    SELECT DISTINCT
        sum_key,
        fund_class,
        program_code
    FROM chosen
    WHERE program_code <> 'all'
),

nested AS (
    SELECT DISTINCT
        programs.sum_key,
        programs.fund_class,
        programs.program_code
    FROM programs
    INNER JOIN core.program AS program ON programs.program_code = program.program_code
    LEFT JOIN core.program AS parent ON program.parent_code = parent.program_code
    INNER JOIN programs AS above
        ON
            programs.sum_key = above.sum_key
            AND programs.fund_class = above.fund_class
            AND above.program_code IN (program.parent_code, parent.parent_code)
)

SELECT
    chosen.*,
    nested.program_code IS NOT NULL AS is_nested,
    chosen.program_code = 'all' AND chosen.is_chosen_total AND NOT chosen.is_unclassed AS in_funds,
    chosen.program_code = 'all' AND chosen.is_chosen_giver AS in_funds_by_source,
    chosen.program_code <> 'all'
    AND nested.program_code IS NULL
    AND NOT chosen.is_unclassed
    AND (chosen.is_chosen_total OR (chosen.has_total = 0 AND chosen.is_chosen_giver)) AS in_funds_by_program
FROM chosen
LEFT JOIN nested
    ON
        chosen.sum_key = nested.sum_key
        AND chosen.fund_class = nested.fund_class
        AND chosen.program_code = nested.program_code;
