-- grain: one indicator that the last load could not compute
-- purpose: which indicators keep the values of an earlier load, or have none, because their statement fails
-- zh: 因语句失败而保留先前数值或没有数值的指标。每行：最近一次载入未能计算的一个指标
CREATE TABLE IF NOT EXISTS quality.broken_indicator (
    indicator VARCHAR NOT NULL,
    statement_file VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    waits_for VARCHAR,
    is_older BOOLEAN NOT NULL,
    broken_since TIMESTAMP WITH TIME ZONE NOT NULL
);
