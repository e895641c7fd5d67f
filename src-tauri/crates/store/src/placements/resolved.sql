SELECT p.id, p.position, p.picture,
       coalesce(p.caption, nullif(own.caption, ''), found.caption, '')  AS caption,
       coalesce(p.credit_line, library.credit_line, '')                 AS credit_line,
       coalesce(p.alt, nullif(own.alt, ''), found.alt, '')              AS alt
FROM placements p
LEFT JOIN pictures library    ON library.hash = p.picture
LEFT JOIN picture_words own   ON own.picture = p.picture AND own.language = ?2
LEFT JOIN picture_words found ON found.picture = p.picture AND found.language = ''
WHERE p.article = ?1
ORDER BY CASE p.position WHEN 'lead' THEN 0 WHEN 'in_text' THEN 1 ELSE 2 END, p.ordinal, p.id
