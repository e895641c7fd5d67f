-- What can be undone in each article, so that it still can after the next start. It goes with its article.
CREATE TABLE undo_histories (
    article     BLOB    PRIMARY KEY NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    body_length INTEGER NOT NULL,                      -- UTF-16 units of the body it was kept for
    body_hash   TEXT    NOT NULL,                      -- of that body, as the window counts it: another body, another history
    history     TEXT    NOT NULL                       -- JSON of the window's editor, which alone reads it
) STRICT;
