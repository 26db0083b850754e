-- question: How much money did a region report by year and source, and does anything speak against it?
-- columns: region, year, source, stage: whose money, when, from whom and how far it had flowed; amount_cny with the
--   bounds that rounding leaves open; printed_text and report_id: where it stands; status: ok or disputed
-- units: CNY
-- parameters: region: code of the region, such as 360000
SELECT
    selected.region_name AS region,
    selected.period_code AS year,
    selected.source_code AS source,
    stage.stage_code AS stage,
    selected.value AS amount_cny,
    selected.value_low AS amount_low_cny,
    selected.value_high AS amount_high_cny,
    figure.printed_text,
    report.report_id,
    figure.status
FROM core.selected_figure AS selected
INNER JOIN core.fact_fund AS fund ON selected.figure_key = fund.figure_key
INNER JOIN core.fact_figure AS figure ON selected.figure_key = figure.figure_key
INNER JOIN core.dim_flow_stage AS stage ON fund.stage_key = stage.stage_key
INNER JOIN core.dim_report AS report ON fund.report_version_key = report.report_version_key
WHERE
    selected.fact_kind = 'fund'
    AND selected.basis = 'as_reported'
    AND selected.program_code = 'all'
    AND selected.flow = 'level'
    AND selected.region_code = $region
ORDER BY selected.period_code ASC, selected.value DESC, selected.source_code ASC;
