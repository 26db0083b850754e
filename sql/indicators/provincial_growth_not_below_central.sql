-- grain: region x calendar year x basis
-- unit: 1 = yes, 0 = no
-- formula: printed growth of provincial funds >= printed growth of central funds
-- purpose: whether the province keeps pace with the central government
SELECT
    top.region_code,
    top.period_code,
    '1 = yes, 0 = no' AS unit,
    cast(CASE WHEN top.value >= below.value THEN 1 WHEN top.value < below.value THEN 0 END AS DECIMAL(28, 6)) AS value,
    cast(
        CASE WHEN top.value_low >= below.value_high THEN 1 WHEN top.value_low < below.value_high THEN 0 END
        AS DECIMAL(28, 6)
    ) AS value_low,
    cast(
        CASE WHEN top.value_high >= below.value_low THEN 1 WHEN top.value_high < below.value_low THEN 0 END
        AS DECIMAL(28, 6)
    ) AS value_high,
    top.value AS numerator,
    below.value AS denominator,
    top.is_disputed + coalesce(below.is_disputed, 0) AS disputed_count,
    top.figure_key AS numerator_figure_key,
    below.figure_key AS denominator_figure_key,
    top.basis,
    CASE WHEN below.figure_key IS NULL THEN 'central growth not reported' END AS reason
FROM work.selected_claim AS top
LEFT JOIN work.selected_claim AS below
    ON
        top.region_code = below.region_code
        AND top.period_code = below.period_code
        AND top.basis = below.basis
        AND below.claim_kind = 'change_pct'
        AND below.program_code = 'all'
        AND below.measure_code = 'funds'
        AND below.source_code = 'central'
WHERE
    top.claim_kind = 'change_pct'
    AND top.program_code = 'all'
    AND top.measure_code = 'funds'
    AND top.source_code = 'provincial';
