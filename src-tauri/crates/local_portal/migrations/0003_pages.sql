-- What lists of pages go by, as the page shows it; and the names that pages had before.
ALTER TABLE editions ADD COLUMN story         TEXT NOT NULL DEFAULT '';   -- UUID: the editions of one story belong together
ALTER TABLE editions ADD COLUMN language      TEXT NOT NULL DEFAULT '';   -- BCP 47
ALTER TABLE editions ADD COLUMN category_code TEXT NOT NULL DEFAULT '';
ALTER TABLE editions ADD COLUMN source_paper  TEXT NOT NULL DEFAULT '';
UPDATE editions SET (story, language, category_code, source_paper) = (
    SELECT json_extract(edition, '$.story'), json_extract(edition, '$.document.language'),
           trim(json_extract(edition, '$.document.category_code')), trim(json_extract(edition, '$.document.source_paper'))
    FROM versions WHERE versions.article = editions.article AND versions.version = editions.shows
);

CREATE INDEX editions_by_story ON editions (story, standing);
CREATE INDEX editions_newest ON editions (standing, first_published DESC);
CREATE INDEX editions_by_section ON editions (standing, language, category_code, first_published DESC);
CREATE INDEX editions_by_paper ON editions (standing, language, source_paper, first_published DESC);

-- Who follows an old address is led on.
CREATE TABLE former_pages (
    page    TEXT PRIMARY KEY NOT NULL,
    article BLOB NOT NULL REFERENCES editions (article)
) STRICT;
