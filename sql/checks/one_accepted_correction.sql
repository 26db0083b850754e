-- purpose: a figure has one accepted value at most, and who decided is known
SELECT figure_key
FROM core.correction
WHERE status = 'accepted'
GROUP BY figure_key
HAVING count(*) > 1 OR count(decided_by) < count(*)
UNION ALL
SELECT figure_key
FROM core.correction
WHERE coalesce(status NOT IN ('proposed', 'accepted', 'rejected'), TRUE);
