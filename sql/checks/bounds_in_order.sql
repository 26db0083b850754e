-- purpose: a value lies within its bounds
-- at_load: core.fact_figure, core.fact_result, core.fact_fund
WITH valued AS (
    SELECT
        figure_key,
        value_low,
        value,
        value_high
    FROM core.fact_figure
    UNION ALL
    SELECT
        figure_key,
        value_low,
        value,
        value_high
    FROM core.fact_result
    UNION ALL
    SELECT
        figure_key,
        amount_low,
        amount,
        amount_high
    FROM core.fact_fund
)

SELECT
    figure_key,
    value_low,
    value,
    value_high
FROM valued
WHERE NOT coalesce(value_low <= value AND value <= value_high, FALSE);
