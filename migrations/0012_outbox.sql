-- A job waits for its time by the portal's clock, tells how far its pictures are, and asks again when it is old.
-- The table is written anew: it has a state more, and which acts there are is said by `domain::decision::Act` alone.
CREATE TABLE outbox_anew (
    id          BLOB    PRIMARY KEY NOT NULL,          -- UUIDv7
    decision    BLOB    NOT NULL REFERENCES decisions (id),
    article     BLOB    NOT NULL REFERENCES articles (id),
    portal      TEXT    NOT NULL REFERENCES portals (name),
    act         TEXT    NOT NULL,                      -- the word of an act towards readers
    revision    BLOB    NOT NULL REFERENCES revisions (id), -- frozen: what leaves is this revision
    state       TEXT    NOT NULL CHECK (state IN ('ready', 'waiting_time', 'sending', 'unknown', 'retry_later',
                                                  'needs_password', 'asks_again', 'refused', 'confirmed', 'cancelled')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_at     INTEGER,                               -- Unix milliseconds, UTC, by this machine's clock
    last_answer TEXT    NOT NULL DEFAULT '',           -- the portal's own words
    receipt     TEXT,                                  -- JSON, once confirmed
    made_at     INTEGER NOT NULL,                      -- Unix milliseconds, UTC
    settled_at  INTEGER,
    sent_at     INTEGER,                               -- when the decision itself was last sent, Unix milliseconds, UTC
    found_there TEXT,                                  -- version token of what the portal has instead
    may_replace TEXT,                                  -- version token that a person allowed to be replaced
    not_before  INTEGER,                               -- Unix milliseconds, UTC, by the portal's clock: the later of schedule and embargo
    zone        TEXT    NOT NULL DEFAULT '',           -- IANA name of the zone that time was typed in
    agreed_at   INTEGER NOT NULL DEFAULT 0,            -- when a person last said that it shall go, Unix milliseconds, UTC
    obstacle    TEXT    NOT NULL DEFAULT '',           -- what only a person can remove: 'stranger', 'certificate'
    bytes_sent  INTEGER NOT NULL DEFAULT 0,            -- of its pictures, in this attempt
    bytes_total INTEGER NOT NULL DEFAULT 0,
    late_by     INTEGER,                               -- milliseconds after `not_before`, once confirmed
    UNIQUE (decision, article, portal)
) STRICT;

INSERT INTO outbox_anew (id, decision, article, portal, act, revision, state, attempts, next_at, last_answer, receipt,
                         made_at, settled_at, sent_at, found_there, may_replace, not_before, agreed_at)
SELECT id, decision, article, portal, act, revision, state, attempts, next_at, last_answer, receipt,
       made_at, settled_at, sent_at, found_there, may_replace, CASE WHEN state = 'waiting_time' THEN next_at END, made_at
FROM outbox ORDER BY rowid;

-- These name the table; they come back as they were.
DROP TRIGGER revisions_are_kept;
DROP TRIGGER decisions_are_kept;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE TRIGGER revisions_are_kept BEFORE DELETE ON revisions
    WHEN EXISTS (SELECT 1 FROM outbox WHERE article = OLD.article)
      OR EXISTS (SELECT 1 FROM publications WHERE article = OLD.article)
      OR EXISTS (SELECT 1 FROM articles WHERE id = OLD.article AND stage <> 'spiked')
    BEGIN SELECT RAISE(ABORT, 'a revision is kept'); END;
CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
    WHEN EXISTS (SELECT 1 FROM outbox WHERE article = OLD.article)
      OR EXISTS (SELECT 1 FROM publications WHERE article = OLD.article)
      OR EXISTS (SELECT 1 FROM articles WHERE id = OLD.article AND stage <> 'spiked')
    BEGIN SELECT RAISE(ABORT, 'a decision is kept'); END;

-- At most one unfinished content job per edition and portal.
CREATE UNIQUE INDEX one_unfinished_job ON outbox (article, portal) WHERE state NOT IN ('confirmed', 'cancelled');
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_by_article ON outbox (article, made_at DESC);

-- How far the portal's clock is from this machine's.
ALTER TABLE portals ADD COLUMN clock_ahead INTEGER;    -- milliseconds; NULL while it was never asked
