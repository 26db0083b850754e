-- question: How much of what was planned was reached?
-- columns: region, year, program, measure: what was planned; planned and achieved as the report pairs them; reached_pct
-- units: planned and achieved in unit, reached_pct in %
SELECT
    region.name_en AS region,
    period.period_code AS year,
    program.name_en AS program,
    measure.name_en AS measure,
    target.value AS planned,
    achieved.value AS achieved,
    unit.unit_code AS unit,
    round(100 * achieved.value / nullif(target.value, 0), 1) AS reached_pct
FROM core.fact_target AS target
INNER JOIN core.fact_figure AS achieved ON target.actual_figure_key = achieved.figure_key
INNER JOIN core.dim_report AS report ON target.report_version_key = report.report_version_key
INNER JOIN core.dim_region AS region ON target.region_key = region.region_key
INNER JOIN core.dim_period AS period ON target.period_key = period.period_key
INNER JOIN core.dim_program AS program ON target.program_key = program.program_key
INNER JOIN core.dim_measure AS measure ON target.measure_key = measure.measure_key
INNER JOIN core.dim_unit AS unit ON target.unit_key = unit.unit_key
WHERE report.is_current AND target.unit_key = achieved.unit_key
ORDER BY region.region_code, period.period_code, program.program_code, target.figure_key;
