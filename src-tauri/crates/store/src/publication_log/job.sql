SELECT o.id AS job, o.act, o.article, o.portal, o.decision, o.revision, o.payload_hash, o.attempts, o.sent_at,
       coalesce(o.receipt, 'null')     AS answer,
       d.made_by, d.made_at, d.reason,
       p.name                          AS person_name,
       coalesce(live.differences, '[]') AS differences
FROM outbox o
JOIN decisions d ON d.id = o.decision
JOIN people p ON p.id = d.made_by
LEFT JOIN publications live ON live.article = o.article AND live.portal = o.portal
WHERE o.id = ?1
