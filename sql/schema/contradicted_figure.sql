-- grain: one figure
-- purpose: figures that a report of equal rank contradicts, so that neither can be relied on. Reports whose bounds for
--   one thing meet agree, and need no precedence. Where they do not, the declared precedence decides, then the date of
--   publication, then which report is of the very period; a report without a date may be the latest. Figures of one
--   thing_key contradict each other
-- zh: 与同等次序的报告相矛盾、因而双方都不可靠的数字。范围相交的报告视为一致，无须比较次序；不相交时依次看声明的次序、
--   发布日期、哪份报告正是关于该时期；没有日期的报告可能是最新的。同一 thing_key 的数字互相矛盾。每行：一个数字
CREATE OR REPLACE VIEW work.contradicted_figure AS
WITH facts AS (
    SELECT
        'fund' AS fact_kind,
        figure_key,
        flow,
        rollup_role,
        cast(amount_low AS DECIMAL(28, 6)) AS value_low,
        cast(amount_high AS DECIMAL(28, 6)) AS value_high
    FROM core.fact_fund
    UNION ALL
    SELECT
        'result' AS fact_kind,
        figure_key,
        flow,
        rollup_role,
        value_low,
        value_high
    FROM core.fact_result
    UNION ALL
    SELECT
        target_kind AS fact_kind,
        figure_key,
        'level' AS flow,
        rollup_role,
        value_low,
        value_high
    FROM core.fact_target
    WHERE NOT is_previous
    UNION ALL
    SELECT
        claim_kind AS fact_kind,
        figure_key,
        'level' AS flow,
        'standalone' AS rollup_role,
        value_low,
        value_high
    FROM core.fact_claim
),

told AS (
    SELECT
        facts.fact_kind,
        facts.flow,
        facts.figure_key,
        facts.value_low,
        facts.value_high,
        figure.report_version_key,
        figure.region_key,
        figure.period_key,
        figure.program_key,
        figure.source_key,
        figure.stage_key,
        figure.measure_key,
        figure.beneficiary_key,
        figure.unit_key,
        figure.scope,
        report.precedence,
        report.published_on,
        coalesce(figure.region_group, '') AS region_group,
        -- the part of an unknown giver is not the whole
        CASE WHEN figure.source_key = -1 AND facts.rollup_role = 'component' THEN 1 ELSE 0 END AS is_open_part,
        CASE WHEN report.period_code = period.period_code THEN 0 ELSE 1 END AS is_of_other_year
    FROM facts
    INNER JOIN work.sure_figure AS figure ON facts.figure_key = figure.figure_key
    INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
    INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
    WHERE
        report.is_current
        AND report.series <> 'activity_list'
        AND figure.item = ''
        AND figure.status <> 'quarantined'
        AND figure.region_key <> -1
        AND figure.measure_key <> -1
),

things AS (
    SELECT
        fact_kind,
        flow,
        is_open_part,
        region_key,
        period_key,
        program_key,
        source_key,
        stage_key,
        measure_key,
        beneficiary_key,
        unit_key,
        scope,
        region_group,
        precedence,
        is_of_other_year,
        min(figure_key) AS thing_key
    FROM told
    GROUP BY
        fact_kind,
        flow,
        is_open_part,
        region_key,
        period_key,
        program_key,
        source_key,
        stage_key,
        measure_key,
        beneficiary_key,
        unit_key,
        scope,
        region_group,
        precedence,
        is_of_other_year
    HAVING min(report_version_key) < max(report_version_key)
),

contested AS (
    SELECT
        told.figure_key,
        told.report_version_key,
        told.published_on,
        things.thing_key,
        min(told.value_low) OVER (PARTITION BY things.thing_key, told.report_version_key) AS report_low,
        max(told.value_high) OVER (PARTITION BY things.thing_key, told.report_version_key) AS report_high,
        max(told.published_on) OVER (PARTITION BY things.thing_key) AS latest_on
    FROM told
    INNER JOIN things
        ON
            told.fact_kind = things.fact_kind
            AND told.flow = things.flow
            AND told.is_open_part = things.is_open_part
            AND told.region_key = things.region_key
            AND told.period_key = things.period_key
            AND told.program_key = things.program_key
            AND told.source_key = things.source_key
            AND told.stage_key = things.stage_key
            AND told.measure_key = things.measure_key
            AND told.beneficiary_key = things.beneficiary_key
            AND told.unit_key = things.unit_key
            AND told.scope = things.scope
            AND told.region_group = things.region_group
            AND told.precedence = things.precedence
            AND told.is_of_other_year = things.is_of_other_year
),

judged AS (
    SELECT
        figure_key,
        report_version_key,
        thing_key,
        max(report_low) OVER (PARTITION BY thing_key) AS highest_low,
        min(report_high) OVER (PARTITION BY thing_key) AS lowest_high
    FROM contested
    WHERE published_on IS NULL OR published_on = latest_on
)

SELECT
    figure_key,
    report_version_key,
    thing_key
FROM judged
WHERE highest_low > lowest_high;
