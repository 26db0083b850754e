-- grain: one validation of one report version, or of the warehouse after a load
-- purpose: history of the shape results: when, how long, and how many failed; rows are only ever added
-- zh: 结构检验的历史：何时、多久、多少未通过；只增加行。每行：对一个报告版本或载入后的仓库的一次验证
CREATE TABLE IF NOT EXISTS quality.validation_run (
    run_key BIGINT NOT NULL,
    report_id VARCHAR,
    content_hash VARCHAR,
    validated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    is_loaded BOOLEAN NOT NULL,
    tables_validated INTEGER NOT NULL,
    tables_unchanged INTEGER NOT NULL,
    validation_seconds DECIMAL(12, 3) NOT NULL,
    import_seconds DECIMAL(12, 3) NOT NULL,
    expectation_count INTEGER NOT NULL,
    failing_critical INTEGER NOT NULL,
    failing_error INTEGER NOT NULL,
    failing_warning INTEGER NOT NULL,
    failing_info INTEGER NOT NULL,
    check_count INTEGER NOT NULL,
    checks_failing_critical INTEGER NOT NULL,
    checks_failing_error INTEGER NOT NULL,
    checks_failing_warning INTEGER NOT NULL,
    checks_failing_info INTEGER NOT NULL
);
