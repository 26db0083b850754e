-- grain: one change of which version of a report counts
-- purpose: the log of loads, withdrawals and their undoing; rows are only added, and the archive keeps a copy
CREATE TABLE IF NOT EXISTS core.version_event (
    log_no INTEGER NOT NULL,
    logged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    log_kind VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    report_version_key BIGINT NOT NULL,
    current_version_key BIGINT,
    reason VARCHAR,
    decided_by VARCHAR
);
