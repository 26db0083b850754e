-- purpose: the status of a version says whether it counts, and a withdrawal its time, its reason and who decided
SELECT
    report_id,
    version_no,
    report_status
FROM core.dim_report
WHERE
    coalesce(report_status NOT IN ('current', 'superseded', 'retracted'), TRUE)
    OR is_current <> (report_status = 'current')
    OR (report_status = 'retracted') <> (retracted_at IS NOT NULL)
    OR (retracted_at IS NULL) <> (retraction_reason IS NULL)
    OR (retracted_at IS NULL) <> (retracted_by IS NULL);
