-- purpose: every correction belongs to a figure of its version, and every check that supports it too
-- at_load: core.correction, core.fact_figure, core.fact_check
SELECT correction.correction_key
FROM core.correction AS correction
LEFT JOIN core.fact_figure AS figure
    ON
        correction.figure_key = figure.figure_key
        AND correction.report_version_key = figure.report_version_key
LEFT JOIN core.dim_report AS report ON correction.report_version_key = report.report_version_key
WHERE figure.figure_key IS NULL OR report.report_version_key IS NULL
UNION ALL
SELECT support.correction_key
FROM (
    SELECT
        correction_key,
        report_version_key,
        unnest(supporting_check_keys) AS check_key
    FROM core.correction
) AS support
LEFT JOIN core.fact_check AS c
    ON support.check_key = c.check_key AND support.report_version_key = c.report_version_key
WHERE c.check_key IS NULL;
