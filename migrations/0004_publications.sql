-- Where articles go, what is live there, and what is on its way.
CREATE TABLE portals (
    name     TEXT    PRIMARY KEY NOT NULL,
    kind     TEXT    NOT NULL,                         -- 'local', 'native'
    url      TEXT    NOT NULL DEFAULT '',
    added_at INTEGER NOT NULL                          -- Unix milliseconds, UTC
) STRICT;

CREATE TABLE publications (
    article           BLOB    NOT NULL REFERENCES articles (id),
    portal            TEXT    NOT NULL REFERENCES portals (name),
    remote_id         TEXT    NOT NULL,
    url               TEXT    NOT NULL,
    version           TEXT    NOT NULL,                -- the portal's own version token
    live_revision     BLOB    NOT NULL REFERENCES revisions (id),
    live_content_hash BLOB    NOT NULL,
    first_live_at     INTEGER NOT NULL,                -- Unix milliseconds, UTC
    live_since        INTEGER NOT NULL,
    corrections       INTEGER NOT NULL DEFAULT 0,
    differences       TEXT    NOT NULL DEFAULT '[]',   -- JSON: what reading back found different
    PRIMARY KEY (article, portal)
) STRICT;

CREATE INDEX publications_by_time ON publications (live_since DESC);

-- One job per decision, edition and portal; the decision's id is the idempotency key.
CREATE TABLE outbox (
    id          BLOB    PRIMARY KEY NOT NULL,          -- UUIDv7
    decision    BLOB    NOT NULL REFERENCES decisions (id),
    article     BLOB    NOT NULL REFERENCES articles (id),
    portal      TEXT    NOT NULL REFERENCES portals (name),
    act         TEXT    NOT NULL CHECK (act IN ('publish', 'correct')),
    revision    BLOB    NOT NULL REFERENCES revisions (id), -- frozen: what leaves is this revision
    state       TEXT    NOT NULL CHECK (state IN ('ready', 'waiting_time', 'sending', 'unknown', 'retry_later',
                                                  'needs_password', 'refused', 'confirmed', 'cancelled')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_at     INTEGER,                               -- Unix milliseconds, UTC
    last_answer TEXT    NOT NULL DEFAULT '',           -- the portal's own words
    receipt     TEXT,                                  -- JSON, once confirmed
    made_at     INTEGER NOT NULL,                      -- Unix milliseconds, UTC
    settled_at  INTEGER,
    UNIQUE (decision, article, portal)
) STRICT;

-- At most one unfinished content job per edition and portal.
CREATE UNIQUE INDEX one_unfinished_job ON outbox (article, portal) WHERE state NOT IN ('confirmed', 'cancelled');
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_by_article ON outbox (article, made_at DESC);
