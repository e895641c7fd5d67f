-- What the desk remembers of its own work: where the caret was, what the person prefers.
CREATE TABLE carets (
    article BLOB    PRIMARY KEY NOT NULL REFERENCES articles (id),
    field   TEXT    NOT NULL,
    anchor  INTEGER NOT NULL,                          -- UTF-16 units from the start of the field
    head    INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
