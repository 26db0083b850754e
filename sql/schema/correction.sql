-- grain: one proposed value for one figure
-- purpose: stated values are never overwritten: a correction is a row of its own
CREATE TABLE IF NOT EXISTS core.correction (
    correction_key BIGINT NOT NULL,
    figure_key BIGINT NOT NULL,
    proposed_value DECIMAL(28, 6) NOT NULL,
    reason VARCHAR NOT NULL,
    supporting_rules VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    decided_by VARCHAR,
    decided_at TIMESTAMP WITH TIME ZONE
);
