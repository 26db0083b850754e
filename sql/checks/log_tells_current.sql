-- purpose: the log of versions ends, for every report, with the version that is current now, and knows all versions
WITH spans AS (
    SELECT
        report_version_key,
        count(*) AS open_spans
    FROM core.version_span
    WHERE valid_to IS NULL
    GROUP BY report_version_key
)

SELECT
    report.report_id,
    report.version_no
FROM core.dim_report AS report
LEFT JOIN spans ON report.report_version_key = spans.report_version_key
WHERE coalesce(spans.open_spans, 0) <> CASE WHEN report.is_current THEN 1 ELSE 0 END
UNION ALL
SELECT
    cast(spans.report_version_key AS VARCHAR) AS report_id,
    cast(NULL AS INTEGER) AS version_no
FROM spans
LEFT JOIN core.dim_report AS report ON spans.report_version_key = report.report_version_key
WHERE report.report_version_key IS NULL
UNION ALL
SELECT
    report.report_id,
    report.version_no
FROM core.dim_report AS report
LEFT JOIN core.version_event AS event
    ON report.report_version_key = event.report_version_key AND event.log_kind = 'loaded'
WHERE event.log_no IS NULL;
