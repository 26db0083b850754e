-- grain: one figure that a report of equal rank contradicts
-- purpose: what reports say that contradict each other and of which none comes first; figures of one thing_key are
--   about one thing. It ends when somebody says which report counts, with fupin supersede or fupin retract
-- zh: 互相矛盾且无先后之分的报告说法；同一 thing_key 的数字说的是同一事物。用 fupin supersede 或 fupin retract 指定以
--   哪份报告为准后即解除。每行：与同等次序的报告相矛盾的一个数字
CREATE OR REPLACE VIEW quality.contradiction AS
SELECT
    contradicted.thing_key,
    figure.region_code,
    figure.region_name_en,
    figure.region_name_zh,
    figure.period_code,
    figure.program_code,
    figure.source_code,
    figure.stage_code,
    figure.measure_code,
    figure.unit_code,
    figure.value,
    figure.value_low AS low,
    figure.value_high AS high,
    figure.printed_text,
    figure.sentence,
    report.report_id,
    report.published_on,
    figure.figure_key
FROM work.contradicted_figure AS contradicted
INNER JOIN work.coded_figure AS figure ON contradicted.figure_key = figure.figure_key
INNER JOIN core.dim_report AS report ON contradicted.report_version_key = report.report_version_key;
