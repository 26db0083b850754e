-- purpose: every key of a fact or check has its member; a NULL key is a violation
-- at_load: core.fact_figure, core.fact_fund, core.fact_result, core.fact_target, core.fact_claim, core.fact_check
SELECT
    'fact_figure' AS fact,
    figure_key AS row_key
FROM core.fact_figure
WHERE
    coalesce(region_key NOT IN (SELECT region_key FROM core.dim_region), TRUE)
    OR coalesce(period_key NOT IN (SELECT period_key FROM core.dim_period), TRUE)
    OR coalesce(program_key NOT IN (SELECT program_key FROM core.dim_program), TRUE)
    OR coalesce(source_key NOT IN (SELECT source_key FROM core.dim_fund_source), TRUE)
    OR coalesce(stage_key NOT IN (SELECT stage_key FROM core.dim_flow_stage), TRUE)
    OR coalesce(measure_key NOT IN (SELECT measure_key FROM core.dim_measure), TRUE)
    OR coalesce(beneficiary_key NOT IN (SELECT beneficiary_key FROM core.dim_beneficiary), TRUE)
    OR coalesce(unit_key NOT IN (SELECT unit_key FROM core.dim_unit), TRUE)
    OR coalesce(report_version_key NOT IN (SELECT report_version_key FROM core.dim_report), TRUE)
UNION ALL
SELECT
    'fact_fund' AS fact,
    figure_key AS row_key
FROM core.fact_fund
WHERE
    coalesce(region_key NOT IN (SELECT region_key FROM core.dim_region), TRUE)
    OR coalesce(period_key NOT IN (SELECT period_key FROM core.dim_period), TRUE)
    OR coalesce(program_key NOT IN (SELECT program_key FROM core.dim_program), TRUE)
    OR coalesce(source_key NOT IN (SELECT source_key FROM core.dim_fund_source), TRUE)
    OR coalesce(stage_key NOT IN (SELECT stage_key FROM core.dim_flow_stage), TRUE)
    OR coalesce(measure_key NOT IN (SELECT measure_key FROM core.dim_measure), TRUE)
    OR coalesce(report_version_key NOT IN (SELECT report_version_key FROM core.dim_report), TRUE)
UNION ALL
SELECT
    'fact_result' AS fact,
    figure_key AS row_key
FROM core.fact_result
WHERE
    coalesce(region_key NOT IN (SELECT region_key FROM core.dim_region), TRUE)
    OR coalesce(period_key NOT IN (SELECT period_key FROM core.dim_period), TRUE)
    OR coalesce(program_key NOT IN (SELECT program_key FROM core.dim_program), TRUE)
    OR coalesce(measure_key NOT IN (SELECT measure_key FROM core.dim_measure), TRUE)
    OR coalesce(beneficiary_key NOT IN (SELECT beneficiary_key FROM core.dim_beneficiary), TRUE)
    OR coalesce(unit_key NOT IN (SELECT unit_key FROM core.dim_unit), TRUE)
    OR coalesce(report_version_key NOT IN (SELECT report_version_key FROM core.dim_report), TRUE)
UNION ALL
SELECT
    'fact_target' AS fact,
    figure_key AS row_key
FROM core.fact_target
WHERE
    coalesce(region_key NOT IN (SELECT region_key FROM core.dim_region), TRUE)
    OR coalesce(period_key NOT IN (SELECT period_key FROM core.dim_period), TRUE)
    OR coalesce(program_key NOT IN (SELECT program_key FROM core.dim_program), TRUE)
    OR coalesce(source_key NOT IN (SELECT source_key FROM core.dim_fund_source), TRUE)
    OR coalesce(measure_key NOT IN (SELECT measure_key FROM core.dim_measure), TRUE)
    OR coalesce(beneficiary_key NOT IN (SELECT beneficiary_key FROM core.dim_beneficiary), TRUE)
    OR coalesce(unit_key NOT IN (SELECT unit_key FROM core.dim_unit), TRUE)
    OR coalesce(report_version_key NOT IN (SELECT report_version_key FROM core.dim_report), TRUE)
UNION ALL
SELECT
    'fact_claim' AS fact,
    figure_key AS row_key
FROM core.fact_claim
WHERE
    coalesce(region_key NOT IN (SELECT region_key FROM core.dim_region), TRUE)
    OR coalesce(period_key NOT IN (SELECT period_key FROM core.dim_period), TRUE)
    OR coalesce(program_key NOT IN (SELECT program_key FROM core.dim_program), TRUE)
    OR coalesce(source_key NOT IN (SELECT source_key FROM core.dim_fund_source), TRUE)
    OR coalesce(measure_key NOT IN (SELECT measure_key FROM core.dim_measure), TRUE)
    OR coalesce(unit_key NOT IN (SELECT unit_key FROM core.dim_unit), TRUE)
    OR coalesce(report_version_key NOT IN (SELECT report_version_key FROM core.dim_report), TRUE)
UNION ALL
SELECT
    'fact_check' AS fact,
    check_key AS row_key
FROM core.fact_check
WHERE
    coalesce(rule_key NOT IN (SELECT rule_key FROM core.dim_rule), TRUE)
    OR coalesce(report_version_key NOT IN (SELECT report_version_key FROM core.dim_report), TRUE);
