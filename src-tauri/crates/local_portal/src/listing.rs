//! What is live, in lists: which articles, in which order, and what belongs to each.

use domain::{
    ids::{ArticleId, StoryId},
    page::{
        OtherEdition,
        card::{Card, CardPicture},
    },
    placement::Position,
};
use protocol::Edition;
use rusqlite::{Connection, params};

use crate::{LocalPortal, page, refusal::Refusal};

/// Which of what is live. Empty: all; then each story stands in the list once, as the edition that came first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    pub language: &'a str,
    pub category_code: &'a str,
    pub source_paper: &'a str,
    /// This one's editions are left out.
    pub not_story: Option<StoryId>,
}

/// An edition in a list.
#[derive(Debug)]
pub struct Row {
    pub page: String,
    pub first_published: String,
    pub updated: String,
    pub edition: Edition,
}

/// An edition that is no longer there.
#[derive(Debug)]
pub struct Withdrawn {
    pub article: ArticleId,
    pub withdrawn_at: String,
    pub public_notice: String,
}

impl Filter<'_> {
    /// Returns what is asked of a row; what is not asked for stands in no one's way. `?1` language, `?2` section, `?3` paper,
    /// `?4` the story left out.
    fn conditions(&self) -> String {
        let mut asked = String::new();
        for (word, condition) in [
            (self.category_code, " AND {}.category_code = ?2"),
            (self.source_paper, " AND {}.source_paper = ?3"),
        ] {
            asked.push_str(if word.is_empty() { "" } else { condition });
        }
        let of = |table: &str| asked.replace("{}", table);
        let which = if self.language.is_empty() {
            format!(
                "NOT EXISTS (
                     SELECT 1 FROM editions sooner
                     WHERE sooner.story = editions.story AND sooner.standing = 'live'{}
                       AND (sooner.first_published, sooner.article) < (editions.first_published, editions.article)
                 )",
                of("sooner")
            )
        } else {
            "language = ?1".into()
        };
        format!("standing = 'live' AND {which}{} AND story <> ?4", of("editions"))
    }
}

