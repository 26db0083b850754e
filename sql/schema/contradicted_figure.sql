-- grain: one figure
-- purpose: figures that a report of equal rank contradicts, so that neither can be relied on. Reports whose bounds for
--   one thing meet agree, and need no precedence. Where they do not, the declared precedence decides, then the date of
--   publication, then which report is of the very period; a report without a date may be the latest. Figures of one
--   thing_key contradict each other
-- zh: 与同等次序的报告相矛盾、因而双方都不可靠的数字。范围相交的报告视为一致，无须比较次序；不相交时依次看声明的次序、
--   发布日期、哪份报告正是关于该时期；没有日期的报告可能是最新的。同一 thing_key 的数字互相矛盾。每行：一个数字
CREATE OR REPLACE VIEW work.contradicted_figure AS
-- what only one report speaks of cannot be contradicted
WITH shared AS (
    SELECT
        figure.region_key,
        figure.period_key,
        figure.measure_key
    FROM core.fact_figure AS figure
    INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
    WHERE report.is_current
    GROUP BY figure.region_key, figure.period_key, figure.measure_key
    HAVING min(figure.report_version_key) < max(figure.report_version_key)
),

told AS (
    SELECT
        facts.fact_kind,
        facts.claim_kind,
        facts.flow,
        facts.value_low,
        facts.value_high,
        figure.* EXCLUDE (value, region_group),
        report.precedence,
        report.published_on,
        coalesce(figure.region_group, '') AS region_group,
        -- the part of an unknown giver is not the whole
        CASE WHEN figure.source_key = -1 AND facts.rollup_role = 'component' THEN 1 ELSE 0 END AS is_open_part,
        CASE WHEN report.period_code = period.period_code THEN 0 ELSE 1 END AS is_of_other_year
    FROM work.business_fact AS facts
    INNER JOIN work.sure_figure AS figure ON facts.figure_key = figure.figure_key
    INNER JOIN shared
        ON
            figure.region_key = shared.region_key
            AND figure.period_key = shared.period_key
            AND figure.measure_key = shared.measure_key
    INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
    INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
    WHERE
        report.is_current
        AND report.series <> 'activity_list'
        AND NOT facts.is_previous
        AND figure.item = ''
        AND figure.status <> 'quarantined'
        AND figure.region_key <> -1
        AND figure.measure_key <> -1
),

things AS (
    SELECT
        figure_key,
        report_version_key,
        published_on,
        value_low,
        value_high,
        min(figure_key) OVER thing AS thing_key,
        max(published_on) OVER thing AS latest_on
    FROM told
    WINDOW thing AS (
        PARTITION BY
            fact_kind, claim_kind, flow, is_open_part, region_key, period_key, program_key, source_key, stage_key,
            measure_key, beneficiary_key, unit_key, scope, region_group, precedence, is_of_other_year
    )
),

latest AS (
    SELECT * FROM things
    WHERE published_on IS NULL OR published_on = latest_on
),

-- what each report leaves open
bounded AS (
    SELECT
        thing_key,
        min(value_low) AS report_low,
        max(value_high) AS report_high
    FROM latest
    GROUP BY thing_key, report_version_key
),

apart AS (
    SELECT thing_key
    FROM bounded
    GROUP BY thing_key
    HAVING count(*) > 1 AND max(report_low) > min(report_high)
)

SELECT
    latest.figure_key,
    latest.report_version_key,
    latest.thing_key
FROM latest
INNER JOIN apart ON latest.thing_key = apart.thing_key;
