-- grain: region x calendar year x basis
-- unit: %
-- formula: growth of key counties' income - its printed distance to the region's average
-- purpose: growth of the region's average income, derived and never printed
SELECT
    top.region_code,
    top.region_name,
    top.period_code,
    '%' AS unit,
    cast(top.value - below.value AS DECIMAL(28, 6)) AS value,
    cast(top.value_low - below.value_high AS DECIMAL(28, 6)) AS value_low,
    cast(top.value_high - below.value_low AS DECIMAL(28, 6)) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE WHEN below.figure_key IS NULL THEN 'distance to the average not reported' END AS reason
FROM core.selected_claim AS top
LEFT JOIN core.selected_claim AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND top.measure_code = below.measure_code
        AND below.claim_kind = 'diff_pp'
WHERE
    top.claim_kind = 'change_pct'
    AND top.measure_code = 'income_key_counties';
