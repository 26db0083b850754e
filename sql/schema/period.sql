-- grain: one code of a period
-- purpose: when a figure speaks of, to join by code; the year is a number
CREATE OR REPLACE VIEW core.period AS
SELECT
    period_code,
    period_kind,
    start_date,
    end_date,
    CASE WHEN period_kind = 'calendar_year' THEN cast(year(end_date) AS INTEGER) END AS year
FROM core.dim_period;
