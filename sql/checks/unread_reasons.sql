-- purpose: a number that is not read says why, and no other does
-- at_load: core.fact_number
SELECT
    number_key,
    reason,
    why
FROM core.fact_number
WHERE coalesce((reason = 'unread') = (trim(why) = ''), TRUE);
