-- question: For which regions and years can each indicator be computed?
-- question_zh: 每个指标能计算哪些地区和年份？
-- columns: indicator; region_count, first_year and last_year: where it has a value; value_count: how many values;
--   empty_count: regions and years where part of what it needs is reported and not all, so that it is empty
-- units: regions, years, values
SELECT
    indicator,
    count(DISTINCT region_code) FILTER (WHERE value IS NOT NULL) AS region_count,
    min(period_code) FILTER (WHERE value IS NOT NULL) AS first_year,
    max(period_code) FILTER (WHERE value IS NOT NULL) AS last_year,
    count(value) AS value_count,
    count(*) - count(value) AS empty_count
FROM indicator.all_values
WHERE basis = 'as_reported'
GROUP BY indicator
ORDER BY value_count DESC, indicator ASC;
