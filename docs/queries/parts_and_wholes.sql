-- question: Where a report splits a total, how far are its parts from the whole?
-- question_zh: 报告分列总数时，各部分与总数相差多少？
-- columns: report_id, whole: as printed; part_count, parts_sum, whole_value, difference; is_within_rounding: whether
--   the bounds of the parts together meet those of the whole. Parts in other units than the whole are left out with it
-- units: as the column unit says
SELECT
    report.report_id,
    whole.printed_text AS whole,
    count(*) AS part_count,
    sum(part.value) AS parts_sum,
    whole.value AS whole_value,
    sum(part.value) - whole.value AS difference,
    whole.unit_code AS unit,
    sum(part.value_low) <= whole.value_high AND sum(part.value_high) >= whole.value_low AS is_within_rounding
FROM core.bridge_composition AS composition
INNER JOIN core.dim_report AS report ON composition.report_version_key = report.report_version_key
INNER JOIN core.fact_figure AS whole ON composition.parent_figure_key = whole.figure_key
INNER JOIN core.fact_figure AS part ON composition.child_figure_key = part.figure_key
WHERE report.is_current AND composition.is_exhaustive
GROUP BY
    report.report_id,
    composition.axis,
    whole.figure_key,
    whole.printed_text,
    whole.value,
    whole.value_low,
    whole.value_high,
    whole.unit_code
HAVING min(part.unit_code) = whole.unit_code AND max(part.unit_code) = whole.unit_code
ORDER BY is_within_rounding, report.report_id, whole.figure_key, composition.axis;
