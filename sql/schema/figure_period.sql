-- grain: one printed number of one report version
-- purpose: the parts that dim_period plays for a figure: its own period, that of its report, the end of a plan, the day
--   of a stock, and the period that a change is measured against
-- zh: dim_period 对一个数字的各种作用：其自身时期、报告的时期、计划的期限、存量的日期以及变化所对照的时期。每行：某报
--   告版本的一个所载数字
CREATE OR REPLACE VIEW core.figure_period AS
SELECT
    figure.figure_key,
    figure.report_version_key,
    figure.period_key,
    coalesce(report_period.period_key, -1) AS report_period_key,
    CASE WHEN target.target_kind = 'target' THEN figure.period_key ELSE -1 END AS plan_period_key,
    CASE WHEN period.period_kind = 'as_of' THEN figure.period_key ELSE -1 END AS as_of_period_key,
    CASE
        WHEN figure.role IN ('change', 'change_pct') THEN coalesce(base.period_key, prior_period.period_key, -1)
        ELSE -1
    END AS base_period_key
FROM core.fact_figure AS figure
INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
LEFT JOIN core.dim_period AS report_period ON report.period_code = report_period.period_code
LEFT JOIN core.dim_period AS prior_period ON period.prior_period_code = prior_period.period_code
LEFT JOIN core.fact_target AS target ON figure.figure_key = target.figure_key
LEFT JOIN core.fact_claim AS claim ON figure.figure_key = claim.figure_key
LEFT JOIN core.fact_figure AS base ON claim.base_figure_key = base.figure_key;
