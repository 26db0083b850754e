-- grain: region x calendar year x basis
-- unit: person
-- formula: poor population - poor population of the year before
-- purpose: how many people left poverty (negative) or fell into it; a new poverty line changes it too
SELECT
    pair.region_code,
    pair.region_name,
    pair.period_code,
    'person' AS unit,
    cast(pair.value - pair.earlier_value AS DECIMAL(28, 6)) AS value,
    cast(pair.value_low - pair.earlier_high AS DECIMAL(28, 6)) AS value_low,
    cast(pair.value_high - pair.earlier_low AS DECIMAL(28, 6)) AS value_high,
    pair.value AS numerator,
    pair.earlier_value AS denominator,
    pair.is_disputed + pair.earlier_is_disputed AS disputed_count,
    pair.figure_key AS numerator_figure_key,
    pair.earlier_figure_key AS denominator_figure_key,
    pair.basis,
    CASE
        WHEN pair.earlier_figure_key IS NULL THEN 'the year before is not reported'
    END AS reason
FROM work.level_pair AS pair
WHERE pair.member_code = 'poor_population';
