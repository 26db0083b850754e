-- question: How much of what was planned was reached?
-- question_zh: 计划完成了多少？
-- columns: region, year, program, measure: what was planned; planned and achieved as the report pairs them; reached_pct;
--   report_id: several reports of one year may tell the same
-- units: planned and achieved in unit, reached_pct in %
SELECT
    plan.region_name_en AS region,
    plan.year,
    plan.program_name_en AS program,
    plan.measure_name_en AS measure,
    plan.value AS planned,
    achieved.value AS achieved,
    plan.unit_code AS unit,
    round(100 * achieved.value / nullif(plan.value, 0), 1) AS reached_pct,
    plan.report_id
FROM core.fact_target AS target
INNER JOIN out.fact_all AS plan ON target.figure_key = plan.figure_key
INNER JOIN out.fact_all AS achieved ON target.actual_figure_key = achieved.figure_key
WHERE plan.unit_code = achieved.unit_code
ORDER BY plan.region_code, plan.year, plan.program_code, plan.report_id, target.figure_key;
