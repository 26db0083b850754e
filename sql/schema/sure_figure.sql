-- grain: one printed number of one report version
-- purpose: figures of which neither program, source, region nor period is assumed. Indicators and totals take facts
--   only together with their figure from here, so that nothing assumed enters any of them
-- zh: 项目、来源、地区和时期均非推定的数字。指标和合计只采用其数字在此的事实，因此没有任何推定内容进入。每行：某报告
--   版本的一个所载数字
-- of_many: read through, since keeping the rows of many reports costs more than making them anew
CREATE OR REPLACE VIEW work.sure_figure AS
SELECT
    figure_key,
    report_version_key,
    figure_id,
    value,
    unit_code,
    status,
    scope,
    item,
    region_group,
    unit_key,
    region_key,
    period_key,
    program_key,
    source_key,
    stage_key,
    measure_key,
    beneficiary_key
FROM core.fact_figure
WHERE sureness <> 'assumed';
