-- grain: region x year x measure x flow stage x fund class x currency
-- purpose: money of all programs together: the printed total, else the sum of complete parts (is_sum). Classes,
--   currencies and stages are never added to each other; what has no row is not told
-- zh: 全部项目合计的资金：所载合计，否则为完整各部分之和（is_sum）。类别、货币和阶段从不互相相加；没有行即未说明。每
--   行：地区 × 年 × 指标 × 阶段 × 资金类别 × 货币
CREATE OR REPLACE VIEW out.funds AS
WITH parts AS (
    SELECT
        parent_figure_key,
        axis,
        child_figure_key,
        count(*) OVER (PARTITION BY parent_figure_key, axis) AS part_count
    FROM core.bridge_composition
    WHERE composition_kind = 'partition' AND is_exhaustive
),

summed AS (
    SELECT
        parts.parent_figure_key,
        parts.axis,
        min(f.figure_key) AS part_figure_key,
        cast(sum(f.value) AS DECIMAL(28, 6)) AS value,
        cast(sum(f.value_low) AS DECIMAL(28, 6)) AS value_low,
        cast(sum(f.value_high) AS DECIMAL(28, 6)) AS value_high,
        max(f.scope) AS scope,
        max(CASE WHEN f.status = 'ok' AND NOT f.is_contradicted THEN 'ok' ELSE 'disputed' END) AS status,
        max(f.sureness) AS sureness,
        CASE
            WHEN count(f.reviewed_by) < count(*) THEN NULL
            WHEN min(f.reviewed_by) = max(f.reviewed_by) THEN min(f.reviewed_by)
            ELSE concat_ws(', ', min(f.reviewed_by), max(f.reviewed_by))
        END AS reviewed_by,
        CASE WHEN count(f.reviewed_by) = count(*) THEN max(f.reviewed_at) END AS reviewed_at,
        min(f.sentence) AS sentence
    FROM parts
    INNER JOIN work.fund_choice AS f ON parts.child_figure_key = f.figure_key
    WHERE f.program_code = 'all' AND f.has_total = 0
    GROUP BY
        parts.parent_figure_key,
        parts.axis,
        parts.part_count,
        f.report_id,
        f.year_rank,
        f.sum_key,
        f.fund_class
    HAVING count(*) = parts.part_count
),

complete AS (
    SELECT
        summed.*,
        row_number() OVER (
            PARTITION BY part.sum_key, part.fund_class
            ORDER BY
                part.speaks_rank ASC,
                part.year_rank ASC,
                part.content_rank ASC,
                summed.axis ASC,
                summed.parent_figure_key ASC
        ) AS sum_choice
    FROM summed
    INNER JOIN work.fund_choice AS part ON summed.part_figure_key = part.figure_key
),

told AS (
    SELECT
        figure_key AS of_figure_key,
        value,
        value_low,
        value_high,
        FALSE AS is_sum,
        scope,
        CASE WHEN is_contradicted THEN 'disputed' ELSE status END AS status,
        sureness,
        reviewed_by,
        reviewed_at,
        sentence,
        figure_key
    FROM work.fund_choice
    WHERE in_funds
    UNION ALL
    SELECT
        part_figure_key AS of_figure_key,
        value,
        value_low,
        value_high,
        TRUE AS is_sum,
        scope,
        status,
        sureness,
        reviewed_by,
        reviewed_at,
        sentence,
        cast(NULL AS BIGINT) AS figure_key
    FROM complete
    WHERE sum_choice = 1
)

SELECT
    f.region_code,
    f.region_name_en,
    f.region_name_zh,
    f.region_level,
    f.year,
    f.measure_code,
    f.measure_name_en,
    f.measure_name_zh,
    f.stage_code,
    f.stage_name_en,
    f.stage_name_zh,
    f.fund_class,
    f.is_fiscal,
    f.currency,
    told.value AS amount,
    CASE WHEN f.currency = 'CNY' THEN told.value END AS amount_cny,
    told.value_low AS low,
    told.value_high AS high,
    told.is_sum,
    told.scope,
    told.status,
    told.sureness,
    told.reviewed_by,
    told.reviewed_at,
    f.report_id,
    told.sentence,
    told.figure_key
FROM told
INNER JOIN work.named_fund AS f ON told.of_figure_key = f.figure_key;
