-- grain: one figure of one report version that somebody has looked at
-- purpose: who looked at a figure last, as initials, and when; what was decided stands in the files of decisions
CREATE TABLE IF NOT EXISTS core.fact_review (
    report_version_key BIGINT NOT NULL,
    figure_key BIGINT NOT NULL,
    reviewed_by VARCHAR NOT NULL,
    reviewed_at DATE NOT NULL
);
