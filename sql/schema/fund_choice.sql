-- grain: one amount that speaks for its report
-- purpose: which amounts stand in the wide tables of money, and why not. A program's total stands before the amounts of
--   its sources, and a program before those below it; the amounts of one group are of one report. An amount whose giver
--   is not told stands for nobody where one of known givers is there: it may be the same money
-- zh: 哪些金额在资金宽表中、哪些不在及原因。项目合计优先于各来源金额，上级项目优先于下级；同一组的金额出自同一报告。
--   已有已知出资方时，出资方不明的金额不代表任何一方：可能是同一笔钱。每行：代表其报告的一笔金额
CREATE OR REPLACE VIEW work.fund_choice AS
WITH told AS (
    SELECT *
    FROM work.told_fact
    WHERE fact_kind = 'fund' AND why IS NULL
),

split AS (
    SELECT
        *,
        max(CASE WHEN source_code IN ('central', 'provincial') THEN 1 ELSE 0 END) OVER (
            PARTITION BY report_id, region_code, year, program_code, measure_code, stage_code, unit_code
        ) AS is_split,
        max(CASE
            WHEN is_fiscal_giver AND source_code NOT IN ('central', 'provincial', 'central+provincial') THEN 1
            ELSE 0 END) OVER (
            PARTITION BY report_id, region_code, year, program_code, measure_code, stage_code, unit_code
        ) AS has_other_givers,
        max(CASE WHEN fund_class IN ('unknown', 'integrated', 'leveraged') THEN 0 ELSE 1 END) OVER (
            PARTITION BY region_code, year, program_code, measure_code, stage_code, unit_code
        ) AS has_known_giver
    FROM told
),

judged AS (
    SELECT
        *,
        -- two governments together are all fiscal money only where no third one gives
        CASE
            WHEN source_code = 'central+provincial' THEN has_other_givers = 0
            ELSE NOT is_fiscal_giver
        END AS is_total
    FROM split
),

ranked AS (
    SELECT
        *,
        -- what is a giver of its own: the two governments together only where they are not told apart
        CASE
            WHEN source_code = 'unknown' THEN 0
            WHEN source_code = 'central+provincial' AND is_split = 1 THEN 0
            ELSE 1
        END AS is_giver,
        cast(
            row_number() OVER (
                PARTITION BY region_code, year, program_code, measure_code, stage_code, fund_class, unit_code
                ORDER BY
                    CASE WHEN is_total THEN 0 ELSE 1 END ASC,
                    precedence ASC,
                    published_on DESC,
                    year_rank ASC,
                    content_hash ASC,
                    CASE WHEN parent_figure_key IS NULL THEN 0 ELSE 1 END ASC,
                    CASE rollup_role WHEN 'total' THEN 0 ELSE 1 END ASC,
                    CASE source_code WHEN 'central+provincial' THEN 0 ELSE 1 END ASC,
                    figure_id ASC
            ) AS INTEGER
        ) AS total_choice
    FROM judged
),

speaking AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, year, program_code, measure_code, stage_code, fund_class, unit_code
            ORDER BY precedence ASC, published_on DESC, year_rank ASC, content_hash ASC, figure_id ASC
        ) AS giver_choice
    FROM ranked
    WHERE is_giver = 1
),

chosen AS (
    SELECT
        ranked.*,
        ranked.is_total AND ranked.total_choice = 1 AS is_chosen_total,
        coalesce(ranked.is_giver = 1 AND ranked.report_id = speaking.report_id, FALSE) AS is_chosen_giver,
        max(CASE WHEN ranked.is_total THEN 1 ELSE 0 END) OVER (
            PARTITION BY
                ranked.region_code, ranked.year, ranked.program_code, ranked.measure_code, ranked.stage_code,
                ranked.fund_class, ranked.unit_code
        ) AS has_total
    FROM ranked
    LEFT JOIN speaking
        ON
            ranked.region_code = speaking.region_code
            AND ranked.year = speaking.year
            AND ranked.program_code = speaking.program_code
            AND ranked.measure_code = speaking.measure_code
            AND ranked.stage_code = speaking.stage_code
            AND ranked.fund_class = speaking.fund_class
            AND ranked.unit_code = speaking.unit_code
            AND speaking.giver_choice = 1
),

programs AS (
    SELECT DISTINCT
        chosen.region_code,
        chosen.year,
        chosen.program_code,
        chosen.measure_code,
        chosen.stage_code,
        chosen.fund_class,
        chosen.unit_code
    FROM chosen
    WHERE chosen.program_code <> 'all'
),

nested AS (
    SELECT DISTINCT
        programs.region_code,
        programs.year,
        programs.program_code,
        programs.measure_code,
        programs.stage_code,
        programs.fund_class,
        programs.unit_code
    FROM programs
    INNER JOIN core.program AS program ON programs.program_code = program.program_code
    LEFT JOIN core.program AS parent ON program.parent_code = parent.program_code
    INNER JOIN programs AS above
        ON
            programs.region_code = above.region_code
            AND programs.year = above.year
            AND programs.measure_code = above.measure_code
            AND programs.stage_code = above.stage_code
            AND programs.fund_class = above.fund_class
            AND programs.unit_code = above.unit_code
            AND above.program_code IN (program.parent_code, parent.parent_code)
)

SELECT
    chosen.*,
    nested.program_code IS NOT NULL AS is_nested,
    chosen.fund_class = 'unknown' AND chosen.has_known_giver = 1 AS is_unclassed,
    chosen.program_code = 'all'
    AND chosen.is_chosen_total
    AND NOT (chosen.fund_class = 'unknown' AND chosen.has_known_giver = 1) AS in_funds,
    chosen.program_code = 'all' AND chosen.is_chosen_giver AS in_funds_by_source,
    chosen.program_code <> 'all'
    AND nested.program_code IS NULL
    AND NOT (chosen.fund_class = 'unknown' AND chosen.has_known_giver = 1)
    AND (chosen.is_chosen_total OR (chosen.has_total = 0 AND chosen.is_chosen_giver)) AS in_funds_by_program
FROM chosen
LEFT JOIN nested
    ON
        chosen.region_code = nested.region_code
        AND chosen.year = nested.year
        AND chosen.program_code = nested.program_code
        AND chosen.measure_code = nested.measure_code
        AND chosen.stage_code = nested.stage_code
        AND chosen.fund_class = nested.fund_class
        AND chosen.unit_code = nested.unit_code;
