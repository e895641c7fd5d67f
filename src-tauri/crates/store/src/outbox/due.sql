SELECT * FROM outbox
WHERE state IN ('ready', 'waiting_time', 'retry_later', 'unknown')
  AND (coalesce(next_at, 0) <= ?1 OR next_at > ?2)
  AND NOT EXISTS (
      SELECT 1 FROM outbox higher
      WHERE higher.article = outbox.article AND higher.portal = outbox.portal AND higher.id <> outbox.id
        AND higher.state NOT IN ('confirmed', 'cancelled')
        AND (higher.act = 'kill' OR higher.act IN ('unpublish', 'takedown') AND outbox.act NOT IN ('unpublish', 'takedown', 'kill')))
ORDER BY act <> 'kill', made_at, rowid
LIMIT ?3
