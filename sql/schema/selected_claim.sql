-- grain: region x calendar year x claim kind x program x fund source x measure
-- purpose: the one printed claim that speaks for growth, share or distance, of current versions by precedence
CREATE OR REPLACE VIEW core.selected_claim AS
WITH ranked AS (
    SELECT
        region.region_code,
        region.name_en AS region_name,
        period.period_code,
        claim.claim_kind,
        program.program_code,
        source.source_code,
        measure.measure_code,
        claim.value,
        claim.value_low,
        claim.value_high,
        claim.figure_key,
        claim.subject_figure_key,
        CASE WHEN figure.status = 'ok' THEN 0 ELSE 1 END AS is_disputed,
        row_number() OVER (
            PARTITION BY
                region.region_code,
                period.period_code,
                claim.claim_kind,
                claim.program_key,
                claim.source_key,
                claim.measure_key
            ORDER BY report.precedence ASC, report.report_id ASC, figure.figure_id ASC
        ) AS choice
    FROM core.fact_claim AS claim
    INNER JOIN core.dim_report AS report ON claim.report_version_key = report.report_version_key
    INNER JOIN core.fact_figure AS figure ON claim.figure_key = figure.figure_key
    INNER JOIN core.dim_region AS region ON claim.region_key = region.region_key
    INNER JOIN core.dim_period AS period ON claim.period_key = period.period_key
    INNER JOIN core.dim_program AS program ON claim.program_key = program.program_key
    INNER JOIN core.dim_fund_source AS source ON claim.source_key = source.source_key
    INNER JOIN core.dim_measure AS measure ON claim.measure_key = measure.measure_key
    WHERE report.is_current AND figure.status <> 'quarantined' AND period.period_kind = 'calendar_year'
)

SELECT
    region_code,
    region_name,
    period_code,
    claim_kind,
    program_code,
    source_code,
    measure_code,
    value,
    value_low,
    value_high,
    figure_key,
    subject_figure_key,
    is_disputed
FROM ranked
WHERE choice = 1;
