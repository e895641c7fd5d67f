//! An article as the desk writes it: one language edition, every part in its own field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use crate::{
    ids::{ArticleId, PersonId, StoryId},
    stage::Stage,
};

/// The fields of an article, each under the trade's own word (IPTC names where there is one). Empty text means unset.
///
/// All text is NFC with LF line ends. Dates are `YYYY-MM-DD`; times are RFC 3339 in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Fields {
    /// Language of this edition, BCP 47, e.g. `vi`, `ms`, `zh-Hans`.
    pub language: String,
    /// Short internal name of the story; readers never see it.
    pub slugline: String,
    /// Words in the web address.
    pub url_slug: String,
    /// The team that owns the article.
    pub desk: String,
    /// Short label above the headline.
    pub kicker: String,
    pub headline: String,
    /// One or two sentences under the headline (sapo).
    pub standfirst: String,
    /// Place, and date, the report comes from.
    pub dateline: String,
    /// Who wrote it.
    pub byline: String,
    pub translator: String,
    pub editor: String,
    /// Initials of everyone who handled it.
    pub sign_off: String,
    /// Where on the site: a code, never a translated label.
    pub category_code: String,
    pub keywords: Vec<String>,
    /// The newspaper that published it first.
    pub source_paper: String,
    pub source_url: String,
    /// The source paper's own id of the article.
    pub foreign_id: String,
    /// Day the source paper published it, `YYYY-MM-DD`.
    pub source_date: String,
    pub original_headline: String,
    /// Note to desks and partners, never to readers.
    pub ed_note: String,
    /// Not before this time, RFC 3339 in UTC.
    pub embargo: String,
    /// Planned time of publication, RFC 3339 in UTC.
    pub schedule: String,
}

impl Fields {
    /// Says whether the article was taken over from another paper, and so owes its readers the source URL.
    #[must_use]
    pub fn taken_over(&self) -> bool {
        !self.source_paper.trim().is_empty() || !self.source_url.trim().is_empty()
    }
}

/// An article as it stands on the desk: the text being worked on, saved or just taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub id: ArticleId,
    pub story: StoryId,
    /// The edition this one was translated from.
    pub translated_from: Option<ArticleId>,
    pub stage: Stage,
    /// Counts saves; guards a stale writer.
    pub edits: u32,
    /// Who began it.
    pub by: PersonId,
    /// Unix milliseconds, UTC.
    pub created_at: i64,
    pub saved_at: i64,
    /// When the approval was given that an edit has since voided; `None` when there is none to mourn.
    pub approval_lapsed: Option<i64>,
    pub fields: Fields,
    /// Markdown, byte for byte as typed.
    pub body: String,
}

/// Returns `text` as it is stored: NFC, LF line ends, without NUL.
#[must_use]
pub fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").nfc().filter(|c| *c != '\0').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_enters_as_nfc_with_lf() {
        assert_eq!(normalised("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t\r\nhai\rba\0"), "Tiếng Việt\nhai\nba");
    }
}
