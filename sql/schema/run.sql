-- grain: one run of the pipeline, whoever started it
-- purpose: how long runs took, what they read and loaded, and whether numbers and memory were as they should be
-- zh: 运行用时、读取和载入的内容，以及数字和内存是否正常。每行：流程的一次运行，不论由谁启动
CREATE TABLE IF NOT EXISTS quality.run (
    run_id VARCHAR NOT NULL,
    started_by VARCHAR NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR NOT NULL,
    cause VARCHAR,
    reports_read BIGINT NOT NULL,
    reports_loaded BIGINT NOT NULL,
    reports_unchanged BIGINT NOT NULL,
    reports_kept_out BIGINT NOT NULL,
    numbers_in BIGINT NOT NULL,
    figures_out BIGINT NOT NULL,
    non_figures_out BIGINT NOT NULL,
    unread_out BIGINT NOT NULL,
    is_conserved BOOLEAN NOT NULL,
    rows_loaded BIGINT NOT NULL,
    peak_memory_mib BIGINT NOT NULL
);
