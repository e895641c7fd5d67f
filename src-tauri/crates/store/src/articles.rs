//! The articles of the desk: the text being worked on.

use domain::{
    article::{Article, Fields},
    ids::{ArticleId, PersonId, StoryId},
    stage::Stage,
};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::{Error, Result, Tx, row};

const COLUMNS: &str = "id, story, translated_from, stage, edits, begun_by, created_at, saved_at, approval_lapsed, language,
    slugline, url_slug, desk, kicker, headline, standfirst, dateline, byline, translator, editor, sign_off, category_code,
    keywords, source_paper, source_url, foreign_id, source_date, original_headline, ed_note, embargo, schedule, body";

/// Adds an article with the story it belongs to.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Tx<'_>, article: &Article) -> Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO stories (id, began_at) VALUES (?1, ?2)")?
        .execute(params![article.story.0, article.created_at])?;
    let sql =
        "INSERT INTO articles (id, story, translated_from, stage, begun_by, created_at, saved_at, language)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    tx.prepare_cached(sql)?.execute(params![
        article.id.0,
        article.story.0,
        article.translated_from.map(|id| id.0),
        article.stage.word(),
        article.by.0,
        article.created_at,
        article.saved_at,
        article.fields.language,
    ])?;
    write_text(tx, article.id, &article.fields, &article.body)
}

