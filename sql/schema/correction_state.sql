-- grain: one row
-- purpose: fingerprint of the corrections files that the indicators stand on
-- zh: 各指标所依据的更正文件的指纹。共一行
CREATE TABLE IF NOT EXISTS quality.correction_state (
    correction_fingerprint VARCHAR NOT NULL
);
