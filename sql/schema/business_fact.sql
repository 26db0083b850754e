-- grain: one fact of one report version
-- purpose: what all kinds of facts have in common, in one form: funds, results, targets and standards, claims. Money of
--   funds is in their own currency. What every kind is about alike, such as region and year, is that of its figure
-- zh: 各类事实的共同内容，统一形式：资金、成果、目标与标准、陈述。资金按其自身货币。地区、年份等各类共有的内容见其数字。
--   每行：某报告版本的一个事实
-- of_many: read through, since keeping the rows of many reports costs more than making them anew
CREATE OR REPLACE VIEW work.business_fact AS
SELECT
    'fund' AS fact_kind,
    '' AS claim_kind,
    f.figure_key,
    f.source_key,
    f.stage_key,
    cast(-1 AS BIGINT) AS beneficiary_key,
    f.flow,
    f.rollup_role,
    f.breakdown_axis,
    f.parent_figure_key,
    f.is_additive_leaf,
    cast(f.amount AS DECIMAL(28, 6)) AS value,
    cast(f.amount_low AS DECIMAL(28, 6)) AS value_low,
    cast(f.amount_high AS DECIMAL(28, 6)) AS value_high,
    f.currency,
    FALSE AS is_previous,
    f.sureness
FROM core.fact_fund AS f
UNION ALL
SELECT
    'result' AS fact_kind,
    '' AS claim_kind,
    r.figure_key,
    cast(-1 AS BIGINT) AS source_key,
    cast(-1 AS BIGINT) AS stage_key,
    r.beneficiary_key,
    r.flow,
    r.rollup_role,
    r.breakdown_axis,
    r.parent_figure_key,
    r.is_additive_leaf,
    r.value,
    r.value_low,
    r.value_high,
    unit.currency,
    FALSE AS is_previous,
    r.sureness
FROM core.fact_result AS r
INNER JOIN core.dim_unit AS unit ON r.unit_key = unit.unit_key
UNION ALL
SELECT
    t.target_kind AS fact_kind,
    '' AS claim_kind,
    t.figure_key,
    t.source_key,
    cast(-1 AS BIGINT) AS stage_key,
    t.beneficiary_key,
    'level' AS flow,
    t.rollup_role,
    t.breakdown_axis,
    t.parent_figure_key,
    FALSE AS is_additive_leaf,
    t.value,
    t.value_low,
    t.value_high,
    unit.currency,
    t.is_previous,
    t.sureness
FROM core.fact_target AS t
INNER JOIN core.dim_unit AS unit ON t.unit_key = unit.unit_key
UNION ALL
SELECT
    'claim' AS fact_kind,
    c.claim_kind,
    c.figure_key,
    c.source_key,
    cast(-1 AS BIGINT) AS stage_key,
    cast(-1 AS BIGINT) AS beneficiary_key,
    'level' AS flow,
    'standalone' AS rollup_role,
    'none' AS breakdown_axis,
    cast(NULL AS BIGINT) AS parent_figure_key,
    FALSE AS is_additive_leaf,
    c.value,
    c.value_low,
    c.value_high,
    -- of the money that the claim speaks about
    subject_unit.currency,
    FALSE AS is_previous,
    c.sureness
FROM core.fact_claim AS c
LEFT JOIN core.fact_figure AS subject ON c.subject_figure_key = subject.figure_key
LEFT JOIN core.dim_unit AS subject_unit ON subject.unit_key = subject_unit.unit_key;
