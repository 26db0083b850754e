-- grain: one figure of two successive versions of one report
-- purpose: what a corrected report changed: figures matched by what they are about, first where the value is the same,
--   then in the order in which they are printed
-- zh: 更正后的报告改了什么：数字按内容配对，先配数值相同者，再按印出次序。每行：一份报告相邻两个版本的一个数字
CREATE OR REPLACE VIEW indicator.revisions AS
WITH versions AS (
    SELECT
        report_id,
        report_version_key AS new_version_key,
        version_no AS new_version_no,
        lag(report_version_key) OVER (PARTITION BY report_id ORDER BY version_no ASC) AS old_version_key,
        lag(version_no) OVER (PARTITION BY report_id ORDER BY version_no ASC) AS old_version_no
    FROM core.dim_report
),

described AS (
    SELECT
        *,
        concat_ws(
            '|',
            region_code,
            period_code,
            program_code,
            source_code,
            stage_code,
            measure_code,
            beneficiary_code,
            role,
            scope,
            item,
            unit_code,
            coalesce(region_group, '')
        ) AS meaning
    FROM work.coded_figure
),

sides AS (
    SELECT
        new_version_key,
        new_version_key AS report_version_key,
        TRUE AS is_new
    FROM versions
    WHERE old_version_key IS NOT NULL
    UNION ALL
    SELECT
        new_version_key,
        old_version_key AS report_version_key,
        FALSE AS is_new
    FROM versions
    WHERE old_version_key IS NOT NULL
),

numbered AS (
    SELECT
        sides.new_version_key,
        sides.is_new,
        described.figure_key,
        described.figure_id,
        described.meaning,
        described.value,
        row_number() OVER (
            PARTITION BY sides.new_version_key, sides.is_new, described.meaning, described.value
            ORDER BY described.figure_id ASC
        ) AS equal_no
    FROM sides
    INNER JOIN described ON sides.report_version_key = described.report_version_key
),

-- of figures that mean the same, those with an equal one in the other version, and the rest
matched AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY new_version_key, meaning, value, equal_no) = 2 AS is_equal
    FROM numbered
),

placed AS (
    SELECT
        *,
        CASE WHEN is_equal THEN value END AS equal_value,
        CASE
            WHEN is_equal THEN equal_no
            ELSE row_number() OVER (PARTITION BY new_version_key, is_new, meaning, is_equal ORDER BY figure_id ASC)
        END AS pair_no
    FROM matched
),

pairs AS (
    SELECT
        new_version_key,
        is_equal,
        max(CASE WHEN NOT is_new THEN figure_key END) AS old_figure_key,
        max(CASE WHEN is_new THEN figure_key END) AS new_figure_key
    FROM placed
    GROUP BY new_version_key, meaning, is_equal, equal_value, pair_no
)

SELECT
    versions.report_id,
    versions.old_version_no,
    versions.new_version_no,
    CASE
        WHEN pairs.is_equal THEN 'unchanged'
        WHEN pairs.old_figure_key IS NULL THEN 'added'
        WHEN pairs.new_figure_key IS NULL THEN 'removed'
        ELSE 'changed'
    END AS revision_kind,
    coalesce(new_figure.region_code, was.region_code) AS region_code,
    coalesce(new_figure.region_name_en, was.region_name_en) AS region_name_en,
    coalesce(new_figure.region_name_zh, was.region_name_zh) AS region_name_zh,
    coalesce(new_figure.period_code, was.period_code) AS period_code,
    coalesce(new_figure.program_code, was.program_code) AS program_code,
    coalesce(new_figure.source_code, was.source_code) AS source_code,
    coalesce(new_figure.stage_code, was.stage_code) AS stage_code,
    coalesce(new_figure.measure_code, was.measure_code) AS measure_code,
    coalesce(new_figure.beneficiary_code, was.beneficiary_code) AS beneficiary_code,
    coalesce(new_figure.role, was.role) AS role,
    coalesce(new_figure.scope, was.scope) AS scope,
    coalesce(new_figure.unit_code, was.unit_code) AS unit_code,
    was.value AS old_value,
    new_figure.value AS new_value,
    new_figure.value - was.value AS value_change,
    cast(
        100 * (new_figure.value - was.value) / nullif(abs(was.value), 0) AS DECIMAL(28, 6)
    ) AS value_change_pct,
    was.printed_text AS old_printed_text,
    new_figure.printed_text AS new_printed_text,
    pairs.old_figure_key,
    pairs.new_figure_key
FROM pairs
INNER JOIN versions ON pairs.new_version_key = versions.new_version_key
LEFT JOIN described AS was ON pairs.old_figure_key = was.figure_key
LEFT JOIN described AS new_figure ON pairs.new_figure_key = new_figure.figure_key;
