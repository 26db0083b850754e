-- grain: measure x period x calendar year
-- purpose: the calendar years for which a figure speaks: its own, and of a stock every year that its period covers to
--   the end; period_rank is 0 in its own
-- zh: 一个数字所代表的年度：其自身年度；存量则为其时期完整覆盖至年末的各年。自身年度的 period_rank 为 0。每行：指标 ×
--   时期 × 年度
CREATE OR REPLACE VIEW work.held_year AS
SELECT
    measure.measure_key,
    period.period_key,
    calendar.period_code,
    CASE WHEN period.period_key = calendar.period_key THEN 0 ELSE 1 END AS period_rank
FROM core.dim_measure AS measure
CROSS JOIN core.dim_period AS period
INNER JOIN core.dim_period AS calendar
    ON
        calendar.period_kind = 'calendar_year'
        AND (
            period.period_key = calendar.period_key
            OR (
                measure.aggregation = 'last'
                AND period.start_date <= calendar.end_date
                AND period.end_date >= calendar.end_date
            )
        );
