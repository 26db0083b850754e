-- grain: region x calendar year x basis
-- unit: %
-- formula: 100 * provincial funds / total funds
-- purpose: weight of the province in anti-poverty funds
SELECT
    top.region_code,
    top.region_name,
    top.period_code,
    '%' AS unit,
    cast(100 * top.value / nullif(below.value, 0) AS DECIMAL(28, 6)) AS value,
    cast(100 * top.value_low / nullif(below.value_high, 0) AS DECIMAL(28, 6)) AS value_low,
    cast(100 * top.value_high / nullif(below.value_low, 0) AS DECIMAL(28, 6)) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE
        WHEN below.figure_key IS NULL THEN 'total funds not reported'
        WHEN below.value_low = 0 THEN 'the denominator can be zero'
    END AS reason
FROM work.selected_figure AS top
LEFT JOIN work.selected_program_fund AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND below.program_code = 'all'
        AND below.measure_code = 'funds'
        AND below.flow = 'level'
WHERE
    top.fact_kind = 'fund'
    AND top.program_code = 'all'
    AND top.source_code = 'provincial'
    AND top.measure_code = 'funds'
    AND top.flow = 'level';
