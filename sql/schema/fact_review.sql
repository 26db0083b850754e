-- grain: one figure of one report version that somebody has looked at
-- purpose: who looked at a figure last, as initials, and when; what was decided stands in the files of decisions
-- zh: 最近核对数字的人（缩写）和时间；决定内容在决定文件中。每行：某报告版本中一个已有人核对的数字
CREATE TABLE IF NOT EXISTS core.fact_review (
    report_version_key BIGINT NOT NULL,
    figure_key BIGINT NOT NULL,
    reviewed_by VARCHAR NOT NULL,
    reviewed_at DATE NOT NULL
);
