-- grain: one printed number of a current report version
-- purpose: the figures that count now, with the codes of what each is about in place of keys
-- zh: 现行有效的数字，以代码代替键说明各自的内容。每行：现行报告版本的一个所载数字
CREATE OR REPLACE VIEW core.current_figure AS
SELECT
    report.report_id,
    report.version_no,
    figure.figure_id,
    figure.region_code,
    figure.region_name_en,
    figure.region_name_zh,
    figure.period_code,
    figure.program_code,
    figure.source_code,
    figure.stage_code,
    figure.measure_code,
    figure.beneficiary_code,
    figure.role,
    figure.qualifier,
    figure.value,
    figure.value_low,
    figure.value_high,
    figure.unit_code,
    figure.status,
    figure.printed_text,
    figure.sentence,
    figure.figure_key,
    figure.report_version_key
FROM work.coded_figure AS figure
INNER JOIN core.dim_report AS report ON figure.report_version_key = report.report_version_key
WHERE report.is_current;
