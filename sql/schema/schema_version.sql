-- grain: one row
-- purpose: fingerprints of the statements that made the tables, the views and the indicators
-- zh: 建立表、视图和指标的语句的指纹。共一行
CREATE TABLE IF NOT EXISTS quality.schema_version (
    fingerprint VARCHAR NOT NULL,
    view_fingerprint VARCHAR NOT NULL,
    indicator_fingerprint VARCHAR NOT NULL
);
