-- question: For which amounts does a report not say who pays?
-- columns: report_id, section, program, printed_text, amount, currency; why: the reason, empty where nothing is said;
--   sentence
-- units: as the column currency says
SELECT
    report.report_id,
    figure.section,
    program.name_en AS program,
    figure.printed_text,
    fund.amount,
    fund.currency,
    figure.source_text AS why,
    figure.sentence
FROM core.fact_fund AS fund
INNER JOIN core.dim_report AS report ON fund.report_version_key = report.report_version_key
INNER JOIN core.fact_figure AS figure ON fund.figure_key = figure.figure_key
INNER JOIN core.dim_program AS program ON fund.program_key = program.program_key
WHERE report.is_current AND fund.source_key = -1
ORDER BY report.report_id, figure.figure_id;
