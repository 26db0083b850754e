-- grain: one change of the accepted value of one figure
-- purpose: the log of corrections that began or ceased to apply; rows are only added, and the archive keeps a copy
-- zh: 更正开始或停止适用的日志；只增加行，存档中留有副本。每行：一个数字的已接受值的一次变化
CREATE TABLE IF NOT EXISTS core.correction_event (
    log_no INTEGER NOT NULL,
    logged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    log_kind VARCHAR NOT NULL,
    report_version_key BIGINT NOT NULL,
    figure_key BIGINT NOT NULL,
    proposed_value DECIMAL(28, 6) NOT NULL,
    proposed_low DECIMAL(28, 6) NOT NULL,
    proposed_high DECIMAL(28, 6) NOT NULL
);
