-- Places that pasted pictures have, or had before an undo: as long as that can be undone and done again, also after the next start.
CREATE TABLE pasted_placements (
    id          BLOB PRIMARY KEY NOT NULL,             -- UUIDv7 of the placement
    article     BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    picture     BLOB REFERENCES pictures (hash),
    caption     TEXT,                                  -- as they were pasted: a place with other words was worked on
    credit_line TEXT,
    alt         TEXT,
    seen_as     TEXT NOT NULL
) STRICT;

CREATE INDEX pasted_placements_by_article ON pasted_placements (article);
