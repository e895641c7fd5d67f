-- Words that are spelt right though no dictionary has them.
CREATE TABLE spelling_words (
    word     TEXT    NOT NULL,                         -- NFC, as it is to be spelt
    person   BLOB    REFERENCES people (id),           -- whose word it is; NULL: the newsroom's
    added_at INTEGER NOT NULL                          -- Unix milliseconds, UTC
) STRICT;
CREATE UNIQUE INDEX spelling_words_once ON spelling_words (word, ifnull(person, x''));
