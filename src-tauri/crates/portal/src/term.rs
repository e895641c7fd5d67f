//! Our words for where an article belongs, and a portal's: categories, keywords, people, languages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a term is a word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TermKind {
    /// `category_code`.
    Category,
    /// One of `keywords`.
    Keyword,
    /// `byline`: who the portal says wrote it.
    Byline,
    /// `language`: where a portal without languages keeps its editions apart by category.
    Language,
}

impl TermKind {
    pub const ALL: [Self; 4] = [Self::Category, Self::Keyword, Self::Byline, Self::Language];

    /// Returns the kind's word in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Keyword => "keyword",
            Self::Byline => "byline",
            Self::Language => "language",
        }
    }
}

/// A term the portal has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Term {
    pub kind: TermKind,
    /// The portal's own id.
    pub id: String,
    pub name: String,
}

/// Our word and the portal's term for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TermMapping {
    pub kind: TermKind,
    pub ours: String,
    /// The portal's own id of the term.
    pub theirs: String,
    /// The portal's name of it, for people.
    pub name: String,
}
