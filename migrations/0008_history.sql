-- Revisions are made at every natural pause, and so are kept small: packed, most of them as what is different from another.
DROP TRIGGER revisions_stay;

ALTER TABLE revisions ADD COLUMN packed BLOB NOT NULL DEFAULT x'';        -- the document: JSON, or that in a zstd frame
UPDATE revisions SET packed = CAST(document AS BLOB);                     -- packed when the next one of the article is made
ALTER TABLE revisions DROP COLUMN document;
ALTER TABLE revisions ADD COLUMN base BLOB REFERENCES revisions (id);     -- whose document is needed to unpack it; that one needs none
ALTER TABLE revisions ADD COLUMN occasion TEXT NOT NULL DEFAULT 'step'
    CHECK (occasion IN ('step', 'taken_in', 'long_deletion', 'quiet', 'closing', 'before_restore', 'restored'));
ALTER TABLE revisions ADD COLUMN added INTEGER;                           -- words, since the revision before it
ALTER TABLE revisions ADD COLUMN removed INTEGER;

-- How it is packed may change; what it says may not.
CREATE TRIGGER revisions_stay BEFORE UPDATE OF id, article, content_hash, made_by, made_at, occasion ON revisions
    BEGIN SELECT RAISE(ABORT, 'a revision is immutable'); END;

-- How many of the article's edits are in a revision: where it has more, one is due when the typing rests.
ALTER TABLE articles ADD COLUMN edits_kept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_to_keep ON articles (saved_at) WHERE edits > edits_kept;

-- An article leaves for good only out of the trash, by a person's hand, and never when readers may have seen it.
DROP TRIGGER revisions_are_kept;
DROP TRIGGER decisions_are_kept;
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
