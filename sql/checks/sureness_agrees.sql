-- purpose: a fact is as sure as its figure, and a figure is assumed where its program, source, region or period is
-- at_load: core.fact_figure, work.business_fact
SELECT
    figure.figure_key,
    figure.sureness AS figure_sureness,
    facts.sureness AS fact_sureness
FROM core.fact_figure AS figure
LEFT JOIN work.business_fact AS facts ON figure.figure_key = facts.figure_key
WHERE
    facts.sureness IS DISTINCT FROM figure.sureness
    OR (figure.sureness = 'assumed') <> (
        (figure.program_how = 'assumed' AND figure.program_key <> -1)
        OR (figure.source_how = 'assumed' AND figure.source_key <> -1)
        OR (figure.region_how = 'assumed' AND figure.region_key <> -1)
        OR (figure.period_how = 'assumed' AND figure.period_key <> -1)
    );
