-- question: Which programs does the reported money go to?
-- columns: region, year, program, source, amount_cny, printed_text, report_id. The rows overlap, since one yuan can
--   stand in a total, under its source and under its program: compare them, but do not add them up
-- units: CNY
SELECT
    selected.region_name AS region,
    selected.period_code AS year,
    program.name_en AS program,
    selected.source_code AS source,
    selected.value AS amount_cny,
    figure.printed_text,
    report.report_id
FROM core.selected_figure AS selected
INNER JOIN core.fact_figure AS figure ON selected.figure_key = figure.figure_key
INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
INNER JOIN core.dim_program AS program ON selected.program_code = program.program_code
WHERE
    selected.fact_kind = 'fund'
    AND selected.basis = 'as_reported'
    AND selected.flow = 'level'
    AND selected.program_code NOT IN ('all', 'unknown')
ORDER BY selected.region_code ASC, selected.period_code ASC, selected.value DESC, selected.figure_key ASC;
