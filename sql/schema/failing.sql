-- grain: one failing check of a current version, or one report whose newest content was not loaded
-- purpose: what does not hold now, with the sentence or cell to look at; the record of failures follows it
-- zh: 当前不成立的内容，附应查看的句子或单元格；问题记录以此为准。每行：现行版本一项未通过的检查，或最新内容未载入的
--   一份报告
CREATE OR REPLACE VIEW quality.failing AS
WITH numbered AS (
    SELECT
        c.*,
        row_number() OVER (PARTITION BY c.report_version_key, c.identity ORDER BY c.check_id ASC) AS identity_no
    FROM core.fact_check AS c
),

newest AS (
    SELECT
        q.report_id,
        q.cause,
        q.quarantined_at,
        row_number() OVER (
            PARTITION BY q.report_id ORDER BY q.quarantined_at DESC, q.content_hash ASC
        ) AS newest_first
    FROM quality.quarantine AS q
)

SELECT
    r.report_id,
    n.identity,
    n.identity_no,
    n.severity,
    n.verdict,
    d.rule_code,
    n.root_cause,
    n.message,
    n.suggestion,
    n.said,
    n.formula,
    n.check_key,
    n.check_id,
    CASE WHEN len(n.suspect_figure_keys) > 0 THEN coalesce(f.printed_text, '') ELSE '' END AS suspect_text,
    coalesce(f.sheet || ' ' || f.cell, f.section, '') AS place,
    coalesce(f.sentence, '') AS sentence
FROM numbered AS n
INNER JOIN core.dim_report AS r ON n.report_version_key = r.report_version_key
INNER JOIN core.dim_rule AS d ON n.rule_key = d.rule_key
LEFT JOIN core.fact_figure AS f
    ON coalesce(n.suspect_figure_keys[1], n.operand_figure_keys[1]) = f.figure_key
WHERE r.is_current AND n.assumption = '' AND n.verdict IN ('fails', 'fails_if_nested', 'suspect')
UNION ALL
SELECT
    n.report_id,
    'not loaded' AS identity,
    1 AS identity_no,
    'critical' AS severity,
    'not loaded' AS verdict,
    'not loaded' AS rule_code,
    cast(NULL AS VARCHAR) AS root_cause,
    n.cause AS message,
    'Repair the file and put it into raw/ again; an edited file is tried again.' AS suggestion,
    '{"message":[["not_loaded",{"cause":' || to_json(n.cause) || '}]],"suggestion":[["not_loaded.advice",{}]]}' AS said,
    '' AS formula,
    cast(NULL AS BIGINT) AS check_key,
    0 AS check_id,
    '' AS suspect_text,
    '' AS place,
    '' AS sentence
FROM newest AS n
LEFT JOIN core.dim_report AS r ON n.report_id = r.report_id AND r.is_current AND n.quarantined_at < r.ingested_at
WHERE n.newest_first = 1 AND r.report_id IS NULL;
