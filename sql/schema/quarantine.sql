-- grain: one content of one report that was not loaded
-- purpose: what was kept out, and why; an unchanged file is not tried again
-- zh: 被隔离的内容及原因；未改动的文件不再尝试。每行：一份报告未载入的一次内容
CREATE TABLE IF NOT EXISTS quality.quarantine (
    report_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    quarantined_at TIMESTAMP WITH TIME ZONE NOT NULL
);
