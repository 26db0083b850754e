-- grain: one dimension or indicator
-- purpose: what its rows and its suite were when it was last validated; what has not changed is not validated again
-- zh: 上次验证时的行和预期；未变化者不再验证。每行：一个维度或指标
CREATE TABLE IF NOT EXISTS quality.validated_table (
    suite VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    run_key BIGINT NOT NULL
);
