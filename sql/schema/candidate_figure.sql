-- grain: one fact x calendar year x basis
-- purpose: every fact of a current version that can speak for a region and year, of whatever report and stage; stocks
--   hold in every year they cover. With the basis adjusted, accepted corrections stand in place of what was printed.
--   An item, such as a village, does not speak for its region; nor do rows of activity lists, which
--   selected_activity_sum adds up. Money of other currencies than yuan stays out: nothing is converted
-- zh: 现行版本中可代表某地区某年的每个事实，不论报告和阶段；存量在其所及各年均有效。调整后口径用已接受的更正代替所载
--   数字。村等个别对象不代表其地区；项目清单的行也不代表，由 selected_activity_sum 相加。元以外的货币不计入，因为从不
--   折算。每行：一个事实 × 年度 × 口径
CREATE OR REPLACE VIEW work.candidate_figure AS
WITH dated AS (
    SELECT
        facts.fact_kind,
        facts.figure_key,
        facts.program_key,
        source.source_key,
        facts.measure_key,
        facts.flow,
        facts.rollup_role,
        CASE facts.fact_kind WHEN 'fund' THEN stage.stage_code ELSE '' END AS stage_code,
        CASE WHEN stage.stage_order > 60 THEN 0 ELSE stage.stage_order END AS stage_rank,
        facts.value,
        facts.value_low,
        facts.value_high,
        region.region_code,
        calendar.period_code,
        program.program_code,
        source.source_code,
        measure.measure_code,
        report.report_id,
        report.precedence,
        report.published_on,
        report.content_hash,
        figure.figure_id,
        figure.scope,
        figure.status,
        CASE WHEN facts.period_key = calendar.period_key THEN 0 ELSE 1 END AS period_rank,
        CASE WHEN report.period_code = calendar.period_code THEN 0 ELSE 1 END AS year_rank,
        contradicted.figure_key IS NOT NULL AS is_contradicted,
        CASE WHEN facts.value < 0 AND figure.value > 0 THEN -1 ELSE 1 END AS direction
    FROM work.business_fact AS facts
    INNER JOIN core.dim_report AS report ON facts.report_version_key = report.report_version_key
    INNER JOIN work.sure_figure AS figure ON facts.figure_key = figure.figure_key
    INNER JOIN core.dim_region AS region ON facts.region_key = region.region_key
    INNER JOIN core.dim_program AS program ON facts.program_key = program.program_key
    -- only money has a giver and a stage
    INNER JOIN core.dim_fund_source AS source
        ON CASE facts.fact_kind WHEN 'fund' THEN facts.source_key ELSE -1 END = source.source_key
    INNER JOIN core.dim_flow_stage AS stage ON facts.stage_key = stage.stage_key
    INNER JOIN core.dim_measure AS measure ON facts.measure_key = measure.measure_key
    INNER JOIN core.dim_period AS period ON facts.period_key = period.period_key
    INNER JOIN core.dim_period AS calendar
        ON
            calendar.period_kind = 'calendar_year'
            AND (
                facts.period_key = calendar.period_key
                OR (
                    measure.aggregation = 'last'
                    AND period.start_date <= calendar.end_date
                    AND period.end_date >= calendar.end_date
                )
            )
    LEFT JOIN work.contradicted_figure AS contradicted ON facts.figure_key = contradicted.figure_key
    WHERE
        report.is_current
        AND facts.fact_kind <> 'claim'
        AND NOT facts.is_previous
        AND coalesce(facts.currency, 'CNY') = 'CNY'
        AND facts.region_key <> -1
        AND figure.item = ''
        AND report.series <> 'activity_list'
),

bases AS (
    SELECT 'as_reported' AS basis
    UNION ALL
    SELECT 'adjusted' AS basis
)

SELECT
    dated.*,
    bases.basis,
    CASE
        WHEN bases.basis = 'as_reported' OR correction.figure_key IS NULL THEN dated.value
        ELSE dated.direction * correction.proposed_value
    END AS based_value,
    CASE
        WHEN bases.basis = 'as_reported' OR correction.figure_key IS NULL THEN dated.value_low
        WHEN dated.direction = -1 THEN -correction.proposed_high
        ELSE correction.proposed_low
    END AS based_low,
    CASE
        WHEN bases.basis = 'as_reported' OR correction.figure_key IS NULL THEN dated.value_high
        WHEN dated.direction = -1 THEN -correction.proposed_low
        ELSE correction.proposed_high
    END AS based_high,
    CASE
        WHEN dated.status = 'ok' AND NOT dated.is_contradicted THEN 0
        WHEN bases.basis = 'adjusted' AND correction.figure_key IS NOT NULL THEN 0
        ELSE 1
    END AS is_disputed
FROM dated
LEFT JOIN work.adjusted_year AS adjusted
    ON dated.region_code = adjusted.region_code AND dated.period_code = adjusted.period_code
LEFT JOIN work.accepted_correction AS correction ON dated.figure_key = correction.figure_key
INNER JOIN bases ON bases.basis = 'as_reported' OR adjusted.region_code IS NOT NULL
WHERE dated.status <> 'quarantined' OR (bases.basis = 'adjusted' AND correction.figure_key IS NOT NULL);
