-- grain: one change of which version of a report counts, or of the decisions that it is read under
-- purpose: the log of loads, withdrawals, their undoing, and reviews; rows are only added, and the archive keeps a copy
-- zh: 载入、撤回、恢复及审核的日志；只增加行，存档中留有副本。每行：报告有效版本或其适用决定的一次变化
CREATE TABLE IF NOT EXISTS core.version_event (
    log_no INTEGER NOT NULL,
    logged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    log_kind VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    report_version_key BIGINT NOT NULL,
    current_version_key BIGINT,
    reason VARCHAR,
    decided_by VARCHAR
);
