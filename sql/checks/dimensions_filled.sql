-- purpose: no dimension is empty or lacks its unknown member
SELECT 'dim_region' AS dimension
FROM core.dim_region
HAVING count(*) < 2 OR sum(CASE WHEN region_key = -1 THEN 1 ELSE 0 END) <> 1
UNION ALL
SELECT 'dim_program' AS dimension
FROM core.dim_program
HAVING count(*) < 2 OR sum(CASE WHEN program_key = -1 THEN 1 ELSE 0 END) <> 1
UNION ALL
SELECT 'dim_fund_source' AS dimension
FROM core.dim_fund_source
HAVING count(*) < 2 OR sum(CASE WHEN source_key = -1 THEN 1 ELSE 0 END) <> 1
UNION ALL
SELECT 'dim_flow_stage' AS dimension
FROM core.dim_flow_stage
HAVING count(*) < 2 OR sum(CASE WHEN stage_key = -1 THEN 1 ELSE 0 END) <> 1
UNION ALL
SELECT 'dim_measure' AS dimension
FROM core.dim_measure
HAVING count(*) < 2 OR sum(CASE WHEN measure_key = -1 THEN 1 ELSE 0 END) <> 1
UNION ALL
SELECT 'dim_beneficiary' AS dimension
FROM core.dim_beneficiary
HAVING count(*) < 2 OR sum(CASE WHEN beneficiary_key = -1 THEN 1 ELSE 0 END) <> 1
UNION ALL
SELECT 'dim_unit' AS dimension
FROM core.dim_unit
HAVING count(*) < 2 OR sum(CASE WHEN unit_key = -1 THEN 1 ELSE 0 END) <> 1
UNION ALL
SELECT 'dim_rule' AS dimension
FROM core.dim_rule
HAVING count(*) < 1;
