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
        max(CASE WHEN told.program_code = 'all' THEN 1 ELSE 0 END) OVER (
            PARTITION BY told.report_id, told.region_code, told.year, told.measure_code, told.unit_code
        ) AS has_all,
        max(CASE WHEN told.program_code IN ('all', 'unknown') THEN 0 ELSE 1 END) OVER (
            PARTITION BY told.report_id, told.region_code, told.year, told.measure_code, told.unit_code
        ) AS has_program,
        cast(
            row_number() OVER (
                PARTITION BY told.region_code, told.year, told.measure_code, told.unit_code
                ORDER BY
                    told.precedence ASC,
                    told.published_on DESC,
                    told.year_rank ASC,
                    told.content_hash ASC,
                    told.figure_id ASC
            ) AS INTEGER
        ) AS speaking_choice
    FROM work.told_fact AS told
    INNER JOIN core.program AS program ON told.program_code = program.program_code
    WHERE told.fact_kind = 'result' AND told.why IS NULL
),

nested AS (
    SELECT DISTINCT ranked.figure_key
    FROM ranked
    LEFT JOIN core.program AS parent ON ranked.parent_code = parent.program_code
    INNER JOIN ranked AS above
        ON
            ranked.report_id = above.report_id
            AND ranked.region_code = above.region_code
            AND ranked.year = above.year
            AND ranked.measure_code = above.measure_code
            AND ranked.unit_code = above.unit_code
            AND above.program_code IN (ranked.parent_code, parent.parent_code)
)

SELECT
    ranked.*,
    CASE
        WHEN ranked.report_id <> speaking.report_id THEN 'another report speaks'
        WHEN ranked.has_all = 1 AND ranked.program_code <> 'all' THEN 'a part beside its total'
        WHEN ranked.has_program = 1 AND ranked.program_code = 'unknown' THEN 'the program cannot be told'
        WHEN nested.figure_key IS NOT NULL THEN 'a part beside its total'
    END AS choice_why
FROM ranked
INNER JOIN ranked AS speaking
    ON
        ranked.region_code = speaking.region_code
        AND ranked.year = speaking.year
        AND ranked.measure_code = speaking.measure_code
        AND ranked.unit_code = speaking.unit_code
        AND speaking.speaking_choice = 1
LEFT JOIN nested ON ranked.figure_key = nested.figure_key;
