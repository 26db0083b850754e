-- purpose: what a report and its log refer to is there
-- at_load: core.fact_proposal
SELECT
    'region' AS refers_to,
    report.report_version_key AS row_key
FROM core.dim_report AS report
LEFT JOIN core.dim_region AS region ON report.region_code = region.region_code
WHERE region.region_code IS NULL
UNION ALL
SELECT
    'period' AS refers_to,
    report.report_version_key AS row_key
FROM core.dim_report AS report
LEFT JOIN core.dim_period AS period ON report.period_code = period.period_code
WHERE period.period_code IS NULL
UNION ALL
SELECT
    'replaced version' AS refers_to,
    report.report_version_key AS row_key
FROM core.dim_report AS report
LEFT JOIN core.dim_report AS earlier
    ON report.supersedes_key = earlier.report_version_key AND report.report_id = earlier.report_id
WHERE report.supersedes_key IS NOT NULL AND earlier.report_version_key IS NULL
UNION ALL
SELECT
    'version of an entry' AS refers_to,
    event.report_version_key AS row_key
FROM core.version_event AS event
LEFT JOIN core.dim_report AS report ON event.report_version_key = report.report_version_key
WHERE event.log_kind <> 'lost' AND report.report_version_key IS NULL
UNION ALL
SELECT
    'figure of an entry' AS refers_to,
    event.figure_key AS row_key
FROM core.correction_event AS event
LEFT JOIN core.fact_figure AS figure ON event.figure_key = figure.figure_key
WHERE figure.figure_key IS NULL
UNION ALL
SELECT
    'figure of a proposal' AS refers_to,
    proposal.figure_key AS row_key
FROM core.fact_proposal AS proposal
LEFT JOIN core.fact_figure AS figure
    ON proposal.figure_key = figure.figure_key AND proposal.report_version_key = figure.report_version_key
WHERE figure.figure_key IS NULL;
