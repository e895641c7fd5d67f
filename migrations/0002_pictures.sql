-- Pictures by what they are (their bytes), and placements: a picture's place in one article.
CREATE TABLE pictures (
    hash                BLOB    PRIMARY KEY NOT NULL,  -- SHA-256 of the file's bytes
    kind                TEXT    NOT NULL CHECK (kind IN ('jpeg', 'png', 'webp')),
    size                INTEGER NOT NULL,              -- bytes
    width               INTEGER NOT NULL,              -- pixels, upright
    height              INTEGER NOT NULL,
    orientation         INTEGER NOT NULL,              -- EXIF 1..8, as found
    taken_in_at         INTEGER NOT NULL,              -- Unix milliseconds, UTC
    seen_as             TEXT    NOT NULL,              -- file name it came under; never shown to readers
    found               TEXT    NOT NULL,              -- JSON: the words and differences found in the file
    creator             TEXT    NOT NULL DEFAULT '',
    credit_line         TEXT    NOT NULL DEFAULT '',
    copyright_notice    TEXT    NOT NULL DEFAULT '',
    picture_source      TEXT    NOT NULL DEFAULT '',
    usage_terms         TEXT    NOT NULL DEFAULT '',
    instructions        TEXT    NOT NULL DEFAULT '',
    caption_writer      TEXT    NOT NULL DEFAULT '',
    date_taken          TEXT    NOT NULL DEFAULT '',
    place               TEXT    NOT NULL DEFAULT '',
    digital_source_type TEXT    NOT NULL DEFAULT '',
    headline            TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX pictures_by_time ON pictures (taken_in_at DESC);

-- The library's words per language; '' is the language of the file, which it does not tell.
CREATE TABLE picture_words (
    picture  BLOB NOT NULL REFERENCES pictures (hash),
    language TEXT NOT NULL,
    caption  TEXT NOT NULL DEFAULT '',
    alt      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (picture, language)
) STRICT;

-- Without a picture a placement is wanted. Words that are NULL follow the library.
CREATE TABLE placements (
    id          BLOB    PRIMARY KEY NOT NULL,          -- UUIDv7
    article     BLOB    NOT NULL REFERENCES articles (id),
    position    TEXT    NOT NULL CHECK (position IN ('lead', 'in_text', 'gallery')),
    ordinal     INTEGER NOT NULL,
    picture     BLOB    REFERENCES pictures (hash),
    caption     TEXT,
    credit_line TEXT,
    alt         TEXT,
    seen_as     TEXT    NOT NULL DEFAULT ''            -- file name or address on the source page
) STRICT;

CREATE INDEX placements_by_article ON placements (article, ordinal);
CREATE INDEX placements_by_picture ON placements (picture);
CREATE UNIQUE INDEX one_lead ON placements (article) WHERE position = 'lead';
