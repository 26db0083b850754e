-- grain: region x calendar year x basis
-- unit: %
-- formula: mean of three shares: figures that are not disputed, checks within a report that hold,
--   figures whose measure, region and period are known and not assumed (of two where no check could be made)
-- purpose: how far reports can be relied on
WITH counted_figures AS (
    SELECT
        report.region_code,
        report.period_code,
        count(*) AS figure_count,
        cast(sum(CASE WHEN figure.status = 'ok' THEN 1 ELSE 0 END) AS BIGINT) AS sound_count,
        cast(
            sum(
                CASE
                    WHEN
                        measure.measure_code <> 'unknown'
                        -- a figure may speak of another region than its report
                        AND figure.region_key <> -1
                        AND figure_period.period_code <> 'unknown'
                        AND figure.region_how <> 'assumed'
                        AND figure.period_how <> 'assumed'
                        THEN 1
                    ELSE 0
                END
            ) AS BIGINT
        ) AS known_count
    FROM core.dim_report AS report
    INNER JOIN core.dim_period AS period ON report.period_code = period.period_code
    INNER JOIN core.fact_figure AS figure ON report.report_version_key = figure.report_version_key
    INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key
    INNER JOIN core.dim_period AS figure_period ON figure.period_key = figure_period.period_key
    WHERE report.is_current AND period.period_kind = 'calendar_year' AND report.region_code <> 'unknown'
    GROUP BY report.region_code, report.period_code
),

counted_checks AS (
    SELECT
        report.region_code,
        report.period_code,
        count(*) AS check_count,
        cast(
            sum(CASE WHEN c.verdict IN ('holds', 'holds_within_rounding') THEN 1 ELSE 0 END) AS BIGINT
        ) AS holding_count
    FROM core.dim_report AS report
    INNER JOIN core.fact_check AS c ON report.report_version_key = c.report_version_key
    INNER JOIN core.dim_rule AS rule ON c.rule_key = rule.rule_key
    WHERE
        report.is_current
        AND c.assumption = ''
        AND c.verdict NOT IN ('not_testable', 'not_comparable')
        -- what a report says beside others changes with the others
        AND rule.rule_code NOT LIKE 'cross%'
    GROUP BY report.region_code, report.period_code
),

shares AS (
    SELECT
        f.region_code,
        f.period_code,
        f.figure_count - f.sound_count AS disputed_count,
        cast(100.0 * f.sound_count / nullif(f.figure_count, 0) AS DECIMAL(28, 6)) AS undisputed_pct,
        cast(100.0 * c.holding_count / nullif(c.check_count, 0) AS DECIMAL(28, 6)) AS holding_pct,
        cast(100.0 * f.known_count / nullif(f.figure_count, 0) AS DECIMAL(28, 6)) AS meaningful_pct
    FROM counted_figures AS f
    LEFT JOIN counted_checks AS c ON f.region_code = c.region_code AND f.period_code = c.period_code
),

summed AS (
    SELECT
        shares.*,
        shares.undisputed_pct + coalesce(shares.holding_pct, 0) + shares.meaningful_pct AS share_sum,
        cast(CASE WHEN shares.holding_pct IS NULL THEN 2 ELSE 3 END AS DECIMAL(28, 6)) AS share_count
    FROM shares
)

SELECT
    summed.region_code,
    summed.period_code,
    '%' AS unit,
    cast(summed.share_sum / nullif(summed.share_count, 0) AS DECIMAL(28, 6)) AS value,
    cast(summed.share_sum / nullif(summed.share_count, 0) AS DECIMAL(28, 6)) AS value_low,
    cast(summed.share_sum / nullif(summed.share_count, 0) AS DECIMAL(28, 6)) AS value_high,
    cast(summed.share_sum AS DECIMAL(28, 6)) AS numerator,
    summed.share_count AS denominator,
    summed.disputed_count,
    cast(NULL AS BIGINT) AS numerator_figure_key,
    cast(NULL AS BIGINT) AS denominator_figure_key,
    'as_reported' AS basis,
    cast(NULL AS VARCHAR) AS reason,
    summed.undisputed_pct,
    summed.holding_pct,
    summed.meaningful_pct
FROM summed;
