SELECT r.id, r.content_hash, r.made_at, r.occasion, r.added, r.removed, people.name AS person
FROM revisions r
JOIN people ON people.id = r.made_by
WHERE r.article = ?1
ORDER BY r.rowid DESC
LIMIT ?2
