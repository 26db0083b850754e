-- grain: one failure over all time
-- purpose: what does not hold in a report, since when, and whether it still does
-- zh: 报告中哪些内容不成立、自何时起、是否仍然如此。每行：全部时间内的一个问题
CREATE TABLE IF NOT EXISTS quality.failure (
    failure_key BIGINT NOT NULL,
    failure_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    rule_code VARCHAR NOT NULL,
    root_cause VARCHAR,
    message VARCHAR NOT NULL,
    suggestion VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    formula VARCHAR NOT NULL,
    failure_state VARCHAR NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    check_key BIGINT,
    suspect_text VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL
);
