-- purpose: a fact has the value of its figure, with the sign of its direction
-- at_load: core.fact_figure, work.business_fact
SELECT
    facts.figure_key,
    facts.value,
    figure.value AS printed_value
FROM work.business_fact AS facts
LEFT JOIN core.fact_figure AS figure ON facts.figure_key = figure.figure_key
WHERE facts.fact_kind <> 'claim' AND (figure.value IS NULL OR abs(abs(facts.value) - abs(figure.value)) > 0.005);
