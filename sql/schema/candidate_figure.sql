-- grain: one fact x calendar year x basis
-- purpose: every fact of a current version that can speak for a region and year, of whatever report and stage; stocks
--   hold in every year they cover. With the basis adjusted, accepted corrections stand in place of what was printed.
--   An item, such as a village, does not speak for its region; nor do rows of activity lists, which
--   selected_activity_sum adds up. Money of other currencies than yuan stays out, and what is said of it: nothing is
--   converted
-- zh: 现行版本中可代表某地区某年的每个事实，不论报告和阶段；存量在其所及各年均有效。调整后口径用已接受的更正代替所载
--   数字。村等个别对象不代表其地区；项目清单的行也不代表，由 selected_activity_sum 相加。元以外的货币及其陈述不计入，因
--   为从不折算。每行：一个事实 × 年度 × 口径
-- of_many: read through, since keeping the rows of many reports costs more than making them anew
CREATE OR REPLACE VIEW work.candidate_figure AS
WITH dated AS (
    SELECT
        facts.fact_kind,
        facts.claim_kind,
        facts.figure_key,
        source.source_key,
        figure.measure_key,
        facts.beneficiary_key,
        facts.flow,
        facts.rollup_role,
        CASE facts.fact_kind WHEN 'fund' THEN stage.stage_code ELSE '' END AS stage_code,
        CASE WHEN stage.stage_order > 60 THEN 0 ELSE stage.stage_order END AS stage_rank,
        facts.value,
        facts.value_low,
        facts.value_high,
        region.region_code,
        held.period_code,
        program.program_code,
        source.source_code,
        measure.measure_code,
        report.speaks_rank,
        report.content_rank,
        figure.figure_id,
        figure.scope,
        figure.status,
        held.period_rank,
        CASE WHEN report.period_code = held.period_code THEN 0 ELSE 1 END AS year_rank,
        contradicted.figure_key IS NOT NULL AS is_contradicted,
        CASE WHEN facts.value < 0 AND figure.value > 0 THEN -1 ELSE 1 END AS direction
    FROM work.business_fact AS facts
    INNER JOIN work.sure_figure AS figure ON facts.figure_key = figure.figure_key
    INNER JOIN work.speaking_report AS report ON figure.report_version_key = report.report_version_key
    INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
    INNER JOIN core.dim_program AS program ON figure.program_key = program.program_key
    -- only money, and what is said of it, has a giver
    INNER JOIN core.dim_fund_source AS source
        ON CASE WHEN facts.fact_kind IN ('fund', 'claim') THEN facts.source_key ELSE -1 END = source.source_key
    INNER JOIN core.dim_flow_stage AS stage ON facts.stage_key = stage.stage_key
    INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key
    INNER JOIN work.held_year AS held ON figure.measure_key = held.measure_key AND figure.period_key = held.period_key
    LEFT JOIN work.contradicted_figure AS contradicted ON facts.figure_key = contradicted.figure_key
    WHERE
        NOT facts.is_previous
        AND coalesce(facts.currency, 'CNY') = 'CNY'
        AND figure.region_key <> -1
        AND figure.item = ''
        AND report.series <> 'activity_list'
),

bases AS (
    SELECT base.* FROM (VALUES ('as_reported'), ('adjusted')) AS base (basis)
),

based AS (
    SELECT
        dated.*,
        bases.basis,
        correction.proposed_value,
        correction.proposed_low,
        correction.proposed_high,
        bases.basis = 'adjusted' AND correction.figure_key IS NOT NULL AS is_corrected
    FROM dated
    LEFT JOIN work.adjusted_year AS adjusted
        ON dated.region_code = adjusted.region_code AND dated.period_code = adjusted.period_code
    LEFT JOIN work.accepted_correction AS correction ON dated.figure_key = correction.figure_key
    INNER JOIN bases ON bases.basis = 'as_reported' OR adjusted.region_code IS NOT NULL
)

SELECT
    based.* EXCLUDE (
        value, value_low, value_high, status, is_contradicted, direction, proposed_value, proposed_low, proposed_high,
        is_corrected
    ),
    cast(CASE WHEN is_corrected THEN direction * proposed_value ELSE value END AS DECIMAL(28, 6)) AS value,
    cast(
        CASE WHEN NOT is_corrected THEN value_low WHEN direction = -1 THEN -proposed_high ELSE proposed_low END
        AS DECIMAL(28, 6)
    ) AS value_low,
    cast(
        CASE WHEN NOT is_corrected THEN value_high WHEN direction = -1 THEN -proposed_low ELSE proposed_high END
        AS DECIMAL(28, 6)
    ) AS value_high,
    CASE WHEN is_corrected OR (status = 'ok' AND NOT is_contradicted) THEN 0 ELSE 1 END AS is_disputed
FROM based
WHERE is_corrected OR status <> 'quarantined';
