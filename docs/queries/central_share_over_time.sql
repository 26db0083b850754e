-- question: How has the weight of the central government in anti-poverty funds moved, and by how much for certain?
-- columns: region, year, share with its bounds; change_points: against the row before of the same region; is_certain:
--   whether the bounds of the two years lie apart, so that rounding cannot explain the change
-- units: share in %, change in percentage points
SELECT
    region_name AS region,
    period_code AS year,
    value AS share_pct,
    value_low AS share_low_pct,
    value_high AS share_high_pct,
    value - lag(value) OVER before AS change_points,
    value_low > lag(value_high) OVER before OR value_high < lag(value_low) OVER before AS is_certain
FROM indicator.central_share
WHERE basis = 'as_reported' AND value IS NOT NULL
WINDOW before AS (PARTITION BY region_code ORDER BY period_code)
ORDER BY region_code, period_code;
