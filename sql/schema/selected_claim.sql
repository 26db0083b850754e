-- grain: region x calendar year x basis x claim kind x program x fund source x measure
-- purpose: the one printed claim that speaks for growth, share or distance, of current versions by precedence; with
--   the basis adjusted, accepted corrections stand in place of what was printed. What is said of money in other
--   currencies than yuan stays out, as that money does
-- zh: 代表增长率、占比或差距的唯一陈述，取自现行版本并按次序；调整后口径用已接受的更正代替所载数字。元以外货币的陈述
--   不计入，与其资金相同。每行：地区 × 年度 × 口径 × 陈述种类 × 项目 × 资金来源 × 指标
CREATE OR REPLACE VIEW work.selected_claim AS
WITH dated AS (
    SELECT
        region.region_code,
        period.period_code,
        claim.claim_kind,
        claim.program_key,
        claim.source_key,
        claim.measure_key,
        program.program_code,
        source.source_code,
        measure.measure_code,
        claim.value,
        claim.value_low,
        claim.value_high,
        claim.figure_key,
        claim.subject_figure_key,
        report.report_id,
        report.precedence,
        report.published_on,
        report.content_hash,
        figure.figure_id,
        figure.status,
        CASE WHEN report.period_code = period.period_code THEN 0 ELSE 1 END AS year_rank,
        contradicted.figure_key IS NOT NULL AS is_contradicted
    FROM core.fact_claim AS claim
    INNER JOIN core.dim_report AS report ON claim.report_version_key = report.report_version_key
    INNER JOIN work.sure_figure AS figure ON claim.figure_key = figure.figure_key
    INNER JOIN core.dim_region AS region ON claim.region_key = region.region_key
    INNER JOIN core.dim_period AS period ON claim.period_key = period.period_key
    INNER JOIN core.dim_program AS program ON claim.program_key = program.program_key
    INNER JOIN core.dim_fund_source AS source ON claim.source_key = source.source_key
    INNER JOIN core.dim_measure AS measure ON claim.measure_key = measure.measure_key
    LEFT JOIN work.contradicted_figure AS contradicted ON claim.figure_key = contradicted.figure_key
    LEFT JOIN core.fact_figure AS subject ON claim.subject_figure_key = subject.figure_key
    LEFT JOIN core.dim_unit AS subject_unit ON subject.unit_key = subject_unit.unit_key
    WHERE
        report.is_current
        AND period.period_kind = 'calendar_year'
        AND claim.region_key <> -1
        AND figure.item = ''
        AND coalesce(subject_unit.currency, 'CNY') = 'CNY'
),

bases AS (
    SELECT 'as_reported' AS basis
    UNION ALL
    SELECT 'adjusted' AS basis
),

based AS (
    SELECT
        dated.*,
        bases.basis,
        CASE
            WHEN bases.basis = 'as_reported' OR correction.figure_key IS NULL THEN dated.value
            ELSE correction.proposed_value
        END AS based_value,
        CASE
            WHEN bases.basis = 'as_reported' OR correction.figure_key IS NULL THEN dated.value_low
            ELSE correction.proposed_low
        END AS based_low,
        CASE
            WHEN bases.basis = 'as_reported' OR correction.figure_key IS NULL THEN dated.value_high
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
    WHERE dated.status <> 'quarantined' OR (bases.basis = 'adjusted' AND correction.figure_key IS NOT NULL)
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, period_code, basis, claim_kind, program_code, source_key, measure_key
            ORDER BY precedence ASC, published_on DESC, year_rank ASC, content_hash ASC, figure_id ASC
        ) AS choice
    FROM based
)

SELECT
    region_code,
    period_code,
    basis,
    claim_kind,
    program_code,
    source_code,
    measure_code,
    cast(based_value AS DECIMAL(28, 6)) AS value,
    cast(based_low AS DECIMAL(28, 6)) AS value_low,
    cast(based_high AS DECIMAL(28, 6)) AS value_high,
    figure_key,
    subject_figure_key,
    is_disputed
FROM ranked
WHERE choice = 1;
