//! What the command line prints: the shapes of `docs/cli.md`.

use desk::window::{ArticleShown, PlacementShown, PublicationState};
use domain::{
    article::Fields,
    checks::{Check, Finding},
    ids::{ArticleId, Hash, PlacementId},
    placement::Position,
    stage::Stage,
};
use serde::Serialize;

/// A line of `list`.
#[derive(Serialize)]
pub struct Listed {
    id: ArticleId,
    headline: String,
    stage: Stage,
    publication: PublicationState,
}

impl From<ArticleShown> for Listed {
    fn from(article: ArticleShown) -> Self {
        let publication = publication(&article);
        Self { id: article.id, headline: article.fields.headline, stage: article.stage, publication }
    }
}

/// Returns what readers can see, on whichever portal it stands best.
fn publication(article: &ArticleShown) -> PublicationState {
    let states: Vec<_> = article.publications.iter().map(|publication| publication.state).collect();
    let best = [
        PublicationState::Corrected,
        PublicationState::Live,
        PublicationState::Queued,
        PublicationState::Unpublished,
        PublicationState::TakenDown,
        PublicationState::Killed,
    ];
    best.into_iter().find(|state| states.contains(state)).unwrap_or(PublicationState::Never)
}

/// The answer of `show`: every field under its own name.
#[derive(Serialize)]
pub struct Whole {
    id: ArticleId,
    stage: Stage,
    publication: PublicationState,
    edits: u32,
    #[serde(flatten)]
    fields: Fields,
    body: String,
    placements: Vec<Placed>,
    leftovers: Vec<String>,
    publications: Vec<Published>,
}

#[derive(Serialize)]
struct Placed {
    id: PlacementId,
    position: Position,
    caption: String,
    credit_line: String,
    alt: String,
    /// SHA-256 of the file; null while it is wanted.
    picture: Option<Hash>,
    seen_as: String,
}

#[derive(Serialize)]
struct Published {
    portal: String,
    state: PublicationState,
    url: String,
    is_current: bool,
    differences: Vec<String>,
}

impl From<PlacementShown> for Placed {
    fn from(placement: PlacementShown) -> Self {
        Self {
            id: placement.id,
            position: placement.position,
            caption: placement.caption,
            credit_line: placement.credit_line,
            alt: placement.alt,
            picture: placement.picture.map(|picture| picture.hash),
            seen_as: placement.seen_as,
        }
    }
}

impl From<ArticleShown> for Whole {
    fn from(article: ArticleShown) -> Self {
        Self {
            publication: publication(&article),
            id: article.id,
            stage: article.stage,
            edits: article.edits,
            leftovers: leftovers(&article),
            placements: article.placements.into_iter().map(Placed::from).collect(),
            publications: article.publications.into_iter().map(Published::from).collect(),
            fields: article.fields,
            body: article.body,
        }
    }
}

impl From<desk::window::PublicationShown> for Published {
    fn from(shown: desk::window::PublicationShown) -> Self {
        Self {
            portal: shown.portal,
            state: shown.state,
            url: shown.url,
            is_current: shown.is_current,
            differences: shown.differences,
        }
    }
}

/// The answer of `import`.
#[derive(Serialize)]
pub struct Imported {
    pub id: ArticleId,
    /// Lines of the page that are in no field, as they stood.
    pub leftovers: Vec<String>,
}

/// Returns the lines of the source page that are in no field.
pub fn leftovers(article: &ArticleShown) -> Vec<String> {
    article.leftovers.iter().map(|leftover| leftover.text.clone()).collect()
}

/// A line of `check`.
#[derive(Serialize)]
pub struct Found {
    check: Check,
    blocks: bool,
    placement: Option<PlacementId>,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Self { check: finding.check, blocks: finding.blocks, placement: finding.placement }
    }
}

/// The answer of `submit` and `approve`.
#[derive(Serialize)]
pub struct Stepped {
    pub id: ArticleId,
    pub stage: Stage,
}
