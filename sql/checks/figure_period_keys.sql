-- purpose: every figure has each of its periods once, and each is a member of dim_period
-- at_load: core.fact_figure, core.figure_period
WITH periods AS (
    SELECT
        figure_key,
        report_version_key,
        unnest([period_key, report_period_key, plan_period_key, as_of_period_key, base_period_key]) AS period_key
    FROM core.figure_period
)

SELECT
    figure.figure_key,
    count(period.period_key) AS period_count
FROM core.fact_figure AS figure
LEFT JOIN periods ON figure.figure_key = periods.figure_key
LEFT JOIN core.dim_period AS period ON periods.period_key = period.period_key
GROUP BY figure.figure_key
HAVING count(period.period_key) <> 5;
