-- grain: region x calendar year x basis
-- unit: %
-- formula: 100 * villages added / (villages - villages added)
-- purpose: growth of the number of villages with mutual funds
SELECT
    top.region_code,
    top.region_name,
    top.period_code,
    '%' AS unit,
    cast(
        CASE WHEN below.value_low > top.value_high THEN 100 * top.value / (below.value - top.value) END AS DECIMAL(
            28, 6
        )
    ) AS value,
    cast(
        CASE
            WHEN below.value_low > top.value_high THEN 100 * top.value_low / (below.value_high - top.value_low)
        END AS DECIMAL(28, 6)
    ) AS value_low,
    cast(
        CASE
            WHEN below.value_low > top.value_high THEN 100 * top.value_high / (below.value_low - top.value_high)
        END AS DECIMAL(28, 6)
    ) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE
        WHEN below.figure_key IS NULL THEN 'level not reported'
        WHEN below.value_low <= top.value_high THEN 'the change is not below the level: no positive base'
    END AS reason
FROM work.selected_measure AS top
LEFT JOIN work.selected_measure AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND below.fact_kind = 'result'
        AND below.measure_code = 'villages_mutual_funds'
        AND below.flow = 'level'
WHERE
    top.fact_kind = 'result'
    AND top.measure_code = 'villages_mutual_funds'
    AND top.flow = 'change';
