-- grain: one report version
-- purpose: which state of reader and catalogue read a version last, and what came out, so that other code rereads it
CREATE TABLE IF NOT EXISTS quality.reading (
    report_version_key BIGINT NOT NULL,
    reader_version VARCHAR NOT NULL,
    reading_hash VARCHAR NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL
);
