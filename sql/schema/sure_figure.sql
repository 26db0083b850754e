-- grain: one printed number of one report version
-- purpose: figures of which neither program, source, region nor period is assumed. Indicators and totals take facts
--   only together with their figure from here, so that nothing assumed enters any of them
CREATE OR REPLACE VIEW work.sure_figure AS
SELECT
    figure_key,
    report_version_key,
    figure_id,
    value,
    unit_code,
    status,
    scope,
    item,
    region_group,
    unit_key,
    region_key,
    period_key,
    program_key,
    source_key,
    stage_key,
    measure_key,
    beneficiary_key
FROM core.fact_figure
WHERE sureness <> 'assumed';
