-- purpose: a figure that another figure or fact points to is there
-- at_load: core.fact_figure, work.business_fact, core.fact_target, core.fact_claim
WITH pointers AS (
    SELECT
        figure_key AS row_key,
        parent_figure_key AS figure_key
    FROM core.fact_figure
    UNION ALL
    SELECT
        figure_key AS row_key,
        parent_figure_key AS figure_key
    FROM work.business_fact
    UNION ALL
    SELECT
        figure_key AS row_key,
        actual_figure_key AS figure_key
    FROM core.fact_target
    UNION ALL
    SELECT
        figure_key AS row_key,
        subject_figure_key AS figure_key
    FROM core.fact_claim
    UNION ALL
    SELECT
        figure_key AS row_key,
        base_figure_key AS figure_key
    FROM core.fact_claim
)

SELECT
    pointers.row_key,
    pointers.figure_key
FROM pointers
LEFT JOIN core.fact_figure AS figure ON pointers.figure_key = figure.figure_key
WHERE pointers.figure_key IS NOT NULL AND figure.figure_key IS NULL;
