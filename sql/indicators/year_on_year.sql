-- grain: region x calendar year x basis x measure
-- unit: %
-- formula: 100 * (value - value of the year before) / value of the year before
-- purpose: growth of every measure and of the total of funds, from what two years report each for itself
SELECT
    pair.region_code,
    pair.region_name,
    pair.period_code,
    pair.member_code,
    '%' AS unit,
    cast(CASE WHEN pair.earlier_low > 0 THEN 100 * (pair.value / pair.earlier_value - 1) END AS DECIMAL(28, 6))
        AS value,
    cast(CASE WHEN pair.earlier_low > 0 THEN 100 * (pair.value_low / pair.earlier_high - 1) END AS DECIMAL(28, 6))
        AS value_low,
    cast(CASE WHEN pair.earlier_low > 0 THEN 100 * (pair.value_high / pair.earlier_low - 1) END AS DECIMAL(28, 6))
        AS value_high,
    pair.value AS numerator,
    pair.earlier_value AS denominator,
    pair.is_disputed + pair.earlier_is_disputed AS disputed_count,
    pair.figure_key AS numerator_figure_key,
    pair.earlier_figure_key AS denominator_figure_key,
    pair.basis,
    CASE
        WHEN pair.earlier_figure_key IS NULL THEN 'the year before is not reported'
        WHEN pair.earlier_low <= 0 THEN 'the value of the year before can be zero'
    END AS reason
FROM work.level_pair AS pair
WHERE pair.member_code <> 'poverty_incidence';
