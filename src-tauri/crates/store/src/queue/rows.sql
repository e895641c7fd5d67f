WITH words AS (
    SELECT p.article, p.picture,
           coalesce(p.caption, nullif(own.caption, ''), found.caption, '')  AS caption,
           coalesce(p.credit_line, library.credit_line, '')                 AS credit_line,
           coalesce(p.alt, nullif(own.alt, ''), found.alt, '')              AS alt
    FROM placements p
    JOIN articles a               ON a.id = p.article
    LEFT JOIN pictures library    ON library.hash = p.picture
    LEFT JOIN picture_words own   ON own.picture = p.picture AND own.language = a.language
    LEFT JOIN picture_words found ON found.picture = p.picture AND found.language = ''
)
SELECT a.id, a.headline, a.language, a.source_paper, a.stage, people.name AS person, a.saved_at,
       (SELECT count(*) FROM words WHERE words.article = a.id)                                     AS pictures,
       (SELECT count(*) FROM words WHERE words.article = a.id AND words.picture IS NULL)           AS pictures_wanted,
       (SELECT count(*) FROM words WHERE words.article = a.id AND words.picture IS NOT NULL
            AND (words.caption = '' OR words.credit_line = '' OR words.alt = ''))                  AS words_missing,
       EXISTS (SELECT 1 FROM publications WHERE article = a.id AND standing = 'live')              AS live,
       EXISTS (SELECT 1 FROM publications WHERE article = a.id AND standing = 'live' AND corrections > 0) AS corrected,
       EXISTS (SELECT 1 FROM articles e JOIN decisions d ON d.article = e.id
            WHERE e.story = a.story AND d.act = 'kill')                                            AS killed,
       (SELECT standing FROM publications WHERE article = a.id AND standing <> 'live'
            ORDER BY stands_since DESC LIMIT 1)                                                    AS away,
       EXISTS (SELECT 1 FROM outbox WHERE article = a.id AND state NOT IN ('confirmed', 'cancelled')) AS queued,
       EXISTS (SELECT 1 FROM outbox WHERE article = a.id AND (state IN ('refused', 'needs_password', 'asks_again')
            OR obstacle <> '' AND state NOT IN ('confirmed', 'cancelled')))
           OR EXISTS (SELECT 1 FROM publications WHERE article = a.id AND readable)                AS failed,
       (SELECT min(not_before) FROM outbox WHERE article = a.id AND state NOT IN ('confirmed', 'cancelled')) AS goes_out,
       coalesce((SELECT zone FROM outbox WHERE article = a.id AND state NOT IN ('confirmed', 'cancelled')
            AND not_before IS NOT NULL ORDER BY not_before LIMIT 1), '')                           AS zone
FROM articles a
JOIN people ON people.id = a.begun_by
WHERE a.headline LIKE ?1 ESCAPE '\' OR a.standfirst LIKE ?1 ESCAPE '\' OR a.source_paper LIKE ?1 ESCAPE '\'
   OR a.slugline LIKE ?1 ESCAPE '\'
ORDER BY a.saved_at DESC, a.id
LIMIT ?2
