-- purpose: every key of fact_result has its member; a NULL key is a violation
-- at_load: core.fact_result
SELECT
    'region' AS dimension,
    f.figure_key
FROM core.fact_result AS f
LEFT JOIN core.dim_region AS d ON f.region_key = d.region_key
WHERE d.region_key IS NULL
UNION ALL
SELECT
    'period' AS dimension,
    f.figure_key
FROM core.fact_result AS f
LEFT JOIN core.dim_period AS d ON f.period_key = d.period_key
WHERE d.period_key IS NULL
UNION ALL
SELECT
    'program' AS dimension,
    f.figure_key
FROM core.fact_result AS f
LEFT JOIN core.dim_program AS d ON f.program_key = d.program_key
WHERE d.program_key IS NULL
UNION ALL
SELECT
    'measure' AS dimension,
    f.figure_key
FROM core.fact_result AS f
LEFT JOIN core.dim_measure AS d ON f.measure_key = d.measure_key
WHERE d.measure_key IS NULL
UNION ALL
SELECT
    'beneficiary' AS dimension,
    f.figure_key
FROM core.fact_result AS f
LEFT JOIN core.dim_beneficiary AS d ON f.beneficiary_key = d.beneficiary_key
WHERE d.beneficiary_key IS NULL
UNION ALL
SELECT
    'unit' AS dimension,
    f.figure_key
FROM core.fact_result AS f
LEFT JOIN core.dim_unit AS d ON f.unit_key = d.unit_key
WHERE d.unit_key IS NULL
UNION ALL
SELECT
    'report' AS dimension,
    f.figure_key
FROM core.fact_result AS f
LEFT JOIN core.dim_report AS d ON f.report_version_key = d.report_version_key
WHERE d.report_version_key IS NULL;
