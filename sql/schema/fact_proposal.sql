-- grain: one value that the relations of one report version determine in place of a printed one
-- purpose: proposals as the checks made them; what became of each stands in core.correction
-- zh: 检查提出的建议；各项结果见 core.correction。每行：由某报告版本的关系推出、代替所载数字的一个值
CREATE TABLE IF NOT EXISTS core.fact_proposal (
    figure_key BIGINT NOT NULL,
    report_version_key BIGINT NOT NULL,
    proposed_value DECIMAL(28, 6) NOT NULL,
    proposed_low DECIMAL(28, 6) NOT NULL,
    proposed_high DECIMAL(28, 6) NOT NULL,
    reason VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    supporting_check_keys BIGINT[] NOT NULL
);
