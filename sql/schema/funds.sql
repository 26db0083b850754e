-- grain: region x year x measure x flow stage x fund class x currency
-- purpose: money of all programs together: the printed total, else the sum of complete parts (is_sum). Classes,
--   currencies and stages are never added to each other; what has no row is not told
-- zh: 全部项目合计的资金：所载合计，否则为完整各部分之和（is_sum）。类别、货币和阶段从不互相相加；没有行即未说明。每
--   行：地区 × 年 × 指标 × 阶段 × 资金类别 × 货币
CREATE OR REPLACE VIEW out.funds AS
WITH choice AS (
    SELECT * FROM work.named_fund
    WHERE program_code = 'all'
),

parts AS (
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
        min(f.figure_key) AS part_figure_key,
        cast(sum(f.amount) AS DECIMAL(28, 6)) AS amount,
        cast(sum(f.low) AS DECIMAL(28, 6)) AS low,
        cast(sum(f.high) AS DECIMAL(28, 6)) AS high,
        max(f.scope) AS scope,
        max(CASE f.status WHEN 'ok' THEN 'ok' ELSE 'disputed' END) AS status,
        max(f.sureness) AS sureness,
        CASE
            WHEN count(f.reviewed_by) < count(*) THEN NULL
            WHEN min(f.reviewed_by) = max(f.reviewed_by) THEN min(f.reviewed_by)
            ELSE concat_ws(', ', min(f.reviewed_by), max(f.reviewed_by))
        END AS reviewed_by,
        CASE WHEN count(f.reviewed_by) = count(*) THEN max(f.reviewed_at) END AS reviewed_at,
        min(f.sentence) AS sentence,
        row_number() OVER (
            PARTITION BY f.sum_key, f.fund_class
            ORDER BY
                f.speaks_rank ASC,
                f.year_rank ASC,
                f.content_rank ASC,
                parts.axis ASC,
                parts.parent_figure_key ASC
        ) AS sum_choice
    FROM parts
    INNER JOIN choice AS f ON parts.child_figure_key = f.figure_key
    WHERE f.has_total = 0
    GROUP BY
        parts.parent_figure_key,
        parts.axis,
        parts.part_count,
        f.report_id,
        f.speaks_rank,
        f.year_rank,
        f.content_rank,
        f.sum_key,
        f.fund_class
    HAVING count(*) = parts.part_count
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
    coalesce(summed.amount, f.amount) AS amount,
    CASE WHEN f.currency = 'CNY' THEN coalesce(summed.amount, f.amount) END AS amount_cny,
    coalesce(summed.low, f.low) AS low,
    coalesce(summed.high, f.high) AS high,
    NOT f.in_funds AS is_sum,
    coalesce(summed.scope, f.scope) AS scope,
    coalesce(summed.status, f.status) AS status,
    coalesce(summed.sureness, f.sureness) AS sureness,
    CASE WHEN f.in_funds THEN f.reviewed_by ELSE summed.reviewed_by END AS reviewed_by,
    CASE WHEN f.in_funds THEN f.reviewed_at ELSE summed.reviewed_at END AS reviewed_at,
    f.report_id,
    coalesce(summed.sentence, f.sentence) AS sentence,
    CASE WHEN f.in_funds THEN f.figure_key END AS figure_key
FROM choice AS f
LEFT JOIN summed ON f.figure_key = summed.part_figure_key AND summed.sum_choice = 1
WHERE f.in_funds OR summed.part_figure_key IS NOT NULL;
