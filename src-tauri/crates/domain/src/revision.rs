//! A revision: an article as it stood, immutable. Approval, schedule and publication all point to one.

use serde::{Deserialize, Serialize};

use crate::{
    document::Document,
    ids::{ArticleId, Hash, PersonId},
};

/// One immutable state of an article. As git has tree and commit, it has a content hash and a revision id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub id: Hash,
    pub article: ArticleId,
    pub content_hash: Hash,
    pub parents: Vec<Hash>,
    pub by: PersonId,
    /// Unix milliseconds, UTC.
    pub made_at: i64,
    pub document: Document,
}

#[derive(Serialize)]
struct Named<'a> {
    content_hash: Hash,
    parents: &'a [Hash],
    by: PersonId,
    made_at: i64,
}

impl Revision {
    /// Makes the revision that holds `document`, made by `by` at `made_at` (Unix ms) out of `parents`.
    ///
    /// Its id is the SHA-256 of the canonical JSON of content hash, sorted parents, person and time.
    #[must_use]
    pub fn new(
        article: ArticleId,
        document: Document,
        mut parents: Vec<Hash>,
        by: PersonId,
        made_at: i64,
    ) -> Self {
        parents.sort_unstable();
        let content_hash = document.content_hash();
        let named = Named { content_hash, parents: &parents, by, made_at };
        let canonical =
            serde_json_canonicalizer::to_vec(&named).expect("hashes and numbers always have canonical JSON");
        Self { id: Hash::of(&canonical), article, content_hash, parents, by, made_at, document }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn revision(headline: &str, parents: Vec<Hash>, made_at: i64) -> Revision {
        let mut document = Document::default();
        document.fields.headline = headline.into();
        Revision::new(ArticleId(Uuid::nil()), document, parents, PersonId(Uuid::nil()), made_at)
    }

    #[test]
    fn the_same_words_have_one_content_hash_whoever_wrote_them_when() {
        let (first, later) = (revision("Lũ", vec![], 1), revision("Lũ", vec![], 2));

        assert_eq!(first.content_hash, later.content_hash);
        assert_ne!(first.id, later.id);
    }

    #[test]
    fn the_order_of_parents_does_not_matter() {
        let (a, b) = (Hash::of(b"a"), Hash::of(b"b"));

        assert_eq!(revision("Lũ", vec![a, b], 1).id, revision("Lũ", vec![b, a], 1).id);
    }

    #[test]
    fn a_changed_caption_changes_the_content_hash() {
        let document = Document::default();
        let mut captioned = document.clone();
        captioned.placements.push(crate::placement::Placement {
            id: crate::ids::PlacementId(Uuid::nil()),
            position: crate::placement::Position::Lead,
            caption: "Chợ nổi".into(),
            credit_line: String::new(),
            alt: String::new(),
            picture: None,
        });

        assert_ne!(document.content_hash(), captioned.content_hash());
    }
}
