-- question: How has the weight of the central government in anti-poverty funds moved, and by how much for certain?
-- question_zh: 中央资金在扶贫资金中的比重如何变化，可以确定变化多少？
-- columns: region, year, share with its bounds; change_points: against the year before, empty where that year is not
--   reported; is_certain: whether the bounds of the two years lie apart, so that rounding cannot explain the change
-- units: share in %, change in percentage points
SELECT
    now.region_name_en AS region,
    now.period_code AS year,
    now.value AS share_pct,
    now.value_low AS share_low_pct,
    now.value_high AS share_high_pct,
    now.value - earlier.value AS change_points,
    now.value_low > earlier.value_high OR now.value_high < earlier.value_low AS is_certain
FROM indicator.central_share AS now
INNER JOIN core.dim_period AS period ON now.period_code = period.period_code
LEFT JOIN indicator.central_share AS earlier
    ON
        now.region_code = earlier.region_code
        AND period.prior_period_code = earlier.period_code
        AND now.basis = earlier.basis
WHERE now.basis = 'as_reported' AND now.value IS NOT NULL
ORDER BY now.region_code, now.period_code;
