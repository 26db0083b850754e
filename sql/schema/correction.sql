-- grain: one value to read in place of the printed one, of one figure of one report version
-- purpose: proposals of the relations and decisions of people; what is printed is never overwritten
-- zh: 由关系推出的建议和人员的决定；所载数字从不改写。每行：某报告版本的一个数字的一个替代值
CREATE TABLE IF NOT EXISTS core.correction (
    correction_key BIGINT NOT NULL,
    correction_id VARCHAR NOT NULL,
    report_version_key BIGINT NOT NULL,
    figure_key BIGINT NOT NULL,
    expected_value DECIMAL(28, 6) NOT NULL,
    proposed_value DECIMAL(28, 6) NOT NULL,
    proposed_low DECIMAL(28, 6) NOT NULL,
    proposed_high DECIMAL(28, 6) NOT NULL,
    reason VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    supporting_check_keys BIGINT[] NOT NULL,
    status VARCHAR NOT NULL,
    decided_by VARCHAR,
    decided_at TIMESTAMP WITH TIME ZONE,
    correction_source VARCHAR NOT NULL
);
