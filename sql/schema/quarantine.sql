-- grain: one content of one report that was not loaded
-- purpose: what was kept out, and why; an unchanged file is not tried again
CREATE TABLE IF NOT EXISTS quality.quarantine (
    report_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    quarantined_at TIMESTAMP WITH TIME ZONE NOT NULL
);
