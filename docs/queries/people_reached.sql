-- question: How many people, households and villages did each program reach?
-- columns: region, year, program, measure, beneficiary, value, unit, printed_text, report_id. Different reports
--   about one year speak of the same people, so do not add them up
-- units: as the column unit says
SELECT
    region.name_en AS region,
    period.period_code AS year,
    program.name_en AS program,
    measure.name_en AS measure,
    beneficiary.name_en AS beneficiary,
    result.value,
    unit.unit_code AS unit,
    figure.printed_text,
    report.report_id
FROM core.fact_result AS result
INNER JOIN core.dim_report AS report ON result.report_version_key = report.report_version_key
INNER JOIN core.fact_figure AS figure ON result.figure_key = figure.figure_key
INNER JOIN core.dim_region AS region ON result.region_key = region.region_key
INNER JOIN core.dim_period AS period ON result.period_key = period.period_key
INNER JOIN core.dim_program AS program ON result.program_key = program.program_key
INNER JOIN core.dim_measure AS measure ON result.measure_key = measure.measure_key
INNER JOIN core.dim_beneficiary AS beneficiary ON result.beneficiary_key = beneficiary.beneficiary_key
INNER JOIN core.dim_unit AS unit ON result.unit_key = unit.unit_key
WHERE report.is_current AND result.flow = 'level' AND result.beneficiary_key <> -1
ORDER BY region.region_code, period.period_code, program.program_code, report.report_id, figure.figure_id;
