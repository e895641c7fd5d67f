//! The post as it is to be, and how it differs from the post there is.

use domain::{
    ids::{DecisionId, Hash},
    page::name,
    placement::Placement,
};
use protocol::Edition;
use serde_json::{Value, json};

use super::super::{
    Wordpress,
    blocks::{Image, Post, as_text},
    marker::Marker,
    me::WpMe,
    post::WpPost,
};
use crate::{
    Delivery, Fault,
    term::{TermKind, TermMapping},
};

/// All fields that are sent, and what was learnt on the way.
pub struct Wanted {
    decision: DecisionId,
    headline: String,
    standfirst: String,
    content: String,
    slug: String,
    featured: u64,
    categories: Vec<u64>,
    tags: Vec<u64>,
    author: Option<u64>,
    lost_author: Option<u64>,
    pub learnt: Vec<TermMapping>,
    differences: Vec<String>,
}

impl Wordpress {
    pub(in crate::wordpress) async fn wanted(
        &self,
        delivery: &Delivery<'_>,
        me: &WpMe,
    ) -> Result<Wanted, Fault> {
        let edition = delivery.edition;
        let fields = &edition.document.fields;
        let (images, belongs) =
            tokio::try_join!(self.images_of(edition), self.belongs(fields, delivery.terms, me))?;
        let image = |placement: &Placement| rendition_of(edition, placement).and_then(&images);
        let notices: Vec<&str> = delivery
            .earlier_notices
            .iter()
            .map(String::as_str)
            .chain(edition.correction_notice.lines())
            .filter(|notice| !notice.trim().is_empty())
            .collect();
        let post = Post {
            document: &edition.document,
            marker: Marker {
                article: edition.article,
                decision: delivery.decision,
                content: edition.content_hash,
                language: fields.language.clone(),
                sum: String::new(),
            },
            site_language: &self.site_language,
            notices: &notices,
            image: &image,
        };
        let lead = edition.document.lead().or(edition.document.placements.first());
        let (headline, standfirst) = (as_text(&fields.headline), as_text(&fields.standfirst));
        let content = Marker::summed(&headline, &standfirst, &post.content());
        Ok(Wanted {
            decision: delivery.decision,
            headline,
            standfirst,
            content,
            slug: name::of(fields, edition.article),
            featured: lead.and_then(image).map_or(0, |image| image.id),
            categories: belongs.categories,
            tags: belongs.tags,
            author: belongs.author,
            lost_author: None,
            learnt: belongs.learnt,
            differences: belongs.differences,
        })
    }

    /// Returns how the portal keeps the edition's pictures; all must be there.
    async fn images_of(&self, edition: &Edition) -> Result<impl Fn(Hash) -> Option<Image> + use<>, Fault> {
        let renditions: Vec<Hash> = edition.renditions.iter().map(|made| made.rendition).collect();
        let mut known = self.pictures.lock().await.clone();
        let missing: Vec<Hash> =
            renditions.iter().filter(|hash| !known.contains_key(hash)).copied().collect();
        if !missing.is_empty() {
            known.extend(self.known_pictures(&missing).await?);
        }
        if let Some(lost) = renditions.iter().find(|hash| !known.contains_key(hash)) {
            let words = format!("picture {lost} is not on the portal any more; it is sent again");
            return Err(Fault::Busy { retry_after: None, words });
        }
        Ok(move |hash: Hash| known.get(&hash).cloned())
    }
}

/// Returns the rendition of a placement's picture. A picture that stands twice has one for each place, in their order;
/// where there are several sizes, the largest.
pub fn rendition_of(edition: &Edition, placement: &Placement) -> Option<Hash> {
    let picture = placement.picture?;
    let made: Vec<_> = edition.renditions.iter().filter(|made| made.picture == picture).collect();
    let places: Vec<_> =
        edition.document.placements.iter().filter(|place| place.picture == Some(picture)).collect();
    if made.len() == places.len() {
        let at = places.iter().position(|place| place.id == placement.id)?;
        return Some(made[at].rendition);
    }
    made.into_iter().max_by_key(|made| made.width).map(|made| made.rendition)
}

