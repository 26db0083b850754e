-- grain: one room that a run went through
-- purpose: how long each step of a run took, and how much went in and came out
-- zh: 运行各步骤的用时、输入量和输出量。每行：一次运行经过的一个步骤
CREATE TABLE IF NOT EXISTS quality.run_room (
    run_id VARCHAR NOT NULL,
    room VARCHAR NOT NULL,
    room_order BIGINT NOT NULL,
    room_seconds DECIMAL(12, 3) NOT NULL,
    rows_in BIGINT NOT NULL,
    rows_out BIGINT NOT NULL
);
