-- grain: one version of one report
-- purpose: which document a fact comes from; the current version counts, earlier and withdrawn ones stay
-- zh: 事实出自哪份文件；现行版本有效，较早和已撤回的版本保留。每行：一份报告的一个版本
CREATE TABLE IF NOT EXISTS core.dim_report (
    report_version_key BIGINT PRIMARY KEY,
    report_id VARCHAR NOT NULL,
    version_no INTEGER NOT NULL,
    content_hash VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    period_code VARCHAR NOT NULL,
    series VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    publisher VARCHAR,
    published_on DATE,
    licence VARCHAR,
    stated_in VARCHAR,
    media_type VARCHAR NOT NULL,
    precedence INTEGER NOT NULL,
    numbers_found BIGINT NOT NULL,
    is_current BOOLEAN NOT NULL,
    report_status VARCHAR NOT NULL,
    supersedes_key BIGINT,
    ingested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    retracted_at TIMESTAMP WITH TIME ZONE,
    retracted_by VARCHAR,
    retraction_reason VARCHAR
);
