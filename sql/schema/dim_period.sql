-- grain: one reporting period
-- purpose: when a figure speaks of
-- zh: 数字所说的时间。每行：一个报告期
CREATE TABLE IF NOT EXISTS core.dim_period (
    period_key BIGINT PRIMARY KEY,
    period_code VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE,
    prior_period_code VARCHAR
);
