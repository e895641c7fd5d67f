-- What was: immutable revisions, and what people decided about exactly which one.
CREATE TABLE revisions (
    id           BLOB    PRIMARY KEY NOT NULL,         -- SHA-256 of content hash, parents, person, time
    article      BLOB    NOT NULL REFERENCES articles (id),
    content_hash BLOB    NOT NULL,                     -- SHA-256 of the document's canonical JSON
    document     TEXT    NOT NULL,                     -- JSON
    made_by      BLOB    NOT NULL REFERENCES people (id),
    made_at      INTEGER NOT NULL                      -- Unix milliseconds, UTC
) STRICT;

CREATE INDEX revisions_by_article ON revisions (article, made_at DESC);

CREATE TABLE revision_parents (
    revision BLOB NOT NULL REFERENCES revisions (id),
    parent   BLOB NOT NULL REFERENCES revisions (id),
    PRIMARY KEY (revision, parent)
) STRICT;

CREATE TABLE decisions (
    id           BLOB    PRIMARY KEY NOT NULL,         -- UUIDv7, made when the person confirms
    article      BLOB    NOT NULL REFERENCES articles (id),
    act          TEXT    NOT NULL,
    made_by      BLOB    NOT NULL REFERENCES people (id),
    made_at      INTEGER NOT NULL,                     -- Unix milliseconds, UTC
    revision     BLOB    NOT NULL REFERENCES revisions (id),
    content_hash BLOB    NOT NULL,
    findings     TEXT    NOT NULL,                     -- JSON: the checks' results at that moment
    reason       TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX decisions_by_article ON decisions (article, made_at DESC);

-- Neither is ever changed or dropped.
CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END;
CREATE TRIGGER revisions_are_kept BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'a revision is kept'); END;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;
CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'a decision is kept'); END;
