-- purpose: a value lies within its bounds
-- at_load: core.fact_figure, work.business_fact
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
    FROM work.business_fact
)

SELECT
    figure_key,
    value_low,
    value,
    value_high
FROM valued
WHERE NOT coalesce(value_low <= value AND value <= value_high, FALSE);
