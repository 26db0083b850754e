-- grain: one entry of a corrections file
-- purpose: decisions that fit no figure of the current version of their report, or several; none of them applies
-- zh: 与报告现行版本的数字不符或符合多个数字的决定；均不适用。每行：更正文件的一项
CREATE TABLE IF NOT EXISTS quality.stale_correction (
    correction_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    entry_no INTEGER NOT NULL,
    printed_text VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    cause VARCHAR NOT NULL
);
