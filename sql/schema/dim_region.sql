-- grain: one region under one code and name (SCD2), or one country
-- purpose: where a figure holds; codes and names of the year
-- zh: 数字适用于何地；当年的代码和名称。每行：一个地区在一个代码和名称下（SCD2），或一个国家
CREATE TABLE IF NOT EXISTS core.dim_region (
    region_key BIGINT PRIMARY KEY,
    region_code VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    region_level VARCHAR NOT NULL,
    parent_code VARCHAR,
    class_zh VARCHAR,
    iso_3166_2 VARCHAR,
    valid_from_year INTEGER,
    valid_to_year INTEGER,
    prior_region_key BIGINT,
    is_retired BOOLEAN NOT NULL
);
