SELECT whole.id, (SELECT count(*) FROM revisions needing WHERE needing.article = ?1 AND needing.base = whole.id)
FROM revisions whole
WHERE whole.article = ?1 AND whole.base IS NULL
ORDER BY whole.made_at DESC, whole.rowid DESC
LIMIT 1