/// Returns the category codes and the languages that articles have, sorted.
///
/// # Errors
/// What SQLite says.
pub fn words_in_use(conn: &Connection) -> Result<(Vec<String>, Vec<String>)> {
    let column = |sql: &str| -> Result<Vec<String>> {
        Ok(conn.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    Ok((
        column("SELECT DISTINCT category_code FROM articles WHERE category_code <> '' ORDER BY 1")?,
        column("SELECT DISTINCT language FROM articles WHERE language <> '' ORDER BY 1")?,
    ))
}

/// Returns the article.
///
/// # Errors
/// [`Error::NoArticle`] when the desk has none of this id.
pub fn get(conn: &Connection, id: ArticleId) -> Result<Article> {
    find(conn, id)?.ok_or(Error::NoArticle(id))
}

/// Returns the article, if the desk has one of this id.
///
/// # Errors
/// What SQLite says.
pub fn find(conn: &Connection, id: ArticleId) -> Result<Option<Article>> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM articles WHERE id = ?1"))?;
    Ok(query.query_row([id.0], read).optional()?)
}

/// Saves fields and body and returns the new count of edits; refuses a writer who read an older one.
///
/// # Errors
/// [`Error::Stale`] when somebody saved since `read`; [`Error::NoArticle`].
pub fn save(tx: &Tx<'_>, id: ArticleId, read: u32, fields: &Fields, body: &str, now_ms: i64) -> Result<u32> {
    let next = touch(tx, id, read, now_ms)?;
    write_text(tx, id, fields, body)?;
    Ok(next)
}

/// Counts an edit of something that belongs to the article (a placement's words, a picture); guards a stale writer.
///
/// # Errors
/// As [`save`].
pub fn touch(tx: &Tx<'_>, id: ArticleId, read: u32, now_ms: i64) -> Result<u32> {
    let actual = edits(tx, id)?;
    if actual != read {
        return Err(Error::Stale { id, expected: read, actual });
    }
    tx.prepare_cached("UPDATE articles SET edits = ?2, saved_at = ?3 WHERE id = ?1")?.execute(params![
        id.0,
        actual + 1,
        now_ms
    ])?;
    Ok(actual + 1)
}

/// Returns how often the article was saved.
///
/// # Errors
/// [`Error::NoArticle`].
pub fn edits(conn: &Connection, id: ArticleId) -> Result<u32> {
    let mut query = conn.prepare_cached("SELECT edits FROM articles WHERE id = ?1")?;
    query.query_row([id.0], |row| row.get(0)).optional()?.ok_or(Error::NoArticle(id))
}

/// Moves the article to `stage`; `approval_lapsed` is when the approval was given that is void now.
///
/// # Errors
/// What SQLite says.
pub fn set_stage(tx: &Tx<'_>, id: ArticleId, stage: Stage, approval_lapsed: Option<i64>) -> Result<()> {
    tx.prepare_cached("UPDATE articles SET stage = ?2, approval_lapsed = ?3 WHERE id = ?1")?
        .execute(params![id.0, stage.word(), approval_lapsed])?;
    Ok(())
}

/// Returns the article taken over from `source_url`, if the desk has one.
///
/// # Errors
/// What SQLite says.
pub fn from_source_url(conn: &Connection, source_url: &str) -> Result<Option<(ArticleId, String)>> {
    let sql =
        "SELECT id, headline FROM articles WHERE source_url = ?1 AND source_url <> '' AND stage <> 'spiked'
               ORDER BY created_at LIMIT 1";
    let mut query = conn.prepare_cached(sql)?;
    Ok(query.query_row([source_url], |row| Ok((ArticleId(row.get(0)?), row.get(1)?))).optional()?)
}

/// Returns at most `at_most` articles with edits that are in no revision, saved last at `saved_by` (Unix ms) or before:
/// the newest first, which somebody has just left.
///
/// # Errors
/// What SQLite says.
pub fn to_keep(conn: &Connection, saved_by: i64, at_most: u32) -> Result<Vec<ArticleId>> {
    let sql =
        "SELECT id FROM articles WHERE edits > edits_kept AND saved_at <= ?1 ORDER BY saved_at DESC LIMIT ?2";
    let mut query = conn.prepare_cached(sql)?;
    let ids = query
        .query_map(params![saved_by, at_most], |row| row.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

/// Says whether the article has edits that are in no revision.
///
/// # Errors
/// [`Error::NoArticle`].
pub fn is_to_keep(conn: &Connection, id: ArticleId) -> Result<bool> {
    let mut query = conn.prepare_cached("SELECT edits > edits_kept FROM articles WHERE id = ?1")?;
    query.query_row([id.0], |row| row.get(0)).optional()?.ok_or(Error::NoArticle(id))
}

/// Notes that all edits of the article are in a revision.
///
/// # Errors
/// What SQLite says.
pub fn set_kept(tx: &Tx<'_>, id: ArticleId) -> Result<()> {
    tx.prepare_cached("UPDATE articles SET edits_kept = edits WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

/// Returns the editions of a story, the oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_story(conn: &Connection, story: StoryId) -> Result<Vec<ArticleId>> {
    let mut query =
        conn.prepare_cached("SELECT id FROM articles WHERE story = ?1 ORDER BY created_at, id")?;
    let ids =
        query.query_map([story.0], |row| row.get(0).map(ArticleId))?.collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

/// Returns every article, newest first, for the command line.
///
/// # Errors
/// What SQLite says.
pub fn all(conn: &Connection) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached("SELECT id FROM articles ORDER BY saved_at DESC, id")?;
    let ids = query.query_map([], |row| row.get(0).map(ArticleId))?.collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

fn write_text(tx: &Tx<'_>, id: ArticleId, fields: &Fields, body: &str) -> Result<()> {
    let keywords = serde_json::to_string(&fields.keywords)?;
    tx.prepare_cached(include_str!("articles/write_text.sql"))?.execute(named_params! {
        ":id": id.0, ":body": body, ":language": fields.language, ":slugline": fields.slugline, ":url_slug": fields.url_slug,
        ":desk": fields.desk, ":kicker": fields.kicker, ":headline": fields.headline, ":standfirst": fields.standfirst,
        ":dateline": fields.dateline, ":byline": fields.byline, ":translator": fields.translator, ":editor": fields.editor,
        ":sign_off": fields.sign_off, ":category_code": fields.category_code, ":keywords": keywords,
        ":source_paper": fields.source_paper, ":source_url": fields.source_url, ":foreign_id": fields.foreign_id,
        ":source_date": fields.source_date, ":original_headline": fields.original_headline, ":ed_note": fields.ed_note,
        ":embargo": fields.embargo, ":schedule": fields.schedule,
    })?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Article> {
    Ok(Article {
        id: ArticleId(row::uuid(row, "id")?),
        story: StoryId(row::uuid(row, "story")?),
        translated_from: row.get::<_, Option<_>>("translated_from")?.map(ArticleId),
        stage: row::word(row, "stage", Stage::named)?,
        edits: row.get("edits")?,
        by: PersonId(row::uuid(row, "begun_by")?),
        created_at: row.get("created_at")?,
        saved_at: row.get("saved_at")?,
        approval_lapsed: row.get("approval_lapsed")?,
        fields: read_fields(row)?,
        body: row.get("body")?,
    })
}

fn read_fields(row: &Row<'_>) -> rusqlite::Result<Fields> {
    Ok(Fields {
        language: row.get("language")?,
        slugline: row.get("slugline")?,
        url_slug: row.get("url_slug")?,
        desk: row.get("desk")?,
        kicker: row.get("kicker")?,
        headline: row.get("headline")?,
        standfirst: row.get("standfirst")?,
        dateline: row.get("dateline")?,
        byline: row.get("byline")?,
        translator: row.get("translator")?,
        editor: row.get("editor")?,
        sign_off: row.get("sign_off")?,
        category_code: row.get("category_code")?,
        keywords: row::json(row, "keywords")?,
        source_paper: row.get("source_paper")?,
        source_url: row.get("source_url")?,
        foreign_id: row.get("foreign_id")?,
        source_date: row.get("source_date")?,
        original_headline: row.get("original_headline")?,
        ed_note: row.get("ed_note")?,
        embargo: row.get("embargo")?,
        schedule: row.get("schedule")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, people};

    fn article() -> Article {
        let id = |n: u128| uuid::Uuid::from_u128(n);
        Article {
            id: ArticleId(id(1)),
            story: StoryId(id(2)),
            translated_from: None,
            stage: Stage::Draft,
            edits: 0,
            by: PersonId(id(3)),
            created_at: 1,
            saved_at: 1,
            approval_lapsed: None,
            fields: Fields {
                language: "vi".into(),
                headline: "Lũ".into(),
                keywords: vec!["mưa".into()],
                ..Fields::default()
            },
            body: "Mưa *to*.\n".into(),
        }
    }

    fn store_with_article() -> Result<(Store, Article)> {
        let (store, article) = (Store::open_in_memory()?, article());
        store.write(|tx| {
            people::add(tx, article.by, "Lan", 1)?;
            add(tx, &article)
        })?;
        Ok((store, article))
    }

    #[test]
    fn an_article_is_read_as_it_was_written() -> Result<()> {
        let (store, article) = store_with_article()?;

        assert_eq!(store.read(|conn| get(conn, article.id))?, article);
        Ok(())
    }

    #[test]
    fn a_stale_writer_is_refused_and_changes_nothing() -> Result<()> {
        let (store, article) = store_with_article()?;
        store.write(|tx| save(tx, article.id, 0, &article.fields, "first", 2))?;

        let late = store.write(|tx| save(tx, article.id, 0, &article.fields, "late", 3));

        assert!(matches!(late, Err(Error::Stale { actual: 1, .. })));
        assert_eq!(store.read(|conn| get(conn, article.id))?.body, "first");
        Ok(())
    }

    #[test]
    fn an_article_is_found_by_its_source_url() -> Result<()> {
        let (store, mut article) = store_with_article()?;
        article.fields.source_url = "https://nhandan.vn/x.html".into();
        store.write(|tx| save(tx, article.id, 0, &article.fields, "", 2))?;

        let found = store.read(|conn| from_source_url(conn, "https://nhandan.vn/x.html"))?;

        assert_eq!(found, Some((article.id, "Lũ".into())));
        assert_eq!(store.read(|conn| from_source_url(conn, ""))?, None);
        Ok(())
    }
}
