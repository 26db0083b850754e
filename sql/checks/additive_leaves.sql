-- purpose: a whole is never an additive leaf beside its parts
SELECT fund.figure_key
FROM core.fact_fund AS fund
INNER JOIN core.bridge_composition AS bridge ON fund.figure_key = bridge.parent_figure_key
WHERE fund.is_additive_leaf
UNION ALL
SELECT result.figure_key
FROM core.fact_result AS result
INNER JOIN core.bridge_composition AS bridge ON result.figure_key = bridge.parent_figure_key
WHERE result.is_additive_leaf;
