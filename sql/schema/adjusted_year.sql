-- grain: region x calendar year
-- purpose: where an accepted correction can change an indicator; only there are rows with the basis adjusted. A stock
--   holds in every year that its period covers to the end
-- zh: 已接受的更正可能改变指标之处；只有这些地方才有调整后口径的行。存量在其时期所及的各年均有效。每行：地区 × 年度
CREATE OR REPLACE VIEW work.adjusted_year AS
SELECT DISTINCT
    region.region_code,
    calendar.period_code
FROM work.accepted_correction AS correction
INNER JOIN work.sure_figure AS figure ON correction.figure_key = figure.figure_key
INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key
INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
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
