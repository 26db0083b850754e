-- grain: one printed number that is no figure, of one report version
-- purpose: numbers classified as years, names, lists …, and those that are not read, with the cause; nothing is dropped
-- zh: 归为年份、名称、列表序号等的数，以及未读出者和原因；没有任何数被丢弃。每行：某报告版本中一个不作为数据的数
CREATE TABLE IF NOT EXISTS core.fact_number (
    number_key BIGINT NOT NULL,
    report_version_key BIGINT NOT NULL,
    number_no INTEGER NOT NULL,
    section VARCHAR NOT NULL,
    start_offset BIGINT,
    end_offset BIGINT,
    sheet VARCHAR,
    cell VARCHAR,
    sentence VARCHAR NOT NULL,
    printed_text VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    why VARCHAR NOT NULL
);
