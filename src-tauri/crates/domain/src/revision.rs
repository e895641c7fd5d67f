//! A revision: an article as it stood, immutable. Approval, schedule and publication all point to one.

mod unkept;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_segmentation::UnicodeSegmentation as _;
pub use unkept::Unkept;

use crate::{
    document::Document,
    ids::{ArticleId, Hash, PersonId},
};

/// Why a revision was made at that moment: the natural pauses of writing, and what must not take a text away unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Occasion {
    /// A step was taken with exactly this: its decision says which.
    Step,
    /// As it came, of a page or a file taken in.
    TakenIn,
    /// As it stood before much of it went at once.
    LongDeletion,
    /// Nobody had typed for ten minutes.
    Quiet,
    /// The article, or the desk, was closed.
    Closing,
    /// As it stood before another one took its place: an older revision, or the other side of two written at once.
    BeforeRestore,
    /// An older revision that came back.
    Restored,
}

impl Occasion {
    /// Returns the word stored in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::TakenIn => "taken_in",
            Self::LongDeletion => "long_deletion",
            Self::Quiet => "quiet",
            Self::Closing => "closing",
            Self::BeforeRestore => "before_restore",
            Self::Restored => "restored",
        }
    }

    /// Returns the occasion that `word` names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        serde_json::from_value(word.into()).ok()
    }
}

/// So many letters have to go for the text before to be kept, in one save or in many ([`Unkept`]): about three sentences.
const LONG: usize = 240;

/// Says whether much of `before` is gone in `after`, whatever was put in its place. A paragraph that was moved is not gone.
#[must_use]
pub fn is_long_deletion(before: &str, after: &str) -> bool {
    let (gone, came) = without_common_ends(before, after);
    if gone.len() < LONG {
        return false; // the common case, at every save: nothing is counted
    }
    let letters = |word: &str| word.chars().count();
    let lost: usize = surplus(gone, came).map(|(word, times)| letters(word) * times).sum();
    lost >= LONG
}

/// Returns what is between the beginning and the end that both have.
fn without_common_ends<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let start = common(one.chars(), other.chars());
    let (one, other) = (&one[start..], &other[start..]);
    let end = common(one.chars().rev(), other.chars().rev());
    (&one[..one.len() - end], &other[..other.len() - end])
}

/// Returns how many bytes of letters both begin with.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// Returns the words that `one` has more often than `other`, and how much more often.
fn surplus<'a>(one: &'a str, other: &'a str) -> impl Iterator<Item = (&'a str, usize)> {
    let mut times: HashMap<&str, (usize, usize)> = HashMap::new();
    one.unicode_words().for_each(|word| times.entry(word).or_default().0 += 1);
    other.unicode_words().for_each(|word| {
        if let Some((_, other)) = times.get_mut(word) {
            *other += 1;
        }
    });
    times
        .into_iter()
        .filter_map(|(word, (one, other))| Some((word, one.checked_sub(other)?)))
        .filter(|(_, more)| *more > 0)
}

/// How many words a revision has that the one before it had not, and how many of that one's are gone. A paragraph that
/// was moved is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Change {
    pub added: u32,
    pub removed: u32,
}

impl Change {
    #[must_use]
    pub fn between(before: &Document, after: &Document) -> Self {
        let (before, after) = (words_of(before), words_of(after));
        let (before, after) = without_common_ends(&before, &after);
        let count = |one, other| {
            let words: usize = surplus(one, other).map(|(_, times)| times).sum();
            u32::try_from(words).unwrap_or(u32::MAX)
        };
        Self { added: count(after, before), removed: count(before, after) }
    }
}

/// Everything that a person wrote, one after the other.
fn words_of(document: &Document) -> String {
    let fields = crate::comparison::fields(&document.fields).into_iter().map(|(_, value)| value);
    let pictures =
        document.placements.iter().flat_map(|one| [&one.caption, &one.credit_line, &one.alt]).cloned();
    fields.chain([document.body.clone()]).chain(pictures).collect::<Vec<_>>().join("\n")
}

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
    fn every_occasion_has_its_word() {
        for one in [
            Occasion::Step,
            Occasion::TakenIn,
            Occasion::LongDeletion,
            Occasion::Quiet,
            Occasion::Closing,
            Occasion::BeforeRestore,
            Occasion::Restored,
        ] {
            assert_eq!(Occasion::named(one.word()), Some(one));
        }
        assert_eq!(Occasion::named("later"), None);
    }

    #[test]
    fn what_is_a_long_deletion_and_what_is_not() {
        let numbered = |from: u32, to: u32| {
            (from..to)
                .map(|at| format!("Câu số {at} kể về chợ nổi lúc rạng sáng."))
                .collect::<Vec<_>>()
                .join("\n\n")
        };
        let long = numbered(0, 20);
        let moved = format!("{}\n\n{}", numbered(10, 20), numbered(0, 10));
        let table = [
            (long.as_str(), "", true),
            (&long, &numbered(0, 10), true),
            (&long, &numbered(100, 120), false), // the same words but for the numbers
            (&long, "Một tin khác hẳn, chẳng liên quan gì.", true),
            (&long, &numbered(0, 19), false), // a sentence
            (&long, &moved, false),
            ("ngắn", "", false),
            ("", &long, false),
            (&long, &long, false),
            ("ế", "ề", false), // the common ends are whole letters
        ];
        for (at, (before, after, wanted)) in table.into_iter().enumerate() {
            assert_eq!(is_long_deletion(before, after), wanted, "row {at}");
        }
    }

    #[test]
    fn the_size_of_a_change_is_told_in_words() {
        let document = |headline: &str, body: &str| {
            let mut document = Document { body: body.into(), ..Document::default() };
            document.fields.headline = headline.into();
            document
        };
        let change = |before: (&str, &str), after: (&str, &str)| {
            let change = Change::between(&document(before.0, before.1), &document(after.0, after.1));
            (change.added, change.removed)
        };

        assert_eq!(change(("Lũ", "Mưa to."), ("Lũ lớn", "Mưa rất to.")), (2, 0));
        assert_eq!(change(("Lũ", "một hai"), ("Lũ", "hai một")), (0, 0));
        assert_eq!(change(("", "Mưa to suốt đêm."), ("", "Nắng.")), (1, 4));
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
