-- purpose: a figure that a check points to is there, of whatever report
-- at_load: core.fact_check
WITH pointers AS (
    SELECT
        check_key,
        unnest(operand_figure_keys) AS figure_key
    FROM core.fact_check
    UNION ALL
    SELECT
        check_key,
        unnest(suspect_figure_keys) AS figure_key
    FROM core.fact_check
)

SELECT
    pointers.check_key,
    pointers.figure_key
FROM pointers
LEFT JOIN core.fact_figure AS figure ON pointers.figure_key = figure.figure_key
WHERE pointers.figure_key IS NULL OR figure.figure_key IS NULL;
