-- How an edition stands towards readers. What was taken away keeps its versions here: nobody is shown them.
ALTER TABLE editions ADD COLUMN standing TEXT NOT NULL DEFAULT 'live'
    CHECK (standing IN ('live', 'unpublished', 'taken_down', 'killed'));
ALTER TABLE editions ADD COLUMN shows INTEGER NOT NULL DEFAULT 0;         -- which of `versions` is, or was last, on the page
ALTER TABLE editions ADD COLUMN public_notice TEXT NOT NULL DEFAULT '';   -- said on the page of what is gone
ALTER TABLE editions ADD COLUMN changed_at TEXT NOT NULL DEFAULT '';      -- RFC 3339, whatever readers were told
UPDATE editions SET shows = version, changed_at = iif(updated = '', first_published, updated);

-- The desk's decisions that took something away: one row, one effect.
CREATE TABLE withdrawals (
    id          BLOB PRIMARY KEY NOT NULL,             -- UUID
    article     BLOB NOT NULL,                         -- it may never have been here
    leads_to    TEXT NOT NULL,                         -- a standing
    fingerprint BLOB NOT NULL,                         -- SHA-256 of what was sent
    receipt     TEXT NOT NULL                          -- JSON
) STRICT;

CREATE INDEX withdrawals_by_article ON withdrawals (article, leads_to);

-- Which pictures readers may have: those of what is live.
CREATE TABLE shown_pictures (
    rendition TEXT NOT NULL,                           -- SHA-256, hexadecimal
    article   BLOB NOT NULL,
    PRIMARY KEY (rendition, article)
) STRICT;

INSERT OR IGNORE INTO shown_pictures (rendition, article)
SELECT json_extract(one.value, '$.rendition'), editions.article
FROM editions JOIN versions USING (article, version), json_each(versions.edition, '$.renditions') one;
