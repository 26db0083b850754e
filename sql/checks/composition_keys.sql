-- purpose: both ends of every composition are figures of its version
-- at_load: core.bridge_composition, core.fact_figure
SELECT
    b.parent_figure_key,
    b.child_figure_key
FROM core.bridge_composition AS b
LEFT JOIN core.fact_figure AS p
    ON b.parent_figure_key = p.figure_key AND b.report_version_key = p.report_version_key
LEFT JOIN core.fact_figure AS c
    ON b.child_figure_key = c.figure_key AND b.report_version_key = c.report_version_key
WHERE p.figure_key IS NULL OR c.figure_key IS NULL OR b.parent_figure_key = b.child_figure_key;
