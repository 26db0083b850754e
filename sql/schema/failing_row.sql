-- grain: one expectation x one row of a dimension or indicator that fails it
-- purpose: all rows that the last validation of their table found at fault; those that a load does not touch are taken
--   over by the next
CREATE TABLE IF NOT EXISTS quality.failing_row (
    suite VARCHAR NOT NULL,
    expectation_no INTEGER NOT NULL,
    row_key VARCHAR NOT NULL,
    row_subject VARCHAR NOT NULL
);
