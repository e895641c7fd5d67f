INSERT OR IGNORE INTO revisions
    (id, article, content_hash, packed, base, made_by, made_at, occasion, added, removed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
