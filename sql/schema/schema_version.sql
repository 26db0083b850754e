-- grain: one row
-- purpose: fingerprints of the statements that made the tables, the views and the indicators
CREATE TABLE IF NOT EXISTS quality.schema_version (
    fingerprint VARCHAR NOT NULL,
    view_fingerprint VARCHAR NOT NULL,
    indicator_fingerprint VARCHAR NOT NULL
);
