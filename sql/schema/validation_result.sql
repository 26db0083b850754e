-- grain: one expectation of one validation run
-- purpose: shape results of the suites, passing and failing, of every run there was
-- zh: 历次运行的结构检验结果，含通过与未通过者。每行：一次验证运行的一项预期
CREATE TABLE IF NOT EXISTS quality.validation_result (
    run_key BIGINT NOT NULL,
    suite VARCHAR NOT NULL,
    expectation_no INTEGER NOT NULL,
    expectation VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    success BOOLEAN NOT NULL,
    row_count BIGINT NOT NULL,
    unexpected_count BIGINT NOT NULL,
    failing_keys VARCHAR[] NOT NULL,
    details VARCHAR NOT NULL
);
