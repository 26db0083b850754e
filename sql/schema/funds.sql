-- grain: region x year x measure x flow stage x fund class x currency
-- purpose: money of all programs together: the printed total, else the sum of complete parts (is_sum). Classes,
--   currencies and stages are never added to each other; what has no row is not told
-- zh: 全部项目合计的资金：所载合计，否则为完整各部分之和（is_sum）。类别、货币和阶段从不互相相加；没有行即未说明。每
--   行：地区 × 年 × 指标 × 阶段 × 资金类别 × 货币
CREATE OR REPLACE VIEW out.funds AS
WITH parts AS (
    SELECT
        bridge.parent_figure_key,
        bridge.axis,
        bridge.child_figure_key,
        count(*) OVER (PARTITION BY bridge.parent_figure_key, bridge.axis) AS part_count
    FROM core.bridge_composition AS bridge
    WHERE bridge.composition_kind = 'partition' AND bridge.is_exhaustive
),

summed AS (
    SELECT
        parts.parent_figure_key,
        parts.axis,
        parts.part_count,
        f.report_id,
        f.precedence,
        f.published_on,
        f.year_rank,
        f.content_hash,
        f.region_code,
        f.year,
        f.measure_code,
        f.stage_code,
        f.fund_class,
        f.unit_code,
        count(*) AS told_count,
        cast(sum(f.value) AS DECIMAL(28, 6)) AS value,
        cast(sum(f.value_low) AS DECIMAL(28, 6)) AS value_low,
        cast(sum(f.value_high) AS DECIMAL(28, 6)) AS value_high,
        max(f.scope) AS scope,
        cast(sum(CASE WHEN f.status = 'ok' AND NOT f.is_contradicted THEN 0 ELSE 1 END) AS BIGINT) AS disputed_count,
        max(f.sureness) AS sureness,
        min(f.sentence) AS sentence
    FROM parts
    INNER JOIN work.fund_choice AS f ON parts.child_figure_key = f.figure_key
    WHERE f.program_code = 'all' AND f.has_total = 0
    GROUP BY
        parts.parent_figure_key,
        parts.axis,
        parts.part_count,
        f.report_id,
        f.precedence,
        f.published_on,
        f.year_rank,
        f.content_hash,
        f.region_code,
        f.year,
        f.measure_code,
        f.stage_code,
        f.fund_class,
        f.unit_code
),

complete AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, year, measure_code, stage_code, fund_class, unit_code
            ORDER BY precedence ASC, published_on DESC, year_rank ASC, content_hash ASC, axis ASC, parent_figure_key ASC
        ) AS sum_choice
    FROM summed
    WHERE told_count = part_count
),

f AS (
    SELECT
        region_code,
        year,
        measure_code,
        stage_code,
        fund_class,
        unit_code,
        value,
        value_low,
        value_high,
        FALSE AS is_sum,
        scope,
        CASE WHEN is_contradicted THEN 'disputed' ELSE status END AS status,
        sureness,
        report_id,
        sentence,
        figure_key
    FROM work.fund_choice
    WHERE in_funds
    UNION ALL
    SELECT
        region_code,
        year,
        measure_code,
        stage_code,
        fund_class,
        unit_code,
        value,
        value_low,
        value_high,
        TRUE AS is_sum,
        scope,
        CASE disputed_count WHEN 0 THEN 'ok' ELSE 'disputed' END AS status,
        sureness,
        report_id,
        sentence,
        cast(NULL AS BIGINT) AS figure_key
    FROM complete
    WHERE sum_choice = 1
)

SELECT
    region.region_code,
    region.name_en AS region_name_en,
    region.name_zh AS region_name_zh,
    region.region_level,
    f.year,
    measure.measure_code,
    measure.name_en AS measure_name_en,
    measure.name_zh AS measure_name_zh,
    stage.stage_code,
    stage.name_en AS stage_name_en,
    stage.name_zh AS stage_name_zh,
    f.fund_class,
    f.fund_class = 'fiscal' AS is_fiscal,
    f.unit_code AS currency,
    f.value AS amount,
    CASE WHEN f.unit_code = 'CNY' THEN f.value END AS amount_cny,
    f.value_low AS low,
    f.value_high AS high,
    f.is_sum,
    f.scope,
    f.status,
    f.sureness,
    f.report_id,
    f.sentence,
    f.figure_key
FROM f
INNER JOIN core.region AS region ON f.region_code = region.region_code
INNER JOIN core.measure AS measure ON f.measure_code = measure.measure_code
INNER JOIN core.flow_stage AS stage ON f.stage_code = stage.stage_code;
