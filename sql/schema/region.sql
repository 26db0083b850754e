-- grain: one code of a region or country
-- purpose: where a figure holds, under the newest name that its code has had, to join by code; history is in dim_region
-- zh: 数字适用于何地，用该代码的最新名称，供按代码连接；历史在 dim_region。每行：一个地区或国家代码
CREATE OR REPLACE VIEW core.region AS
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY region_code
            ORDER BY
                is_retired ASC,
                CASE WHEN valid_to_year IS NULL THEN 0 ELSE 1 END ASC,
                valid_from_year DESC,
                region_key ASC
        ) AS newest
    FROM core.dim_region
)

SELECT
    region_code,
    name_en,
    name_zh,
    region_level,
    parent_code,
    iso_3166_2,
    is_retired
FROM ranked
WHERE newest = 1;
