-- grain: region x calendar year x basis x program
-- unit: CNY per unit of output
-- formula: funds of a program / what the program achieved
-- purpose: what a program pays for a person moved or trained, a village or county served, a kilometre of road (all
--   infrastructure money, so an upper bound); villages on a list of several years are not what a year's money reached
WITH outputs AS (
    SELECT output.*
    FROM (
        VALUES
        ('relocation', 'people_relocated', 'CNY/person'),
        ('rain_plan', 'people_trained', 'CNY/person'),
        ('infrastructure', 'roads', 'CNY/km'),
        ('mutual_funds', 'villages_mutual_funds', 'CNY/village'),
        ('contiguous_development', 'counties_pilot', 'CNY/county')
    ) AS output (program_code, measure_code, unit)
)

SELECT
    top.region_code,
    top.period_code,
    top.program_code AS member_code,
    outputs.unit,
    cast(top.value / nullif(below.value, 0) AS DECIMAL(28, 6)) AS value,
    cast(top.value_low / nullif(below.value_high, 0) AS DECIMAL(28, 6)) AS value_low,
    cast(top.value_high / nullif(below.value_low, 0) AS DECIMAL(28, 6)) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE
        WHEN below.figure_key IS NULL THEN 'what the program achieved is not reported'
        WHEN below.value_low = 0 THEN 'the denominator can be zero'
    END AS reason
FROM work.selected_program_fund AS top
INNER JOIN outputs ON top.program_code = outputs.program_code
LEFT JOIN work.selected_figure AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND top.program_code = below.program_code
        AND outputs.measure_code = below.measure_code
        AND below.fact_kind = 'result'
        AND below.flow = 'level'
WHERE top.measure_code = 'funds' AND top.flow = 'level';
