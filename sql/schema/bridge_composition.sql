-- grain: one part of one whole
-- purpose: which parts make up which whole; a partition must sum, a subset must not exceed
-- zh: 哪些部分构成哪个总数；分割必须合计，子集不得超过。每行：一个总数的一个部分
CREATE TABLE IF NOT EXISTS core.bridge_composition (
    report_version_key BIGINT NOT NULL,
    parent_figure_key BIGINT NOT NULL,
    child_figure_key BIGINT NOT NULL,
    axis VARCHAR NOT NULL,
    composition_kind VARCHAR NOT NULL,
    is_exhaustive BOOLEAN NOT NULL
);
