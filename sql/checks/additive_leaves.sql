-- purpose: a whole and its part are never both additive leaves
-- at_load: core.fact_fund, core.fact_result, core.bridge_composition
WITH leaves AS (
    SELECT fund.figure_key
    FROM core.fact_fund AS fund
    WHERE fund.is_additive_leaf
    UNION ALL
    SELECT result.figure_key
    FROM core.fact_result AS result
    WHERE result.is_additive_leaf
)

SELECT bridge.parent_figure_key
FROM core.bridge_composition AS bridge
INNER JOIN leaves AS whole ON bridge.parent_figure_key = whole.figure_key
INNER JOIN leaves AS part ON bridge.child_figure_key = part.figure_key;
