-- An edition that is taken away: how it stands on its portal, and whether readers still get its page.
ALTER TABLE publications ADD COLUMN standing TEXT NOT NULL DEFAULT 'live'
    CHECK (standing IN ('never', 'live', 'unpublished', 'taken_down', 'killed'));
ALTER TABLE publications ADD COLUMN stands_since INTEGER NOT NULL DEFAULT 0; -- when the portal confirmed it, Unix milliseconds, UTC
ALTER TABLE publications ADD COLUMN look_at INTEGER;      -- when its page is looked at again, Unix milliseconds, UTC
ALTER TABLE publications ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE publications ADD COLUMN looked_at INTEGER;    -- Unix milliseconds, UTC
ALTER TABLE publications ADD COLUMN readable INTEGER NOT NULL DEFAULT 0; -- 1: a reader still got it at the last look
ALTER TABLE publications ADD COLUMN page_answer TEXT NOT NULL DEFAULT ''; -- what was answered then, or why it could not be asked
ALTER TABLE publications ADD COLUMN gone_at INTEGER;      -- when it was first seen to be gone, Unix milliseconds, UTC
UPDATE publications SET stands_since = live_since;
CREATE INDEX publications_to_look_at ON publications (look_at) WHERE look_at IS NOT NULL;

-- The words of a decision beside its reason: for readers, and who asked for it.
ALTER TABLE decisions ADD COLUMN public_notice TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';

-- A kill is of every edition of a story.
CREATE INDEX articles_by_story ON articles (story);

-- At most one unfinished job of each rank per edition and portal: what takes away outranks what brings words, a kill
-- outranks both.
DROP INDEX one_unfinished_job;
CREATE UNIQUE INDEX one_unfinished_job
    ON outbox (article, portal, CASE act WHEN 'kill' THEN 2 WHEN 'takedown' THEN 1 WHEN 'unpublish' THEN 1 ELSE 0 END)
    WHERE state NOT IN ('confirmed', 'cancelled');
