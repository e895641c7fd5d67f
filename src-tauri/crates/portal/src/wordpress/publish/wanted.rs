//! The post as it is to be, and how it differs from the post there is.

use domain::{
    ids::{DecisionId, Hash},
    page::name,
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
use crate::{Delivery, Fault, term::TermMapping};

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
    pub learnt: Vec<TermMapping>,
    differences: Vec<String>,
}

impl Wordpress {
    pub(super) async fn wanted(&self, delivery: &Delivery<'_>, me: &WpMe) -> Result<Wanted, Fault> {
        let edition = delivery.edition;
        let fields = &edition.document.fields;
        let (images, belongs) =
            tokio::try_join!(self.images_of(edition), self.belongs(fields, delivery.terms, me))?;
        let image = |picture: Hash| largest(edition, picture).and_then(&images);
        let post = Post {
            document: &edition.document,
            marker: Marker {
                article: edition.article,
                decision: delivery.decision,
                content: edition.content_hash,
                language: fields.language.clone(),
            },
            site_language: &self.site_language,
            correction_notice: &edition.correction_notice,
            image: &image,
        };
        let lead = edition.document.lead().or(edition.document.placements.first());
        Ok(Wanted {
            decision: delivery.decision,
            headline: as_text(&fields.headline),
            standfirst: as_text(&fields.standfirst),
            content: post.content(),
            slug: name::of(fields, edition.article),
            featured: lead.and_then(|lead| image(lead.picture?)).map_or(0, |image| image.id),
            categories: belongs.categories,
            tags: belongs.tags,
            author: belongs.author,
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
            return Err(Fault::Unknown(format!("picture {lost} was uploaded and is not on the portal")));
        }
        Ok(move |hash: Hash| known.get(&hash).cloned())
    }
}

fn largest(edition: &Edition, picture: Hash) -> Option<Hash> {
    let sizes = edition.renditions.iter().filter(|made| made.picture == picture);
    sizes.max_by_key(|made| made.width).map(|made| made.rendition)
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

    /// The draft is as it was sent: only what WordPress made of its address may be put right.
    pub fn only_its_place(&self, post: &WpPost) -> Value {
        if post.slug == self.slug { json!({}) } else { json!({ "slug": self.slug }) }
    }

    /// Whether this decision wrote the post.
    pub fn is_by_us(&self, post: &WpPost) -> bool {
        post.marker().is_some_and(|marker| marker.decision == self.decision)
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
        if post.marker().is_some() && self.is_by_us(post) {
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
                    "{name}: WordPress has none with the id {}; match them again",
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
