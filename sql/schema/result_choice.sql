-- grain: one achievement that speaks for its report
-- purpose: which achievements stand in out.results, and why not. What all programs reached stands before what one did,
--   and a program before those below it; what one measure counts in one unit is of one report
-- zh: 哪些成果在 out.results 中、哪些不在及原因。全部项目的成果优先于单个项目，上级项目优先于下级；同一指标同一单位出
--   自同一报告。每行：代表其报告的一项成果
CREATE OR REPLACE VIEW work.result_choice AS
WITH ranked AS (
    SELECT
        told.*,
        program.parent_code,
        max(CASE WHEN told.program_code = 'all' THEN 1 ELSE 0 END) OVER report AS has_all,
        max(CASE WHEN told.program_code IN ('all', 'unknown') THEN 0 ELSE 1 END) OVER report AS has_program,
        first_value(told.report_id) OVER (
            PARTITION BY told.sum_key
            ORDER BY told.speaks_rank ASC, told.year_rank ASC, told.content_rank ASC, told.figure_id ASC
        ) AS speaking_report_id
    FROM work.told_fact AS told
    INNER JOIN core.program AS program ON told.program_code = program.program_code
    WHERE told.fact_kind = 'result' AND told.why IS NULL
    WINDOW report AS (PARTITION BY told.report_id, told.sum_key)
),

nested AS (
    SELECT DISTINCT ranked.figure_key
    FROM ranked
    LEFT JOIN core.program AS parent ON ranked.parent_code = parent.program_code
    INNER JOIN ranked AS above
        ON
            ranked.report_id = above.report_id
            AND ranked.sum_key = above.sum_key
            AND above.program_code IN (ranked.parent_code, parent.parent_code)
)

SELECT
    ranked.*,
    CASE
        WHEN ranked.report_id <> ranked.speaking_report_id THEN 'another report speaks'
        WHEN ranked.has_all = 1 AND ranked.program_code <> 'all' THEN 'a part beside its total'
        WHEN ranked.has_program = 1 AND ranked.program_code = 'unknown' THEN 'the program cannot be told'
        WHEN nested.figure_key IS NOT NULL THEN 'a part beside its total'
    END AS choice_why
FROM ranked
LEFT JOIN nested ON ranked.figure_key = nested.figure_key;
