-- purpose: every figure is exactly one fund, result, target or claim
-- at_load: core.fact_figure, work.business_fact
SELECT
    figure.figure_key,
    count(facts.figure_key) AS fact_count
FROM core.fact_figure AS figure
FULL OUTER JOIN work.business_fact AS facts ON figure.figure_key = facts.figure_key
GROUP BY figure.figure_key
HAVING count(facts.figure_key) <> 1 OR figure.figure_key IS NULL;
