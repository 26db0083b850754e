-- grain: region x calendar year x basis
-- unit: day
-- formula: day of the first publication - last day of the year
-- purpose: how timely a region accounts for a year, where a report states its date
WITH published AS (
    SELECT
        report.region_code,
        report.period_code,
        period.end_date,
        min(report.published_on) AS published_on
    FROM core.dim_report AS report
    INNER JOIN core.dim_period AS period ON report.period_code = period.period_code
    WHERE report.is_current AND period.period_kind = 'calendar_year' AND report.region_code <> 'unknown'
    GROUP BY report.region_code, report.period_code, period.end_date
)

SELECT
    published.region_code,
    published.period_code,
    'day' AS unit,
    cast(date_diff('day', published.end_date, published.published_on) AS DECIMAL(28, 6)) AS value,
    cast(date_diff('day', published.end_date, published.published_on) AS DECIMAL(28, 6)) AS value_low,
    cast(date_diff('day', published.end_date, published.published_on) AS DECIMAL(28, 6)) AS value_high,
    cast(NULL AS DECIMAL(28, 6)) AS numerator,
    cast(NULL AS DECIMAL(28, 6)) AS denominator,
    cast(0 AS BIGINT) AS disputed_count,
    cast(NULL AS BIGINT) AS numerator_figure_key,
    cast(NULL AS BIGINT) AS denominator_figure_key,
    'as_reported' AS basis,
    CASE WHEN published.published_on IS NULL THEN 'no report states when it was published' END AS reason
FROM published;
