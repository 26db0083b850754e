-- question: How many people, households and villages did each program reach?
-- question_zh: 各项目惠及多少人、户和村？
-- columns: region, year, program, measure, beneficiary, value, unit, report_id. Rows of one region, measure and unit may
--   be summed; group: the places of which alone a report says so, empty where it speaks of the region
-- units: as the column unit says
SELECT
    region_name_en AS region,
    year,
    program_name_en AS program,
    measure_name_en AS measure,
    beneficiary_name_en AS beneficiary,
    value,
    unit_code AS unit,
    region_group AS "group",
    report_id
FROM out.results
WHERE beneficiary_code <> 'unknown'
ORDER BY region_code, year, program_code, measure_code, unit_code;
