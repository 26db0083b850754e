-- grain: one code of a period
-- purpose: when a figure speaks of, to join by code; the year is a number
-- zh: 数字所说的时间，供按代码连接；年份为数字。每行：一个时期代码
CREATE OR REPLACE VIEW core.period AS
SELECT
    period_code,
    period_kind,
    start_date,
    end_date,
    CASE WHEN period_kind = 'calendar_year' THEN cast(year(end_date) AS INTEGER) END AS year
FROM core.dim_period;
