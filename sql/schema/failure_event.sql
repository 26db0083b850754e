-- grain: one change of one failure
-- purpose: what has to be told about a failure, once: that it is new, has changed or is resolved; rows are only added
-- zh: 关于问题须告知一次的事：新出现、有变化或已解决；只增加行。每行：一个问题的一次变化
CREATE TABLE IF NOT EXISTS quality.failure_event (
    event_key BIGINT NOT NULL,
    failure_key BIGINT NOT NULL,
    event_no INTEGER NOT NULL,
    event_kind VARCHAR NOT NULL,
    event_at TIMESTAMP WITH TIME ZONE NOT NULL,
    failure_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    rule_code VARCHAR NOT NULL,
    root_cause VARCHAR,
    message VARCHAR NOT NULL,
    earlier_message VARCHAR NOT NULL,
    suggestion VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    formula VARCHAR NOT NULL,
    suspect_text VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL
);
