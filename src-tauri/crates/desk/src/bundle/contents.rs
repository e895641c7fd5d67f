//! What a bundle says: its `article.json`, written and read, and looked at before it is believed.

use std::collections::HashSet;

use domain::{
    article::normalised,
    document::Document,
    ids::{ArticleId, Hash, PlacementId, StoryId},
    leftover::Leftover,
    picture::{PictureKind, PictureWords},
    placement::Position,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::placements::PlacementRow;

use super::{FORMAT, MOST_PICTURES, Refused, picture_name, readable};

/// Most places for pictures in one article.
pub const MOST_PLACEMENTS: usize = 1000;

/// All of `article.json`. Whatever else stands in it is refused: it would be lost without a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    pub format: u32,
    pub article: ArticleId,
    pub story: StoryId,
    pub translated_from: Option<ArticleId>,
    pub created_at: Timestamp,
    pub saved_at: Timestamp,
    /// Of the document, as it stands here.
    pub content_hash: Hash,
    pub document: Document,
    /// What the desk knows of the document's placements besides, in the same order.
    pub placements: Vec<PlacementKept>,
    pub pictures: Vec<PictureKept>,
    pub source_page: Option<Page>,
    pub leftovers: Vec<Leftover>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacementKept {
    pub id: PlacementId,
    /// Words that are not the article's own but the library's.
    pub follows_library: Vec<Word>,
    pub seen_as: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    Caption,
    CreditLine,
    Alt,
}

/// A picture's record in the library; its bytes are an entry of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureKept {
    pub hash: Hash,
    pub kind: PictureKind,
    pub seen_as: String,
    pub words: PictureWords,
}

/// The page the article was taken over from; its bytes are an entry of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub hash: Hash,
    pub kind: PageKind,
    pub headline: String,
    pub taken_in_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    Html,
    Text,
}

/// The one thing that is known of every format there will ever be.
#[derive(Deserialize)]
struct Format {
    format: u64,
}

impl Contents {
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }

    /// Reads `article.json`; what is in it fits together, and its text is as the desk stores text.
    pub fn from_json(json: &[u8]) -> Result<Self, Refused> {
        let unreadable = |error: serde_json::Error| Refused::Damaged(format!("article.json: {error}"));
        let Format { format: found } = serde_json::from_slice(json).map_err(unreadable)?;
        if found > u64::from(FORMAT) {
            return Err(Refused::Newer { found });
        }
        let mut contents: Self = serde_json::from_slice(json).map_err(unreadable)?;
        contents.fit_together().map_err(Refused::Damaged)?;
        contents.normalise()?;
        Ok(contents)
    }

    fn fit_together(&self) -> Result<(), String> {
        let wrong = |why: &str| Err(why.to_owned());
        let places = &self.document.placements;
        let leads = places.iter().filter(|place| place.position == Position::Lead).count();
        let hashes: HashSet<Hash> = self.pictures.iter().map(|picture| picture.hash).collect();
        let placed: HashSet<Hash> = places.iter().filter_map(|place| place.picture).collect();
        if !(1..=FORMAT).contains(&self.format) {
            wrong("no such format was ever written")
        } else if self.document.content_hash() != self.content_hash {
            wrong("the article is not the one that was exported")
        } else if places.len() > MOST_PLACEMENTS || self.pictures.len() > MOST_PICTURES {
            wrong("more pictures than an article can have")
        } else if places.iter().map(|place| place.id).ne(self.placements.iter().map(|kept| kept.id)) {
            wrong("its placements are told differently in two places")
        } else if places.iter().map(|place| place.id).collect::<HashSet<_>>().len() < places.len() {
            wrong("two placements have one id")
        } else if leads > 1 {
            wrong("it has two lead pictures")
        } else if hashes.len() < self.pictures.len() || hashes != placed {
            wrong("its pictures are not those of its placements")
        } else if !places.is_sorted_by_key(|place| rank(place.position)) {
            wrong("its placements are not in the order of a desk")
        } else if !self.leftovers.is_empty() && self.source_page.is_none() {
            wrong("it has leftovers of no page")
        } else {
            Ok(())
        }
    }

    /// Text is normalised where it enters. What a desk exports is so already, and stays the same.
    fn normalise(&mut self) -> Result<(), Refused> {
        let stored = |error: serde_json::Error| Refused::Damaged(error.to_string());
        let whole = serde_json::to_value(&*self).map_err(stored)?;
        *self = serde_json::from_value(all_normalised(whole)).map_err(stored)?;
        self.content_hash = self.document.content_hash();
        Ok(())
    }

    /// Returns the names of all entries that a bundle with these contents has, besides its type and itself.
    pub fn entries(&self) -> HashSet<String> {
        let pictures = self.pictures.iter().map(PictureKept::name);
        let page = self.source_page.iter().map(|page| page.kind.name().to_owned());
        pictures.chain(page).chain(self.readable()).collect()
    }

    /// Returns the names of what is in it for people alone; the first format had nothing.
    pub fn readable(&self) -> Vec<String> {
        if self.format < 2 { Vec::new() } else { readable::names(&self.document) }
    }
}

