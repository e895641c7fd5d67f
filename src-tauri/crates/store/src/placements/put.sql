INSERT INTO placements (id, article, position, ordinal, picture, caption, credit_line, alt, seen_as)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (id) DO UPDATE SET
    position = excluded.position, ordinal = excluded.ordinal, picture = excluded.picture, caption = excluded.caption,
    credit_line = excluded.credit_line, alt = excluded.alt, seen_as = excluded.seen_as
