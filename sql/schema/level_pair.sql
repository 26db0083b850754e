-- grain: region x calendar year x basis x member
-- purpose: what a region reached in a year beside what it had reached in the year before: every measure that is a
--   result or a standard, the total of funds, and the printed share of poor people (poverty_incidence). A row is
--   adjusted where either of the two years is. Two years of different programs, scopes or people are no pair (why)
-- zh: 某地区一年所达与上年所达并列：每个成果或标准指标、资金总额和所载贫困发生率（poverty_incidence）。两年中任一年有
--   调整则该行为调整后。两年项目、范围或对象不同则不成对（why）。每行：地区 × 年度 × 口径 × 成员
CREATE OR REPLACE VIEW work.level_pair AS
WITH levels AS (
    SELECT
        region_code,
        period_code,
        basis,
        measure_code AS member_code,
        program_code,
        scope,
        beneficiary_key,
        CASE fact_kind WHEN 'result' THEN 0 ELSE 1 END AS kind_rank,
        value,
        value_low,
        value_high,
        figure_key,
        is_disputed
    FROM work.selected_measure
    WHERE fact_kind IN ('result', 'standard') AND flow = 'level' AND measure_code NOT IN ('unknown', 'funds')
    UNION ALL
    SELECT
        region_code,
        period_code,
        basis,
        'funds' AS member_code,
        program_code,
        scope,
        cast(-1 AS BIGINT) AS beneficiary_key,
        0 AS kind_rank,
        value,
        value_low,
        value_high,
        figure_key,
        is_disputed
    FROM work.selected_program_fund
    WHERE program_code = 'all' AND measure_code = 'funds' AND flow = 'level'
    UNION ALL
    SELECT
        region_code,
        period_code,
        basis,
        'poverty_incidence' AS member_code,
        program_code,
        scope,
        cast(-1 AS BIGINT) AS beneficiary_key,
        0 AS kind_rank,
        value,
        value_low,
        value_high,
        figure_key,
        is_disputed
    FROM work.selected_claim
    WHERE
        claim_kind = 'share_pct'
        AND measure_code = 'poor_population'
        AND program_code = 'all'
        AND source_code = 'unknown'
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code, period_code, basis, member_code ORDER BY kind_rank ASC, figure_key ASC
        ) AS level_choice
    FROM levels
),

level AS (
    SELECT
        ranked.*,
        period.prior_period_code
    FROM ranked
    INNER JOIN core.dim_period AS period ON ranked.period_code = period.period_code
    WHERE ranked.level_choice = 1
),

bases AS (
    SELECT base.*
    FROM (
        VALUES
        ('as_reported', 'as_reported', 'as_reported'),
        ('adjusted', 'adjusted', 'adjusted'),
        ('adjusted', 'adjusted', 'as_reported'),
        ('adjusted', 'as_reported', 'adjusted')
    ) AS base (basis, own_basis, earlier_basis)
),

paired AS (
    SELECT
        level.region_code,
        level.period_code,
        bases.basis,
        level.member_code,
        level.value,
        level.value_low,
        level.value_high,
        level.figure_key,
        level.is_disputed,
        earlier.value AS earlier_value,
        earlier.value_low AS earlier_low,
        earlier.value_high AS earlier_high,
        earlier.figure_key AS earlier_figure_key,
        coalesce(earlier.is_disputed, 0) AS earlier_is_disputed,
        CASE
            WHEN earlier.figure_key IS NULL THEN 'the year before is not reported'
            WHEN
                level.program_code <> earlier.program_code
                OR level.scope <> earlier.scope
                OR (
                    level.beneficiary_key <> -1
                    AND earlier.beneficiary_key <> -1
                    AND level.beneficiary_key <> earlier.beneficiary_key
                )
                THEN 'the two years speak of different programs, people or scopes'
        END AS why,
        row_number() OVER (
            PARTITION BY level.region_code, level.period_code, level.member_code, bases.basis
            ORDER BY
                CASE bases.own_basis WHEN bases.basis THEN 0 ELSE 1 END ASC,
                CASE WHEN earlier.figure_key IS NULL THEN 1 ELSE 0 END ASC,
                CASE bases.earlier_basis WHEN bases.basis THEN 0 ELSE 1 END ASC,
                earlier.figure_key ASC
        ) AS pair_choice
    FROM level
    INNER JOIN bases ON level.basis = bases.own_basis
    LEFT JOIN level AS earlier
        ON
            level.region_code = earlier.region_code
            AND level.member_code = earlier.member_code
            AND level.prior_period_code = earlier.period_code
            AND bases.earlier_basis = earlier.basis
    WHERE bases.own_basis = bases.basis OR earlier.figure_key IS NOT NULL
)

SELECT * EXCLUDE (pair_choice)
FROM paired
WHERE pair_choice = 1;
