-- purpose: a whole and its part are never both additive leaves
-- at_load: work.business_fact, core.bridge_composition
SELECT bridge.parent_figure_key
FROM core.bridge_composition AS bridge
INNER JOIN work.business_fact AS whole ON bridge.parent_figure_key = whole.figure_key
INNER JOIN work.business_fact AS part ON bridge.child_figure_key = part.figure_key
WHERE whole.is_additive_leaf AND part.is_additive_leaf;
