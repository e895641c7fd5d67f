//! An article for other programs: ninjs 3.1 in a file (`docs/ninjs.md`).

use std::{io::Write as _, path::Path};

use domain::{
    article::Article,
    ids::ArticleId,
    ninjs::{self, About},
    page,
    stage::Stage,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;
use store::{articles, pictures, placements};

use crate::{
    Desk, Error, Result,
    article::document_of,
    files::{self, Existing},
};

/// How the name of such a file ends.
pub const ENDING: &str = "ninjs.json";

impl Desk {
    /// Returns an article as ninjs.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn ninjs(&self, id: ArticleId) -> Result<Value> {
        self.store.read(|conn| {
            let article = articles::get(conn, id)?;
            let document = document_of(conn, &article)?;
            let mut known = Vec::new();
            for hash in placements::of_article(conn, id)?.iter().filter_map(|row| row.picture) {
                known.extend(pictures::get(conn, hash)?);
            }
            Ok(ninjs::item(&document, &about(&article), &known))
        })
    }

    /// Writes an article as ninjs into a file. Returns its bytes.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`], and when the file cannot be written.
    pub fn export_ninjs(&self, id: ArticleId, file: &Path, existing: Existing) -> Result<u64> {
        let mut json = serde_json::to_vec_pretty(&self.ninjs(id)?).map_err(store::Error::from)?;
        json.push(b'\n');
        files::write(file, existing, |new, failed| new.write_all(&json).map_err(failed))
    }

    /// Returns what such a file of an article is called where nobody says otherwise.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn ninjs_name(&self, id: ArticleId) -> Result<String> {
        let article = self.store.read::<_, Error>(|conn| Ok(articles::get(conn, id)?))?;
        Ok(format!("{}.{ENDING}", page::name::of(&article.fields, id)))
    }
}

fn about(article: &Article) -> About {
    About {
        article: article.id,
        story: article.story,
        translated_from: article.translated_from,
        created_at: time(article.created_at),
        saved_at: time(article.saved_at),
        edits: article.edits,
        embargoed_until: embargo(&article.fields.embargo),
        content_created: day(&article.fields.source_date),
        is_usable: !matches!(article.stage, Stage::OnHold | Stage::Spiked),
    }
}

fn time(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms).unwrap_or_default().to_string()
}

/// A stored time says the zone it was typed in, which ninjs has no place for.
fn embargo(stored: &str) -> Option<String> {
    let time: Timestamp = stored.split('[').next()?.parse().ok()?;
    Some(time.to_string())
}

/// Of a day only its beginning is a time.
fn day(stored: &str) -> Option<String> {
    let day: Date = stored.parse().ok()?;
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().to_string())
}
