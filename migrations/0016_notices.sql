-- What readers were told of the corrections of an edition, for ever.
ALTER TABLE publications ADD COLUMN notices TEXT NOT NULL DEFAULT '[]'; -- JSON: made_at (RFC 3339) and notice, the oldest first
