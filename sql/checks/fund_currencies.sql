-- purpose: a fund fact has the currency of its figure, and an amount in yuan exactly where that is yuan
-- at_load: core.fact_fund, core.fact_figure
SELECT
    fund.figure_key,
    fund.currency,
    figure.unit_code
FROM core.fact_fund AS fund
LEFT JOIN core.fact_figure AS figure ON fund.figure_key = figure.figure_key
WHERE
    NOT coalesce(figure.unit_code = fund.currency, FALSE)
    OR fund.amount_cny IS DISTINCT FROM CASE WHEN fund.currency = 'CNY' THEN fund.amount END
    OR fund.amount_low_cny IS DISTINCT FROM CASE WHEN fund.currency = 'CNY' THEN fund.amount_low END
    OR fund.amount_high_cny IS DISTINCT FROM CASE WHEN fund.currency = 'CNY' THEN fund.amount_high END;
