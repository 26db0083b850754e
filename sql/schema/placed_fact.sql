-- grain: one fact of a current report version
-- purpose: every fact with codes, year and fund class, and why it cannot stand in a wide table; NULL where it can. A
--   stock stands in the year at whose end it held. Money whose giver is told by its parts only is of their class
-- zh: 带代码、年份和资金类别的每个事实，以及不能进入宽表的原因；能进入则为 NULL。存量归入年末有效的年份。仅由其部分说
--   明出资方的资金归入这些部分的类别。每行：现行报告版本的一个事实
CREATE OR REPLACE VIEW work.placed_fact AS
WITH of_axes AS (
    SELECT
        bridge.parent_figure_key,
        min(giver.fund_class) AS least_class,
        max(giver.fund_class) AS greatest_class
    FROM core.bridge_composition AS bridge
    INNER JOIN core.fact_fund AS whole ON bridge.parent_figure_key = whole.figure_key
    INNER JOIN core.fact_fund AS part ON bridge.child_figure_key = part.figure_key
    INNER JOIN core.dim_fund_source AS source ON part.source_key = source.source_key
    INNER JOIN core.fund_source AS giver ON source.source_code = giver.source_code
    WHERE whole.currency = part.currency
    GROUP BY bridge.parent_figure_key, bridge.axis, whole.amount_low
    -- the parts are all there is: it is said, or they reach the whole
    HAVING
        min(CASE WHEN bridge.composition_kind = 'partition' AND bridge.is_exhaustive THEN 1 ELSE 0 END) = 1
        OR cast(sum(part.amount_high) AS DECIMAL(28, 6)) >= whole.amount_low
),

of_parts AS (
    SELECT
        of_axes.parent_figure_key,
        min(of_axes.least_class) AS least_class,
        max(of_axes.greatest_class) AS greatest_class
    FROM of_axes
    WHERE of_axes.least_class <> 'unknown' AND of_axes.greatest_class <> 'unknown'
    GROUP BY of_axes.parent_figure_key
),

described AS (
    SELECT
        facts.fact_kind,
        facts.figure_key,
        facts.rollup_role,
        facts.breakdown_axis,
        facts.parent_figure_key,
        facts.flow,
        facts.value,
        facts.value_low,
        facts.value_high,
        facts.sureness,
        review.reviewed_by,
        review.reviewed_at,
        figure.figure_id,
        figure.report_version_key,
        figure.unit_code,
        figure.scope,
        figure.item,
        figure.region_group,
        figure.status,
        figure.printed_text,
        figure.sentence,
        report.report_id,
        report.series,
        report.speaks_rank,
        report.content_rank,
        CASE WHEN report.period_code = period.period_code THEN 0 ELSE 1 END AS year_rank,
        region.region_code,
        period.period_code,
        CASE WHEN period.period_kind = 'calendar_year' THEN 0 ELSE 1 END AS period_rank,
        CASE
            WHEN
                period.period_kind = 'calendar_year'
                OR (measure.aggregation = 'last' AND period.period_kind IN ('as_of', 'cumulative'))
                THEN cast(year(period.end_date) AS INTEGER)
        END AS year,
        program.program_code,
        measure.measure_code,
        source.source_code,
        source.is_fiscal AS is_fiscal_giver,
        stage.stage_code,
        beneficiary.beneficiary_code,
        CASE
            WHEN facts.fact_kind <> 'fund' THEN 'none'
            WHEN
                source.source_code = 'unknown'
                AND stage.stage_code NOT IN ('integrated', 'leveraged')
                AND of_parts.least_class = of_parts.greatest_class
                THEN of_parts.least_class
            WHEN stage.stage_code IN ('integrated', 'leveraged') AND named.fund_class IN ('fiscal', 'unknown')
                THEN stage.stage_code
            ELSE named.fund_class
        END AS fund_class
    FROM work.business_fact AS facts
    INNER JOIN core.fact_figure AS figure ON facts.figure_key = figure.figure_key
    INNER JOIN work.speaking_report AS report ON figure.report_version_key = report.report_version_key
    INNER JOIN core.dim_region AS region ON figure.region_key = region.region_key
    INNER JOIN core.dim_period AS period ON figure.period_key = period.period_key
    INNER JOIN core.dim_program AS program ON figure.program_key = program.program_key
    INNER JOIN core.dim_measure AS measure ON figure.measure_key = measure.measure_key
    INNER JOIN core.dim_fund_source AS source ON facts.source_key = source.source_key
    INNER JOIN core.fund_source AS named ON source.source_code = named.source_code
    INNER JOIN core.dim_flow_stage AS stage ON facts.stage_key = stage.stage_key
    INNER JOIN core.dim_beneficiary AS beneficiary ON facts.beneficiary_key = beneficiary.beneficiary_key
    LEFT JOIN core.fact_review AS review ON facts.figure_key = review.figure_key
    LEFT JOIN of_parts ON facts.figure_key = of_parts.parent_figure_key
)

SELECT
    *,
    -- what may be summed or compared: one kind of fact of one region, year, measure, stage and unit
    concat_ws('|', fact_kind, region_code, cast(year AS VARCHAR), measure_code, stage_code, unit_code) AS sum_key,
    CASE
        WHEN fact_kind = 'claim' THEN 'a statement about other figures'
        WHEN fact_kind NOT IN ('fund', 'result') THEN 'a plan, a price or a standard'
        WHEN flow <> 'level' THEN 'a change, and no level'
        WHEN status = 'quarantined' THEN 'quarantined'
        WHEN sureness = 'assumed' THEN 'what it is about is assumed'
        WHEN region_code = 'unknown' THEN 'the region cannot be told'
        WHEN year IS NULL THEN 'the period is no year'
        WHEN measure_code = 'unknown' THEN 'the measure cannot be told'
        WHEN fact_kind = 'fund' AND program_code = 'unknown' THEN 'the program cannot be told'
        WHEN series = 'activity_list' THEN 'one of a list of activities; core.selected_activity_sum adds them up'
        WHEN item <> '' THEN 'an item within its region'
        WHEN program_code = 'all' AND region_group IS NOT NULL THEN 'a group of places within its region'
        WHEN rollup_role = 'component' AND breakdown_axis NOT IN ('source', 'program', 'region')
            THEN 'a part on another axis'
        WHEN
            fact_kind = 'fund' AND rollup_role = 'component' AND breakdown_axis = 'source' AND source_code = 'unknown'
            THEN 'a part whose giver cannot be told'
    END AS why
FROM described;
