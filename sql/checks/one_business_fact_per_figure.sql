-- purpose: every figure is exactly one fund, result, target or claim
-- at_load: core.fact_figure, core.fact_fund, core.fact_result, core.fact_target, core.fact_claim
WITH facts AS (
    SELECT figure_key FROM core.fact_fund
    UNION ALL
    SELECT figure_key FROM core.fact_result
    UNION ALL
    SELECT figure_key FROM core.fact_target
    UNION ALL
    SELECT figure_key FROM core.fact_claim
)

SELECT
    figure.figure_key,
    count(facts.figure_key) AS fact_count
FROM core.fact_figure AS figure
FULL OUTER JOIN facts ON figure.figure_key = facts.figure_key
GROUP BY figure.figure_key
HAVING count(facts.figure_key) <> 1 OR figure.figure_key IS NULL;
