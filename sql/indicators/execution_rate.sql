-- grain: region x calendar year x basis
-- unit: %
-- formula: 100 * funds of the furthest stage from allocated to spent / planned funds
-- purpose: how much of the plan has become money
WITH furthest AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, period_code, basis ORDER BY stage_rank DESC, stage_code ASC
        ) AS stage_choice
    FROM work.selected_stage_fund
    WHERE stage_code IN ('allocated', 'issued', 'invested', 'spent')
)

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
        WHEN below.figure_key IS NULL THEN 'planned funds not reported'
        WHEN top.scope <> below.scope THEN 'the two amounts have different scopes'
        WHEN below.value_low = 0 THEN 'the denominator can be zero'
    END AS reason
FROM furthest AS top
LEFT JOIN work.selected_stage_fund AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND below.stage_code = 'planned'
WHERE top.stage_choice = 1;
