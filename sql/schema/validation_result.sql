-- grain: one expectation on one report version
-- purpose: shape results of the suites, passing and failing
CREATE TABLE IF NOT EXISTS quality.validation_result (
    report_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    suite VARCHAR NOT NULL,
    expectation VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    success BOOLEAN NOT NULL,
    unexpected_count BIGINT NOT NULL,
    failing_keys VARCHAR[] NOT NULL,
    details VARCHAR NOT NULL
);
