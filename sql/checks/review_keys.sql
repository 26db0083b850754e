-- purpose: what was reviewed is a figure of its version, and no figure is reviewed twice
-- at_load: core.fact_review, core.fact_figure
SELECT
    r.figure_key,
    count(f.figure_key) AS figures
FROM core.fact_review AS r
LEFT JOIN core.fact_figure AS f ON r.figure_key = f.figure_key AND r.report_version_key = f.report_version_key
GROUP BY r.figure_key
HAVING count(f.figure_key) <> 1;
