-- The publication log: who made what public, which bytes, when, and what the portal answered. Entries are only added, each
-- with the hash of the one before it. It names what it tells of and refers to nothing: it stays, whatever goes.
CREATE TABLE publication_log (
    number       INTEGER PRIMARY KEY NOT NULL,         -- 1, 2, 3 …
    confirmed_at INTEGER NOT NULL,                     -- Unix milliseconds, UTC
    article      BLOB    NOT NULL,
    job          BLOB    NOT NULL UNIQUE,
    entry        TEXT    NOT NULL,                     -- canonical JSON (RFC 8785): `domain::publication_log::Entry`
    hash         BLOB    NOT NULL UNIQUE               -- SHA-256 of `entry`
) STRICT;

CREATE INDEX publication_log_by_time ON publication_log (confirmed_at);
CREATE INDEX publication_log_by_article ON publication_log (article, number);

CREATE TRIGGER publication_log_stays BEFORE UPDATE ON publication_log
    BEGIN SELECT RAISE(ABORT, 'an entry of the publication log is never changed'); END;
CREATE TRIGGER publication_log_is_kept BEFORE DELETE ON publication_log
    BEGIN SELECT RAISE(ABORT, 'an entry of the publication log is kept'); END;
-- The very entry that is there may be told again, which changes nothing: REPLACE would go past the two above.
CREATE TRIGGER publication_log_goes_on BEFORE INSERT ON publication_log
    WHEN NOT EXISTS (SELECT 1 FROM publication_log
                     WHERE number = NEW.number AND hash = NEW.hash AND entry = NEW.entry AND job = NEW.job
                       AND article = NEW.article AND confirmed_at = NEW.confirmed_at)
     AND (NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM publication_log)
          OR NEW.entry ->> '$.number' IS NOT NEW.number
          OR NEW.entry ->> '$.previous' IS NOT coalesce((SELECT lower(hex(hash)) FROM publication_log ORDER BY number DESC LIMIT 1),
                                                        '0000000000000000000000000000000000000000000000000000000000000000')
          OR EXISTS (SELECT 1 FROM publication_log WHERE job = NEW.job OR hash = NEW.hash))
    BEGIN SELECT RAISE(ABORT, 'an entry of the publication log follows the last one'); END;

ALTER TABLE outbox ADD COLUMN payload_hash BLOB;       -- SHA-256 of the message that was sent last

-- What was confirmed before there was a log is in none.
INSERT INTO settings (name, value)
SELECT 'confirmed_before_the_log', CAST(count(*) AS TEXT) FROM outbox WHERE state = 'confirmed'
ON CONFLICT (name) DO NOTHING;
