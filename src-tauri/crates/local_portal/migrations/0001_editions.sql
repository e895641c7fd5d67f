-- What this portal shows its readers, and every decision that made it so.
CREATE TABLE editions (
    article         BLOB    PRIMARY KEY NOT NULL,      -- the desk's id of the edition (UUID)
    page            TEXT    NOT NULL UNIQUE,           -- the page's name in its address; it never changes
    version         INTEGER NOT NULL,                  -- the live version
    first_published TEXT    NOT NULL,                  -- RFC 3339, by this portal's clock
    updated         TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE versions (
    article      BLOB    NOT NULL REFERENCES editions (article),
    version      INTEGER NOT NULL,                     -- from 1
    content_hash BLOB    NOT NULL,
    edition      TEXT    NOT NULL,                     -- JSON as it was sent
    applied_at   TEXT    NOT NULL,                     -- RFC 3339
    PRIMARY KEY (article, version)
) STRICT;

-- The desk's decisions are the idempotency keys: one row, one effect.
CREATE TABLE decisions (
    id          BLOB PRIMARY KEY NOT NULL,             -- UUID
    fingerprint BLOB NOT NULL,                         -- SHA-256 of what was sent
    receipt     TEXT NOT NULL                          -- JSON
) STRICT;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
