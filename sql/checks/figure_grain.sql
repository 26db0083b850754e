-- purpose: a figure stands once
-- at_load: core.fact_figure
SELECT
    figure_key,
    count(*) AS row_count
FROM core.fact_figure
GROUP BY figure_key
HAVING count(*) > 1;
