SELECT a.id, a.headline, a.language,
       coalesce((SELECT max(made_at) FROM decisions WHERE article = a.id AND act = ?2), a.saved_at) AS since,
       EXISTS (SELECT 1 FROM publications WHERE article = a.id)
           OR EXISTS (SELECT 1 FROM outbox WHERE article = a.id)                                    AS was_out
FROM articles a
WHERE a.stage = ?1
ORDER BY since, a.id
