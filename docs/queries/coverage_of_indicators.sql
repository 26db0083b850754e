-- question: For which regions and years can each indicator be computed?
-- columns: indicator, region_count, first_year, last_year, value_count: rows that rest on figures
-- units: regions, rows
SELECT
    indicator,
    count(DISTINCT region_code) AS region_count,
    min(period_code) AS first_year,
    max(period_code) AS last_year,
    count(DISTINCT region_code || ' ' || period_code) AS value_count
FROM indicator.lineage
WHERE basis = 'as_reported'
GROUP BY indicator
ORDER BY value_count DESC, indicator ASC;
