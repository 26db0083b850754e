-- purpose: every member of a hierarchy has its parent, every code its time, and a region continues one that ended;
--   of members that the catalogue has no more nothing is asked
SELECT
    'program' AS dimension,
    member.program_code AS code
FROM core.dim_program AS member
LEFT JOIN core.dim_program AS above ON member.parent_code = above.program_code
WHERE NOT member.is_retired AND member.parent_code IS NOT NULL AND above.program_code IS NULL
UNION ALL
SELECT
    'source' AS dimension,
    member.source_code AS code
FROM core.dim_fund_source AS member
LEFT JOIN core.dim_fund_source AS above ON member.parent_code = above.source_code
WHERE NOT member.is_retired AND member.parent_code IS NOT NULL AND above.source_code IS NULL
UNION ALL
SELECT
    'beneficiary' AS dimension,
    member.beneficiary_code AS code
FROM core.dim_beneficiary AS member
LEFT JOIN core.dim_beneficiary AS above ON member.parent_code = above.beneficiary_code
WHERE NOT member.is_retired AND member.parent_code IS NOT NULL AND above.beneficiary_code IS NULL
UNION ALL
SELECT
    'region' AS dimension,
    member.region_code AS code
FROM core.dim_region AS member
LEFT JOIN core.dim_region AS above ON member.parent_code = above.region_code
WHERE NOT member.is_retired AND member.parent_code IS NOT NULL AND above.region_code IS NULL
UNION ALL
SELECT
    'prior region' AS dimension,
    member.region_code AS code
FROM core.dim_region AS member
LEFT JOIN core.dim_region AS earlier ON member.prior_region_key = earlier.region_key
WHERE
    NOT member.is_retired
    AND member.prior_region_key IS NOT NULL
    AND NOT coalesce(earlier.valid_to_year = member.valid_from_year, FALSE)
UNION ALL
SELECT
    'two regions at a time' AS dimension,
    one.region_code AS code
FROM core.dim_region AS one
INNER JOIN core.dim_region AS other ON one.region_code = other.region_code AND one.region_key <> other.region_key
WHERE
    NOT (one.is_retired OR other.is_retired)
    AND one.valid_from_year <= other.valid_from_year
    AND coalesce(one.valid_to_year > other.valid_from_year, TRUE)
UNION ALL
SELECT
    'two programs at a time' AS dimension,
    one.program_code AS code
FROM core.dim_program AS one
INNER JOIN core.dim_program AS other ON one.program_code = other.program_code AND one.program_key <> other.program_key
WHERE
    NOT (one.is_retired OR other.is_retired)
    AND coalesce(one.valid_from_year, 0) <= coalesce(other.valid_from_year, 0)
    AND coalesce(one.valid_to_year > coalesce(other.valid_from_year, 0), TRUE);
