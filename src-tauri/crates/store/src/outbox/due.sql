SELECT * FROM outbox
WHERE state IN ('ready', 'waiting_time', 'retry_later', 'unknown')
  AND (coalesce(next_at, 0) <= ?1 OR next_at > ?2)
ORDER BY made_at, rowid
LIMIT ?3
