-- grain: one reporting period
-- purpose: when a figure speaks of
CREATE TABLE IF NOT EXISTS core.dim_period (
    period_key BIGINT PRIMARY KEY,
    period_code VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE,
    prior_period_code VARCHAR
);
