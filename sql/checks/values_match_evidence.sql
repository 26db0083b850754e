-- purpose: a fact has the value of its figure, with the sign of its direction
-- at_load: core.fact_figure, core.fact_fund, core.fact_result, core.fact_target
WITH facts AS (
    SELECT
        figure_key,
        cast(amount AS DECIMAL(28, 6)) AS value
    FROM core.fact_fund
    UNION ALL
    SELECT
        figure_key,
        value
    FROM core.fact_result
    UNION ALL
    SELECT
        figure_key,
        value
    FROM core.fact_target
)

SELECT
    facts.figure_key,
    facts.value,
    figure.value AS printed_value
FROM facts
LEFT JOIN core.fact_figure AS figure ON facts.figure_key = figure.figure_key
WHERE figure.value IS NULL OR abs(abs(facts.value) - abs(figure.value)) > 0.005;
