-- question: Where several reports print the same fact, do they agree?
-- columns: region, year, program, source, currency: the fact; report_count, least, greatest, spread: how far apart they
--   are; reports: each with what it prints
-- units: as the column currency says
SELECT
    region.name_en AS region,
    period.period_code AS year,
    program.program_code AS program,
    source.source_code AS source,
    fund.currency,
    count(DISTINCT report.report_id) AS report_count,
    min(fund.amount) AS least,
    max(fund.amount) AS greatest,
    max(fund.amount) - min(fund.amount) AS spread,
    string_agg(
        report.report_id || ': ' || figure.printed_text, '; ' ORDER BY report.report_id, figure.figure_id
    ) AS reports
FROM core.fact_fund AS fund
INNER JOIN core.dim_report AS report ON fund.report_version_key = report.report_version_key
INNER JOIN core.fact_figure AS figure ON fund.figure_key = figure.figure_key
INNER JOIN core.dim_region AS region ON fund.region_key = region.region_key
INNER JOIN core.dim_period AS period ON fund.period_key = period.period_key
INNER JOIN core.dim_program AS program ON fund.program_key = program.program_key
INNER JOIN core.dim_fund_source AS source ON fund.source_key = source.source_key
WHERE report.is_current AND fund.flow = 'level' AND fund.source_key <> -1 AND fund.region_key <> -1
GROUP BY
    region.region_code,
    region.name_en,
    period.period_code,
    program.program_code,
    source.source_code,
    fund.currency,
    fund.measure_key
HAVING count(DISTINCT report.report_id) > 1
ORDER BY
    region.region_code,
    period.period_code,
    program.program_code,
    source.source_code,
    fund.currency,
    fund.measure_key;
