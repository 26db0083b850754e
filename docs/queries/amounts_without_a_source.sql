-- question: For which amounts does a report not say who pays?
-- question_zh: 报告未说明哪些金额由谁出资？
-- columns: report_id, section, program, printed_text, amount, currency; why: the reason, empty where nothing is said;
--   sentence. A total whose parts name their givers is none of them
-- units: as the column currency says
SELECT
    fact.report_id,
    figure.section,
    fact.program_name_en AS program,
    fact.printed_text,
    fact.value AS amount,
    fact.unit_code AS currency,
    figure.source_text AS why,
    fact.sentence
FROM out.fact_all AS fact
INNER JOIN core.fact_figure AS figure ON fact.figure_key = figure.figure_key
WHERE fact.fact_kind = 'fund' AND fact.flow = 'level' AND fact.source_code = 'unknown' AND fact.fund_class = 'unknown'
ORDER BY fact.report_id, figure.figure_id;
