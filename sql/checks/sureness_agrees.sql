-- purpose: a fact is as sure as its figure, and a figure is assumed where its program, source, region or period is
-- at_load: core.fact_figure, core.fact_fund, core.fact_result, core.fact_target, core.fact_claim
WITH facts AS (
    SELECT
        figure_key,
        sureness
    FROM core.fact_fund
    UNION ALL
    SELECT
        figure_key,
        sureness
    FROM core.fact_result
    UNION ALL
    SELECT
        figure_key,
        sureness
    FROM core.fact_target
    UNION ALL
    SELECT
        figure_key,
        sureness
    FROM core.fact_claim
)

SELECT
    figure.figure_key,
    figure.sureness AS figure_sureness,
    facts.sureness AS fact_sureness
FROM core.fact_figure AS figure
LEFT JOIN facts ON figure.figure_key = facts.figure_key
WHERE
    facts.sureness IS DISTINCT FROM figure.sureness
    OR (figure.sureness = 'assumed') <> (
        (figure.program_how = 'assumed' AND figure.program_key <> -1)
        OR (figure.source_how = 'assumed' AND figure.source_key <> -1)
        OR (figure.region_how = 'assumed' AND figure.region_key <> -1)
        OR (figure.period_how = 'assumed' AND figure.period_key <> -1)
    );
