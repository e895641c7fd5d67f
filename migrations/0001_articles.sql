-- Articles as the desk writes them, and who writes them. What readers see lives in `publications` (0004).
CREATE TABLE people (
    id       BLOB    PRIMARY KEY NOT NULL,             -- UUIDv7
    name     TEXT    NOT NULL,
    since    INTEGER NOT NULL                          -- Unix milliseconds, UTC
) STRICT;

-- What ties the language editions of one article together.
CREATE TABLE stories (
    id       BLOB    PRIMARY KEY NOT NULL,             -- UUIDv7
    began_at INTEGER NOT NULL                          -- Unix milliseconds, UTC
) STRICT;

-- One language edition each. The row is the journal of the text being typed; revisions (0003) are cut from it.
CREATE TABLE articles (
    id                BLOB    PRIMARY KEY NOT NULL,    -- UUIDv7
    story             BLOB    NOT NULL REFERENCES stories (id),
    translated_from   BLOB    REFERENCES articles (id),
    stage             TEXT    NOT NULL CHECK (stage IN ('draft', 'submitted', 'in_review', 'returned', 'approved', 'on_hold', 'spiked')),
    edits             INTEGER NOT NULL DEFAULT 0,      -- counts saves; guards a stale writer
    begun_by          BLOB    NOT NULL REFERENCES people (id),
    created_at        INTEGER NOT NULL,                -- Unix milliseconds, UTC
    saved_at          INTEGER NOT NULL,                -- Unix milliseconds, UTC
    approval_lapsed   INTEGER,                         -- when the approval was given that an edit has voided
    language          TEXT    NOT NULL,                -- BCP 47, e.g. 'vi'
    slugline          TEXT    NOT NULL DEFAULT '',
    url_slug          TEXT    NOT NULL DEFAULT '',
    desk              TEXT    NOT NULL DEFAULT '',
    kicker            TEXT    NOT NULL DEFAULT '',
    headline          TEXT    NOT NULL DEFAULT '',
    standfirst        TEXT    NOT NULL DEFAULT '',
    dateline          TEXT    NOT NULL DEFAULT '',
    byline            TEXT    NOT NULL DEFAULT '',
    translator        TEXT    NOT NULL DEFAULT '',
    editor            TEXT    NOT NULL DEFAULT '',
    sign_off          TEXT    NOT NULL DEFAULT '',
    category_code     TEXT    NOT NULL DEFAULT '',
    keywords          TEXT    NOT NULL DEFAULT '[]',   -- JSON list of strings
    source_paper      TEXT    NOT NULL DEFAULT '',
    source_url        TEXT    NOT NULL DEFAULT '',
    foreign_id        TEXT    NOT NULL DEFAULT '',
    source_date       TEXT    NOT NULL DEFAULT '',     -- YYYY-MM-DD
    original_headline TEXT    NOT NULL DEFAULT '',
    ed_note           TEXT    NOT NULL DEFAULT '',
    embargo           TEXT    NOT NULL DEFAULT '',     -- RFC 3339, UTC
    schedule          TEXT    NOT NULL DEFAULT '',     -- RFC 3339, UTC
    body              TEXT    NOT NULL DEFAULT ''      -- Markdown, byte for byte as typed
) STRICT;

CREATE INDEX articles_by_time ON articles (saved_at DESC, id);
CREATE INDEX articles_by_stage ON articles (stage, saved_at DESC);
CREATE INDEX articles_by_source_url ON articles (source_url) WHERE source_url <> '';

-- The page an article was taken over from, as it came.
CREATE TABLE source_pages (
    article       BLOB    PRIMARY KEY NOT NULL REFERENCES articles (id),
    hash          BLOB    NOT NULL,                    -- SHA-256 of the frozen copy
    frozen_copy   BLOB    NOT NULL,
    page_headline TEXT    NOT NULL,
    taken_in_at   INTEGER NOT NULL                     -- Unix milliseconds, UTC
) STRICT;

-- Every line of a source page that went into no field.
CREATE TABLE leftovers (
    article BLOB    NOT NULL REFERENCES articles (id),
    ordinal INTEGER NOT NULL,
    why     TEXT    NOT NULL,
    line    TEXT    NOT NULL,
    PRIMARY KEY (article, ordinal)
) STRICT;
