-- purpose: a correction starts from the printed value, and its own lies within its bounds
-- at_load: core.correction, core.fact_figure
SELECT
    correction.correction_key,
    correction.expected_value,
    correction.proposed_low,
    correction.proposed_value,
    correction.proposed_high
FROM core.correction AS correction
LEFT JOIN core.fact_figure AS figure ON correction.figure_key = figure.figure_key
WHERE
    NOT coalesce(
        correction.expected_value = figure.value
        AND correction.proposed_low <= correction.proposed_value
        AND correction.proposed_value <= correction.proposed_high,
        FALSE
    );