/// The order in which a desk tells an article's placements.
fn rank(position: Position) -> u8 {
    match position {
        Position::Lead => 0,
        Position::InText => 1,
        Position::Gallery => 2,
    }
}

fn all_normalised(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value::{Array, Object, String};
    match value {
        String(text) => String(normalised(&text)),
        Array(values) => Array(values.into_iter().map(all_normalised).collect()),
        Object(fields) => {
            Object(fields.into_iter().map(|(name, value)| (name, all_normalised(value))).collect())
        }
        plain @ (serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => {
            plain
        }
    }
}

impl PlacementKept {
    pub fn of(row: &PlacementRow) -> Self {
        let words =
            [(Word::Caption, &row.caption), (Word::CreditLine, &row.credit_line), (Word::Alt, &row.alt)];
        let follows = words.into_iter().filter(|(_, own)| own.is_none()).map(|(word, _)| word);
        Self { id: row.id, follows_library: follows.collect(), seen_as: row.seen_as.clone() }
    }
}

impl PictureKept {
    pub fn name(&self) -> String {
        picture_name(self.hash, self.kind)
    }
}

impl PageKind {
    /// Returns how a page is named in the bundle; the desk reads it by its bytes, as ever.
    pub fn of(page: &[u8]) -> Self {
        let start = page.iter().find(|byte| byte.is_ascii_graphic());
        if start == Some(&b'<') { Self::Html } else { Self::Text }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "source-page.html",
            Self::Text => "source-page.txt",
        }
    }
}

/// Returns a time of the desk (Unix milliseconds); one that no calendar has is the nearest that has.
pub fn time(unix_ms: i64) -> Timestamp {
    let nearest = if unix_ms < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(unix_ms).unwrap_or(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents() -> Contents {
        let mut document = Document { body: "Mưa *to*.\n".into(), ..Document::default() };
        document.fields.headline = "Lũ rút".into();
        Contents {
            format: FORMAT,
            article: ArticleId(uuid::Uuid::from_u128(1)),
            story: StoryId(uuid::Uuid::from_u128(2)),
            translated_from: None,
            created_at: time(1_765_500_000_000),
            saved_at: time(1_765_500_000_001),
            content_hash: document.content_hash(),
            document,
            placements: Vec::new(),
            pictures: Vec::new(),
            source_page: None,
            leftovers: Vec::new(),
        }
    }

    fn refused(json: &str) -> Refused {
        Contents::from_json(json.as_bytes()).expect_err("it is refused")
    }

    #[test]
    fn what_was_written_is_read() -> Result<(), Refused> {
        let written = contents();
        let json = written.to_json().expect("it is JSON");

        assert_eq!(Contents::from_json(&json)?, written);
        assert!(String::from_utf8_lossy(&json).contains(r#""created_at": "2025-12-12T00:40:00Z""#));
        Ok(())
    }

    #[test]
    fn a_later_format_is_known_as_one_whatever_else_it_says() {
        assert!(matches!(refused(r#"{"format": 3, "pages": [[{}]]}"#), Refused::Newer { found: 3 }));
        assert!(matches!(refused(r#"{"format": 18446744073709551615}"#), Refused::Newer { found: u64::MAX }));
    }

    #[test]
    fn what_no_desk_wrote_is_damaged() {
        let json = String::from_utf8(contents().to_json().expect("it is JSON")).expect("in UTF-8");
        let deep = format!(r#"{{"format": 1, "document": {}"#, "[".repeat(100_000));
        let changed = [
            json.replace("\"format\": 2", "\"format\": 0"),
            json.replace("Lũ rút", "Lũ lên"),
            json.replace("\"leftovers\"", "\"remains\""),
            json.replace("\"pictures\": []", "\"pictures\": [], \"approved\": true"),
            json.replace("2025-12-12T00:40:00Z", "yesterday"),
            json[..json.len() / 2].to_owned(),
            deep,
            "[]".into(),
            String::new(),
        ];
        for json in changed {
            assert!(matches!(refused(&json), Refused::Damaged(_)), "{json:.400}");
        }
    }

    #[test]
    fn text_is_normalised_where_it_enters() -> Result<(), Refused> {
        let mut written = contents();
        written.document.fields.headline = "Tie\u{302}\u{301}ng\r\n".into();
        written.content_hash = written.document.content_hash();

        let read = Contents::from_json(&written.to_json().expect("it is JSON"))?;

        assert_eq!(read.document.fields.headline, "Tiếng\n");
        assert_eq!(read.content_hash, read.document.content_hash());
        Ok(())
    }
}
