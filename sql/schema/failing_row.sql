-- grain: one expectation x one row of a dimension or indicator that fails it
-- purpose: all rows that the last validation of their table found at fault; those that a load does not touch are taken
--   over by the next
-- zh: 最近一次验证发现有误的全部行；未受载入影响的由下次沿用。每行：一项预期 × 维度或指标中不符合的一行
CREATE TABLE IF NOT EXISTS quality.failing_row (
    suite VARCHAR NOT NULL,
    expectation_no INTEGER NOT NULL,
    row_key VARCHAR NOT NULL,
    row_subject VARCHAR NOT NULL
);
