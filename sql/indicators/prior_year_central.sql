-- grain: region x calendar year x basis
-- unit: CNY
-- formula: level - change
-- purpose: central funds of the year before, as this report implies them
SELECT
    top.region_code,
    top.region_name,
    top.period_code,
    'CNY' AS unit,
    cast(below.value - top.value AS DECIMAL(28, 6)) AS value,
    cast(below.value_low - top.value_high AS DECIMAL(28, 6)) AS value_low,
    cast(below.value_high - top.value_low AS DECIMAL(28, 6)) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE WHEN below.figure_key IS NULL THEN 'level not reported' END AS reason
FROM work.selected_figure AS top
LEFT JOIN work.selected_figure AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND below.fact_kind = 'fund'
        AND below.program_code = 'all'
        AND below.source_code = 'central'
        AND below.measure_code = 'funds'
        AND below.flow = 'level'
WHERE
    top.fact_kind = 'fund'
    AND top.program_code = 'all'
    AND top.source_code = 'central'
    AND top.measure_code = 'funds'
    AND top.flow = 'change';
