-- grain: one report version
-- purpose: which state of reader and catalogue read a version last, and what came out, so that other code rereads it
-- zh: 最近由哪一状态的程序和目录读取该版本、得到什么结果，使代码变化后重新读取。每行：一个报告版本
CREATE TABLE IF NOT EXISTS quality.reading (
    report_version_key BIGINT NOT NULL,
    reader_version VARCHAR NOT NULL,
    reading_hash VARCHAR NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL
);
