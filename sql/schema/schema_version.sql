-- grain: one row
-- purpose: fingerprint of the statements this warehouse was created with
CREATE TABLE IF NOT EXISTS quality.schema_version (
    fingerprint VARCHAR NOT NULL
);
