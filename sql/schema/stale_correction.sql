-- grain: one entry of a corrections file
-- purpose: decisions that fit no figure of the current version of their report, or several; none of them applies
CREATE TABLE IF NOT EXISTS quality.stale_correction (
    correction_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    entry_no INTEGER NOT NULL,
    printed_text VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    cause VARCHAR NOT NULL
);
