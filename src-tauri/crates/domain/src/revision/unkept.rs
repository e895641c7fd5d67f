//! A long text can go in many small steps, of which none is long: held Backspace, one paragraph after the other.

use super::{LONG, is_long_deletion};
use crate::document::Document;

/// The most that an article has said since it was last kept as a revision. Once as much of that is gone as makes a long
/// deletion, it is kept, in however many steps it went; what is then left of it is in that revision too, and is kept
/// again only when as much was written anew.
#[derive(Debug, Clone, Default)]
pub struct Unkept {
    /// The shortest that the body was since then, in bytes.
    shortest: usize,
    fullest: Option<Document>,
}

impl Unkept {
    /// Begins anew: all that `body` says is in a revision.
    #[must_use]
    pub fn after_keeping(body: &str) -> Self {
        Self { shortest: body.len(), fullest: None }
    }

    /// Takes note of how the article stands before its next save.
    pub fn stands(&mut self, now: &Document) {
        let length = now.body.len();
        self.shortest = self.shortest.min(length);
        let at_least = self.fullest.as_ref().map_or(self.shortest + LONG, |fullest| fullest.body.len());
        if length >= at_least {
            self.fullest = Some(now.clone());
        }
    }

    /// Returns what is to be kept before the body becomes `next`, where too much is gone with that.
    #[must_use]
    pub fn lost_with(&self, next: &str) -> Option<&Document> {
        let fullest = self.fullest.as_ref()?;
        // A text that did not become shorter lost nothing unseen; in most saves nothing more is looked at.
        let is_shorter = next.len() + LONG <= fullest.body.len();
        (is_shorter && is_long_deletion(&fullest.body, next)).then_some(fullest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(body: &str) -> Document {
        Document { body: body.into(), ..Document::default() }
    }

    fn sentences(count: usize) -> String {
        (0..count).map(|at| format!("Câu số {at} kể về chợ nổi lúc rạng sáng. ")).collect()
    }

    /// Saves these bodies one after the other, and returns those that were kept first.
    fn kept(mut unkept: Unkept, bodies: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut bodies = bodies.into_iter();
        let (mut before, mut kept) = (bodies.next().unwrap_or_default(), Vec::new());
        for body in bodies {
            unkept.stands(&document(&before));
            if let Some(fullest) = unkept.lost_with(&body) {
                kept.push(fullest.body.clone());
                unkept = Unkept::after_keeping(&body);
            }
            before = body;
        }
        kept
    }

    /// The text as it is when its last letters go, so many at each save.
    fn backspace(text: &str, at_once: usize) -> Vec<String> {
        let mut letters: Vec<char> = text.chars().collect();
        let mut bodies = vec![text.to_owned()];
        while !letters.is_empty() {
            letters.truncate(letters.len().saturating_sub(at_once));
            bodies.push(letters.iter().collect());
        }
        bodies
    }

    #[test]
    fn a_text_that_goes_in_steps_of_any_size_is_kept_once_and_whole() {
        let text = sentences(40);
        for at_once in [1, 7, 50, 239] {
            assert_eq!(kept(Unkept::default(), backspace(&text, at_once)), [text.as_str()], "{at_once}");
        }
    }

    #[test]
    fn what_a_revision_has_already_may_go() {
        let text = sentences(40);
        assert_eq!(kept(Unkept::after_keeping(&text), backspace(&text, 20)), [] as [&str; 0]);
    }

    #[test]
    fn what_was_written_since_the_last_revision_is_kept_before_it_goes() {
        let (old, new) = (sentences(10), sentences(30));
        let bodies = [vec![old.clone()], backspace(&new, 15)].concat();
        assert_eq!(kept(Unkept::after_keeping(&old), bodies), [new]);
    }

    #[test]
    fn a_few_words_there_and_back_a_moved_sentence_and_a_short_text_are_no_loss() {
        let text = sentences(20);
        let moved = format!("{}{}", &text[text.len() / 2..], &text[..text.len() / 2]);
        let small: String = text.chars().take(text.chars().count() - 100).collect();
        for bodies in [
            [text.clone(), small, text.clone(), moved].to_vec(),
            backspace("Một tin ngắn.", 1),
            vec![String::new(), text],
        ] {
            assert_eq!(kept(Unkept::default(), bodies), [] as [&str; 0]);
        }
    }

    #[test]
    fn what_is_written_anew_after_that_and_goes_again_is_kept_again() {
        let (first, second) = (sentences(20), sentences(33));
        let bodies = [backspace(&first, 30), backspace(&second, 30)].concat();
        assert_eq!(kept(Unkept::default(), bodies), [first, second]);
    }
}
