-- purpose: the log of corrections ends with the values that are accepted now
SELECT
    coalesce(span.figure_key, accepted.figure_key) AS figure_key,
    span.proposed_value AS logged_value,
    accepted.proposed_value AS accepted_value
FROM (SELECT * FROM core.correction_span WHERE valid_to IS NULL) AS span
FULL OUTER JOIN work.accepted_correction AS accepted
    ON
        span.figure_key = accepted.figure_key
        AND span.proposed_value = accepted.proposed_value
        AND span.proposed_low = accepted.proposed_low
        AND span.proposed_high = accepted.proposed_high
WHERE span.figure_key IS NULL OR accepted.figure_key IS NULL;
