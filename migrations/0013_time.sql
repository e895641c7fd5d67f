-- An embargo that was set with a decision holds for every edition of its story; a portal may hold what goes out later.
ALTER TABLE outbox ADD COLUMN embargo  TEXT    NOT NULL DEFAULT '';  -- RFC 3339, UTC, and the zone it was typed in: '…Z[Asia/Ho_Chi_Minh]'
ALTER TABLE outbox ADD COLUMN held_for INTEGER;                      -- Unix milliseconds, UTC: the portal has it and brings it out then
ALTER TABLE outbox ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;   -- 1: a person cancelled it, and the portal may still have it

CREATE INDEX articles_under_embargo ON articles (story) WHERE embargo <> '';
CREATE INDEX outbox_under_embargo ON outbox (article) WHERE embargo <> '';
