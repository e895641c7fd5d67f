-- Accounts on portals that others run: how they are reached, and which of their terms our words are.
ALTER TABLE portals ADD COLUMN account TEXT NOT NULL DEFAULT '{}'; -- JSON: user, REST root, site's name and language, certificate authority; never a secret

CREATE TABLE term_mappings (
    portal TEXT NOT NULL REFERENCES portals (name),
    kind   TEXT NOT NULL CHECK (kind IN ('category', 'keyword', 'byline', 'language')),
    ours   TEXT NOT NULL,
    theirs TEXT NOT NULL,                              -- the portal's own id of the term
    name   TEXT NOT NULL,                              -- the portal's name of it
    PRIMARY KEY (portal, kind, ours)
) STRICT;

-- A portal without idempotency is looked at until longer than its server works on a request.
ALTER TABLE outbox ADD COLUMN sent_at INTEGER;         -- when the decision itself was last sent, Unix milliseconds, UTC
UPDATE outbox SET sent_at = made_at WHERE attempts > 0;
-- What the portal has instead of what the desk left there, and what a person then allowed to be replaced.
ALTER TABLE outbox ADD COLUMN found_there TEXT;        -- version token
ALTER TABLE outbox ADD COLUMN may_replace TEXT;        -- version token
