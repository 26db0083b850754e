-- question: How much money did each region report by year, and is the amount printed or a sum?
-- question_zh: 各地区每年报告的资金共多少，是印出的还是相加的？
-- columns: region, year, stage, fund_class: whose money, when, how far it had flowed; amount with low and high, which
--   rounding leaves open; is_sum: whether it is the sum of complete parts; sentence and report_id: where it stands
-- units: as the column currency says
SELECT
    region_name_en AS region,
    year,
    stage_code AS stage,
    fund_class,
    amount,
    low,
    high,
    currency,
    is_sum,
    report_id,
    sentence
FROM out.funds
WHERE measure_code = 'funds'
ORDER BY region_code ASC, year ASC, stage_code ASC, fund_class ASC, currency ASC;
