-- grain: one dimension or indicator
-- purpose: what its rows and its suite were when it was last validated; what has not changed is not validated again
CREATE TABLE IF NOT EXISTS quality.validated_table (
    suite VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    run_key BIGINT NOT NULL
);
