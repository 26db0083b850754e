-- grain: one printed number that is no figure, of one report version
-- purpose: numbers classified as years, names, lists …, and those that are not read, with the cause; nothing is dropped
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
