//! Templates, as the window shows them and asks for them.

use domain::ids::{ArticleId, TemplateId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A template in the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TemplateShown {
    pub id: TemplateId,
    pub name: String,
    /// Language of its articles, BCP 47.
    pub language: String,
    pub headline: String,
    /// How many places wait for a person's words.
    pub places: u32,
    /// How many pictures it wants.
    pub pictures: u32,
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub saved_at: i64,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct TemplateAsked {
    pub id: TemplateId,
}

/// A new article from a template.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct FromTemplate {
    pub id: TemplateId,
    /// Every place stays a place: somebody wants to change the template itself.
    pub as_it_is: bool,
}

/// A template of an article, as it was saved last.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct TemplateWanted {
    pub article: ArticleId,
    pub name: String,
    /// The person was asked whether the template of this name may be replaced.
    pub replace: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct TemplateRenamed {
    pub id: TemplateId,
    pub name: String,
}
