-- grain: region x calendar year
-- purpose: where an accepted correction can change an indicator; only there are rows with the basis adjusted
-- zh: 已接受的更正可能改变指标之处；只有这些地方才有调整后口径的行。每行：地区 × 年度
CREATE OR REPLACE VIEW work.adjusted_year AS
SELECT DISTINCT
    region.region_code,
    held.period_code
FROM work.accepted_correction AS correction
INNER JOIN work.sure_figure AS figure ON correction.figure_key = figure.figure_key
INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
INNER JOIN work.held_year AS held ON figure.measure_key = held.measure_key AND figure.period_key = held.period_key;
