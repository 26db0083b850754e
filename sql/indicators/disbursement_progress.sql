-- grain: region x calendar year x basis
-- unit: %
-- formula: 100 * spent funds / allocated funds
-- purpose: how much of the money that was allocated in a year was spent in it
SELECT
    top.region_code,
    top.region_name,
    top.period_code,
    '%' AS unit,
    cast(CASE WHEN top.scope = below.scope THEN 100 * top.value / nullif(below.value, 0) END AS DECIMAL(28, 6))
        AS value,
    cast(
        CASE WHEN top.scope = below.scope THEN 100 * top.value_low / nullif(below.value_high, 0) END AS DECIMAL(28, 6)
    ) AS value_low,
    cast(
        CASE WHEN top.scope = below.scope THEN 100 * top.value_high / nullif(below.value_low, 0) END AS DECIMAL(28, 6)
    ) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE
        WHEN below.figure_key IS NULL THEN 'allocated funds not reported'
        WHEN top.scope <> below.scope THEN 'the two amounts have different scopes'
        WHEN below.value_low = 0 THEN 'the denominator can be zero'
    END AS reason
FROM work.selected_stage_fund AS top
LEFT JOIN work.selected_stage_fund AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND below.stage_code = 'allocated'
WHERE top.stage_code = 'spent';
