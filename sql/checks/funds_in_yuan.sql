-- purpose: a fund fact is an amount in yuan and nothing else
-- at_load: core.fact_fund, core.fact_figure
SELECT
    fund.figure_key,
    figure.unit_code
FROM core.fact_fund AS fund
LEFT JOIN core.fact_figure AS figure ON fund.figure_key = figure.figure_key
WHERE figure.unit_code IS NULL OR figure.unit_code <> 'CNY';
