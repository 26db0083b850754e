-- grain: region x calendar year x basis x program
-- unit: x
-- formula: unit cost of a region / median of the unit costs of all regions in the year
-- purpose: whether a program is dear or cheap here, beside the other regions;
--   three regions at least must tell their cost
-- scope: all regions
WITH ordered AS (
    SELECT
        member_code,
        period_code,
        basis,
        value,
        row_number() OVER (PARTITION BY member_code, period_code, basis ORDER BY value ASC, region_code ASC) AS place,
        count(*) OVER (PARTITION BY member_code, period_code, basis) AS region_count
    FROM indicator.unit_costs
    WHERE value IS NOT NULL AND basis = 'as_reported'
),

middle AS (
    SELECT
        member_code,
        period_code,
        region_count,
        cast(cast(sum(value) AS DECIMAL(28, 6)) / count(*) AS DECIMAL(28, 6)) AS value
    FROM ordered
    WHERE 2 * place IN (region_count, region_count + 1, region_count + 2)
    GROUP BY member_code, period_code, region_count
)

SELECT
    top.region_code,
    top.period_code,
    top.member_code,
    'x' AS unit,
    cast(CASE WHEN middle.region_count >= 3 THEN top.value / nullif(middle.value, 0) END AS DECIMAL(28, 6)) AS value,
    cast(
        CASE WHEN middle.region_count >= 3 THEN top.value_low / nullif(middle.value, 0) END AS DECIMAL(28, 6)
    ) AS value_low,
    cast(
        CASE WHEN middle.region_count >= 3 THEN top.value_high / nullif(middle.value, 0) END AS DECIMAL(28, 6)
    ) AS value_high,
    top.value AS numerator,
    middle.value AS denominator,
    top.disputed_count,
    top.numerator_figure_key,
    top.denominator_figure_key,
    top.basis,
    CASE
        WHEN top.value IS NULL THEN top.reason
        WHEN middle.region_count IS NULL OR middle.region_count < 3 THEN 'fewer than three regions tell their cost'
        WHEN middle.value = 0 THEN 'the median is zero'
        WHEN top.value_low IS NULL OR top.value_high IS NULL THEN top.reason
    END AS reason
FROM indicator.unit_costs AS top
LEFT JOIN middle ON top.member_code = middle.member_code AND top.period_code = middle.period_code;
