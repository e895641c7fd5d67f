-- ?1: an article. What holds for any edition of its story holds for it.
WITH of_story AS (SELECT id, embargo, stage FROM articles WHERE story = (SELECT story FROM articles WHERE id = ?1))
SELECT embargo FROM of_story WHERE embargo <> '' AND stage <> 'spiked'
UNION ALL
SELECT outbox.embargo FROM outbox JOIN articles ON articles.id = outbox.article
WHERE outbox.embargo <> '' AND outbox.state <> 'cancelled'
  AND articles.story = (SELECT story FROM articles WHERE id = ?1)
