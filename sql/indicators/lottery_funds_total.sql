-- grain: region x calendar year x basis
-- unit: CNY
-- formula: funds per county x pilot counties
-- purpose: lottery money of the year; derived, never printed
SELECT
    top.region_code,
    top.region_name,
    top.period_code,
    'CNY' AS unit,
    cast(top.value * below.value AS DECIMAL(28, 6)) AS value,
    cast(top.value_low * below.value_low AS DECIMAL(28, 6)) AS value_low,
    cast(top.value_high * below.value_high AS DECIMAL(28, 6)) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE WHEN below.figure_key IS NULL THEN 'pilot counties not reported' END AS reason
FROM work.selected_figure AS top
LEFT JOIN work.selected_figure AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND below.fact_kind = 'result'
        AND below.program_code = 'lottery_welfare'
        AND below.measure_code = 'counties_pilot'
        AND below.flow = 'level'
WHERE
    top.fact_kind = 'standard'
    AND top.program_code = 'lottery_welfare'
    AND top.measure_code = 'funds_per_county';
