//! Categories, tags and users: WordPress takes their ids only, and drops one it does not know without a word.

use domain::article::Fields;
use scraper::Html;
use serde::Deserialize;

use super::{Wordpress, me::WpMe};
use crate::{
    Fault,
    term::{Term, TermKind, TermMapping},
};

/// So many pages of a hundred are asked for.
const MOST_PAGES: u32 = 20;

#[derive(Debug, Deserialize)]
struct WpTerm {
    id: u64,
    name: String,
    #[serde(default)]
    slug: String,
}

/// Where a post belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Belongs {
    pub categories: Vec<u64>,
    pub tags: Vec<u64>,
    /// Who the portal says wrote it.
    pub author: Option<u64>,
    /// Found on the way, to be kept.
    pub learnt: Vec<TermMapping>,
    pub differences: Vec<String>,
}

impl Wordpress {
    /// Returns where a post of these fields belongs: by what is known, else by what the portal has under our words.
    pub(super) async fn belongs(
        &self,
        fields: &Fields,
        known: &[TermMapping],
        me: &WpMe,
    ) -> Result<Belongs, Fault> {
        let mut belongs = Belongs::default();
        if !fields.category_code.is_empty() {
            match self.found(TermKind::Category, &fields.category_code, known, &mut belongs).await? {
                Some(id) => belongs.categories.push(id),
                None => belongs.differences.push(format!(
                    "category: “{}” is not matched with one of the portal's; the portal's default was taken",
                    fields.category_code
                )),
            }
        }
        belongs.categories.extend(mapped(TermKind::Language, &fields.language, known));
        for keyword in fields.keywords.iter().filter(|keyword| !keyword.trim().is_empty()) {
            if let Some(id) = self.found(TermKind::Keyword, keyword, known, &mut belongs).await? {
                belongs.tags.push(id);
            }
        }
        if !fields.byline.is_empty() && me.may("edit_others_posts") {
            belongs.author = self.found(TermKind::Byline, &fields.byline, known, &mut belongs).await?;
        }
        Ok(belongs)
    }

    async fn found(
        &self,
        kind: TermKind,
        ours: &str,
        known: &[TermMapping],
        belongs: &mut Belongs,
    ) -> Result<Option<u64>, Fault> {
        if let Some(id) = mapped(kind, ours, known) {
            return Ok(Some(id));
        }
        let term = match kind {
            TermKind::Category => self.category(ours).await?,
            TermKind::Keyword => Some(self.tag(ours).await?),
            TermKind::Byline => self.user(ours).await?,
            TermKind::Language => None,
        };
        let Some(term) = term else { return Ok(None) };
        let name = decoded(&term.name);
        belongs.learnt.push(TermMapping { kind, ours: ours.to_owned(), theirs: term.id.to_string(), name });
        Ok(Some(term.id))
    }

    /// Returns the term of this name.
    async fn named(&self, route: &str, ours: &str) -> Result<Option<WpTerm>, Fault> {
        let kept = ours.replace('&', "&amp;"); // as WordPress keeps names
        let request = self.api.get(route).query(&[
            ("search", kept.as_str()),
            ("per_page", "100"),
            ("_fields", "id,name,slug"),
        ]);
        let terms: Vec<WpTerm> = self.api.ask(request).await?;
        Ok(terms.into_iter().find(|term| same_words(&decoded(&term.name), ours)))
    }

    /// Returns the category of this name, or whose slug is this code.
    async fn category(&self, ours: &str) -> Result<Option<WpTerm>, Fault> {
        if let Some(category) = self.named("wp/v2/categories", ours).await? {
            return Ok(Some(category));
        }
        let request = self.api.get("wp/v2/categories").query(&[("slug", ours), ("_fields", "id,name,slug")]);
        let terms: Vec<WpTerm> = self.api.ask(request).await?;
        Ok(terms.into_iter().find(|term| term.slug == ours))
    }

    /// Returns the tag of this name, made where there is none: every role may.
    async fn tag(&self, name: &str) -> Result<WpTerm, Fault> {
        if let Some(tag) = self.named("wp/v2/tags", name).await? {
            return Ok(tag);
        }
        let id = self.api.make_term("wp/v2/tags", name).await?;
        Ok(WpTerm { id, name: name.to_owned(), slug: String::new() })
    }

    /// Returns the user of this display name, where the account may ask at all.
    async fn user(&self, name: &str) -> Result<Option<WpTerm>, Fault> {
        match self.named("wp/v2/users", name).await {
            Err(Fault::Refused { .. } | Fault::NotAPortal(_)) => Ok(None), // security plugins close this route
            other => other,
        }
    }

    /// Returns the portal's categories.
    pub(super) async fn categories(&self) -> Result<Vec<Term>, Fault> {
        let mut all = Vec::new();
        for page in 1..=MOST_PAGES {
            let page = page.to_string();
            let request = self.api.get("wp/v2/categories").query(&[
                ("per_page", "100"),
                ("orderby", "name"),
                ("page", page.as_str()),
                ("_fields", "id,name,slug"),
            ]);
            let some: Vec<WpTerm> = self.api.ask(request).await?;
            let is_last = some.len() < 100;
            all.extend(some.into_iter().map(|term| Term {
                kind: TermKind::Category,
                id: term.id.to_string(),
                name: decoded(&term.name),
            }));
            if is_last {
                break;
            }
        }
        Ok(all)
    }
}

fn mapped(kind: TermKind, ours: &str, known: &[TermMapping]) -> Option<u64> {
    known.iter().find(|term| term.kind == kind && term.ours == ours)?.theirs.parse().ok()
}

fn same_words(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Names come as HTML: `A &amp; B`.
fn decoded(name: &str) -> String {
    Html::parse_fragment(name).root_element().text().collect()
}
