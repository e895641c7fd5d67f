-- What a new article of this desk may begin with. A template belongs to no article, and no article to a template.
CREATE TABLE templates (
    id       BLOB    PRIMARY KEY NOT NULL,                 -- UUIDv7
    name     TEXT    NOT NULL UNIQUE CHECK (name <> ''),
    content  TEXT    NOT NULL CHECK (json_valid(content)), -- fields, body and wanted pictures (`domain::template`)
    saved_at INTEGER NOT NULL                              -- Unix milliseconds, UTC
) STRICT;
