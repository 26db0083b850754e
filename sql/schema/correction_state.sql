-- grain: one row
-- purpose: fingerprint of the corrections files that the indicators stand on
CREATE TABLE IF NOT EXISTS quality.correction_state (
    correction_fingerprint VARCHAR NOT NULL
);
