-- grain: region x calendar year x basis
-- unit: %
-- formula: growth of key counties' income - its printed distance to the region's average
-- purpose: growth of the region's average income, derived and never printed; where several are printed, those that are
--   said of one program, of all programs before others
WITH paired AS (
    SELECT
        top.region_code,
        top.period_code,
        top.basis,
        top.value,
        top.value_low,
        top.value_high,
        top.figure_key,
        top.is_disputed,
        below.value AS distance,
        below.value_low AS distance_low,
        below.value_high AS distance_high,
        below.figure_key AS distance_figure_key,
        coalesce(below.is_disputed, 0) AS distance_is_disputed,
        row_number() OVER (
            PARTITION BY top.region_code, top.period_code, top.basis
            ORDER BY
                CASE WHEN below.figure_key IS NULL THEN 1 ELSE 0 END ASC,
                CASE WHEN top.program_code = below.program_code THEN 0 ELSE 1 END ASC,
                CASE WHEN top.program_code = 'all' THEN 0 ELSE 1 END ASC,
                top.figure_key ASC,
                below.figure_key ASC
        ) AS choice
    FROM work.selected_claim AS top
    LEFT JOIN work.selected_claim AS below
        ON
            top.region_code = below.region_code
            AND top.period_code = below.period_code
            AND top.basis = below.basis
            AND top.measure_code = below.measure_code
            AND below.claim_kind = 'diff_pp'
    WHERE
        top.claim_kind = 'change_pct'
        AND top.measure_code = 'income_key_counties'
)

SELECT
    region_code,
    period_code,
    '%' AS unit,
    cast(value - distance AS DECIMAL(28, 6)) AS value,
    cast(value_low - distance_high AS DECIMAL(28, 6)) AS value_low,
    cast(value_high - distance_low AS DECIMAL(28, 6)) AS value_high,
    value AS numerator,
    distance AS denominator,
    is_disputed + distance_is_disputed AS disputed_count,
    figure_key AS numerator_figure_key,
    distance_figure_key AS denominator_figure_key,
    basis,
    CASE WHEN distance_figure_key IS NULL THEN 'distance to the average not reported' END AS reason
FROM paired
WHERE choice = 1;