impl LocalPortal {
    /// Returns a part of the list, the newest first.
    pub fn rows(&self, filter: &Filter<'_>, most: u32, after: u32) -> Result<Vec<Row>, Refusal> {
        // What is picked is small; the editions are read of what was picked alone.
        let sql = format!(
            "SELECT picked.page, picked.first_published, picked.updated, versions.edition FROM (
                 SELECT article, page, first_published, updated, shows FROM editions WHERE {}
                 ORDER BY first_published DESC, article DESC LIMIT ?5 OFFSET ?6
             ) picked JOIN versions ON versions.article = picked.article AND versions.version = picked.shows
             ORDER BY picked.first_published DESC, picked.article DESC",
            filter.conditions()
        );
        let conn = self.conn();
        let (language, section, paper, not) = words(filter);
        read_rows(&conn, &sql, params![language, section, paper, not, most, after])
    }

    /// Returns how long the list is.
    pub fn length(&self, filter: &Filter<'_>) -> Result<u32, Refusal> {
        let (language, section, paper, not) = words(filter);
        let sql = format!("SELECT count(*) FROM editions WHERE {}", filter.conditions());
        let conn = self.conn();
        let mut query = conn.prepare_cached(&sql)?;
        Ok(query.query_row(params![language, section, paper, not], |row| row.get(0))?)
    }

    /// Returns the live editions of a story but one, by language.
    pub fn other_editions(&self, story: StoryId, but: ArticleId) -> Result<Vec<OtherEdition>, Refusal> {
        let conn = self.conn();
        let mut query = conn.prepare_cached(
            "SELECT language, json_extract(edition, '$.document.headline'), page
             FROM editions JOIN versions ON versions.article = editions.article AND versions.version = shows
             WHERE story = ?1 AND standing = 'live' AND editions.article <> ?2
             ORDER BY language, first_published DESC",
        )?;
        let rows = query.query_map(params![story.to_string(), but.0], |row| {
            Ok(OtherEdition { language: row.get(0)?, headline: row.get(1)?, address: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the languages of what is live, the most frequent first.
    pub fn languages(&self) -> Result<Vec<String>, Refusal> {
        self.words_in_use(
            "SELECT language FROM editions WHERE standing = 'live'
             GROUP BY language ORDER BY count(*) DESC, language",
            [],
        )
    }

    /// Returns the sections in which something is live, in one language or in any, the most frequent first.
    pub fn sections(&self, language: &str) -> Result<Vec<String>, Refusal> {
        self.words_in_use(
            "SELECT category_code FROM editions
             WHERE standing = 'live' AND category_code <> '' AND (?1 = '' OR language = ?1)
             GROUP BY category_code ORDER BY count(*) DESC, category_code LIMIT 12",
            [language],
        )
    }

    fn words_in_use(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<String>, Refusal> {
        let conn = self.conn();
        let mut query = conn.prepare_cached(sql)?;
        let rows = query.query_map(params, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns what went live since `since`, the newest first.
    pub fn published_since(&self, since: &str, most: u32) -> Result<Vec<Row>, Refusal> {
        let sql = "SELECT page, first_published, updated, edition
                   FROM editions JOIN versions ON versions.article = editions.article AND versions.version = shows
                   WHERE standing = 'live' AND first_published >= ?1 ORDER BY first_published DESC LIMIT ?2";
        read_rows(&self.conn(), sql, params![since, most])
    }

    /// Returns what readers were told of last, in one language or in any.
    pub fn told_last(&self, language: &str, most: u32) -> Result<Vec<Row>, Refusal> {
        let sql = "SELECT picked.page, picked.first_published, picked.updated, versions.edition FROM (
                       SELECT article, page, first_published, updated, shows FROM editions
                       WHERE standing = 'live' AND (?1 = '' OR language = ?1)
                       ORDER BY iif(updated = '', first_published, updated) DESC LIMIT ?2
                   ) picked JOIN versions ON versions.article = picked.article AND versions.version = picked.shows
                   ORDER BY iif(picked.updated = '', picked.first_published, picked.updated) DESC";
        read_rows(&self.conn(), sql, params![language, most])
    }

    /// Returns what was taken away since `since`, the newest first.
    pub fn withdrawn_since(&self, since: &str, language: &str) -> Result<Vec<Withdrawn>, Refusal> {
        let conn = self.conn();
        let mut query = conn.prepare_cached(
            "SELECT article, changed_at, public_notice FROM editions
             WHERE standing <> 'live' AND changed_at >= ?1 AND (?2 = '' OR language = ?2) ORDER BY changed_at DESC",
        )?;
        let rows = query.query_map([since, language], |row| {
            Ok(Withdrawn {
                article: ArticleId(row.get(0)?),
                withdrawn_at: row.get(1)?,
                public_notice: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns what a list that is `up` from the site's root shows of a row.
    pub fn card(&self, row: &Row, up: &str) -> Result<Card, Refusal> {
        let (edition, fields) = (&row.edition, &row.edition.document.fields);
        let others = self.other_editions(edition.story, edition.article)?;
        Ok(Card {
            address: format!("{up}{}", row.page),
            language: fields.language.clone(),
            kicker: fields.kicker.clone(),
            headline: fields.headline.clone(),
            standfirst: fields.standfirst.clone(),
            source_paper: fields.source_paper.clone(),
            first_published: self.told(&row.first_published),
            picture: picture(edition, up),
            editions: others
                .into_iter()
                .map(|other| (other.language, format!("{up}{}", other.address)))
                .collect(),
        })
    }
}

/// The lead, else the first picture there is.
fn picture(edition: &Edition, up: &str) -> Option<CardPicture> {
    let placements = &edition.document.placements;
    let first = placements.iter().filter(|placement| placement.picture.is_some());
    let placement = first.min_by_key(|placement| placement.position != Position::Lead)?;
    let sources = page::sources(edition, placement.picture?, up)?;
    Some(CardPicture { sources, alt: placement.alt.clone(), credit_line: placement.credit_line.clone() })
}

fn words<'a>(filter: &Filter<'a>) -> (&'a str, &'a str, &'a str, String) {
    let not = filter.not_story.map(|story| story.to_string()).unwrap_or_default();
    (filter.language, filter.category_code, filter.source_paper, not)
}

fn read_rows(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Row>, Refusal> {
    let mut query = conn.prepare_cached(sql)?;
    let rows = query
        .query_map(params, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?)))?;
    let mut read = Vec::new();
    for row in rows {
        let (page, first_published, updated, edition) = row?;
        read.push(Row { page, first_published, updated, edition: serde_json::from_str(&edition)? });
    }
    Ok(read)
}