impl Wanted {
    /// Returns all fields of a new post.
    pub fn whole(&self) -> Value {
        let mut fields = json!({
            "title": self.headline,
            "excerpt": self.standfirst,
            "content": self.content,
            "slug": self.slug,
            "featured_media": self.featured,
            "tags": self.tags,
        });
        if !self.categories.is_empty() {
            fields["categories"] = json!(self.categories);
        }
        if let Some(author) = self.author {
            fields["author"] = json!(author);
        }
        fields
    }

    /// Returns all fields for a post there is: its address stays, and so do terms that were given it on the portal.
    pub fn over(&self, post: &WpPost) -> Value {
        let mut fields = self.whole();
        fields["tags"] = json!(joined(&post.tags, &self.tags));
        if !self.categories.is_empty() && post.is_live() {
            fields["categories"] = json!(joined(&post.categories, &self.categories));
        }
        if post.is_live() {
            fields["slug"] = json!(post.slug);
        }
        if let Some(fields) = fields.as_object_mut() {
            fields.remove("author"); // the portal's own choice by now
        }
        fields
    }

    /// The draft is as it was sent: only its address and its terms may have to be put right.
    pub fn its_place(&self, post: &WpPost) -> Value {
        let mut fields = json!({ "tags": joined(&post.tags, &self.tags) });
        if !self.categories.is_empty() {
            fields["categories"] = json!(self.categories);
        }
        if post.slug != self.slug {
            fields["slug"] = json!(self.slug);
        }
        fields
    }

    /// The portal refuses the post: it may be for the user it does not know any more. Says whether there was one.
    pub fn drop_author(&mut self) -> bool {
        self.lost_author = self.author.take();
        if self.lost_author.is_some() {
            self.differences
                .push("byline: the portal has no such user any more; the account itself was taken".into());
        }
        self.lost_author.is_some()
    }

    /// Returns the mappings to terms that the portal does not have any more: they are looked for anew next time.
    pub fn forgotten(&self, post: &WpPost, known: &[TermMapping]) -> Vec<TermMapping> {
        let is_gone = |term: &&TermMapping| {
            let Ok(id) = term.theirs.parse::<u64>() else { return true };
            match term.kind {
                TermKind::Category | TermKind::Language => {
                    self.categories.contains(&id) && !post.categories.contains(&id)
                }
                TermKind::Keyword => self.tags.contains(&id) && !post.tags.contains(&id),
                TermKind::Byline => self.lost_author == Some(id),
            }
        };
        known.iter().filter(is_gone).cloned().collect()
    }

    /// Whether the post says what is wanted, word for word.
    pub fn is_in(&self, post: &WpPost) -> bool {
        post.content.raw == self.content
            && post.title.raw == self.headline
            && post.excerpt.raw == self.standfirst
            && post.featured_media == self.featured
    }

    /// Says what WordPress made otherwise than it was asked, without a word of its own.
    pub fn differences(&self, post: &WpPost) -> Vec<String> {
        let mut found = self.differences.clone();
        if post.is_by(self.decision) {
            let texts = [
                ("headline", post.title.raw == self.headline),
                ("standfirst", post.excerpt.raw == self.standfirst),
                ("text", post.content.raw == self.content),
            ];
            let changed = texts.into_iter().filter(|(_, same)| !same);
            found.extend(
                changed.map(|(name, _)| format!("{name}: WordPress keeps it otherwise than it was sent")),
            );
        }
        if post.featured_media != self.featured {
            found.push("featured picture: WordPress did not take it".into());
        }
        let dropped = |wanted: &[u64], kept: &[u64]| -> Vec<String> {
            wanted.iter().filter(|id| !kept.contains(id)).map(u64::to_string).collect()
        };
        for (name, ids) in [
            ("categories", dropped(&self.categories, &post.categories)),
            ("tags", dropped(&self.tags, &post.tags)),
        ] {
            if !ids.is_empty() {
                found.push(format!(
                    "{name}: WordPress has none with the id {} any more; they are looked for anew next time",
                    ids.join(", ")
                ));
            }
        }
        found
    }
}

fn joined(there: &[u64], ours: &[u64]) -> Vec<u64> {
    let mut all = there.to_vec();
    all.extend(ours.iter().filter(|id| !there.contains(id)));
    all
}
