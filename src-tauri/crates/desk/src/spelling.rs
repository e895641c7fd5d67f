//! Spelling: by the dictionaries of the system, the newsroom's words and the person's own.

use std::collections::HashSet;

use domain::ids::PersonId;
use serde::{Deserialize, Serialize};
use store::spelling as kept;
use ts_rs::TS;

use crate::{Desk, Error, Result};

/// Written in every newsroom's texts, whatever their language: names, quotations, terms.
const EVERYWHERE: [&str; 2] = ["vi", "en"];
/// What one screen of text holds, many times over.
const MOST: usize = 4000;
/// Letters; a term may be of several words' length, not of a page's.
const LONGEST: usize = 80;

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct WordsAsked {
    /// The article's, BCP 47.
    pub language: String,
    pub words: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct WordsChecked {
    /// Those of the words that are in no dictionary and on no list.
    pub wrong: Vec<String>,
    /// Languages without a dictionary on this machine. Without one for the article's own, no word is wrong.
    pub missing: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct WordAsked {
    pub language: String,
    pub word: String,
}

/// A word on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WordKept {
    pub word: String,
    /// On the newsroom's list; otherwise on the person's own.
    pub shared: bool,
}

impl Desk {
    /// Says which of the words are spelt wrong.
    ///
    /// # Errors
    /// What the database says.
    pub fn check_words(&self, asked: &WordsAsked) -> Result<WordsChecked> {
        let languages = languages(&asked.language);
        let (known, missing): (Vec<&str>, Vec<&str>) =
            languages.iter().partition(|language| self.speller.knows(language));
        let missing: Vec<String> = missing.into_iter().map(str::to_owned).collect();
        if missing.contains(&asked.language) {
            return Ok(WordsChecked { wrong: Vec::new(), missing });
        }
        let kept = self.kept()?;
        let is_wrong = |word: &&String| {
            ::spelling::is_checked(word) && !kept.has(word) && !self.has(&known, &kept, word)
        };
        let wrong = asked.words.iter().take(MOST).filter(is_wrong).cloned().collect();
        Ok(WordsChecked { wrong, missing })
    }

    /// A word with hyphens is right where each of its parts is.
    fn has(&self, languages: &[&str], kept: &Kept, word: &str) -> bool {
        let right =
            |part: &str| !::spelling::is_checked(part) || kept.has(part) || self.speller.has(languages, part);
        let parts = ::spelling::parts(word);
        self.speller.has(languages, word) || (parts.len() > 1 && parts.into_iter().all(right))
    }

    /// Returns what may have been meant by a word, the best first.
    ///
    /// # Errors
    /// None today: it asks the dictionaries only.
    pub fn suggest(&self, asked: &WordAsked) -> Result<Vec<String>> {
        Ok(self.speller.suggestions(&languages(&asked.language), &asked.word))
    }

    /// Puts a word on a list.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep_word(&self, word: &WordKept) -> Result<()> {
        let spelt = word.word.trim();
        if spelt.is_empty() || spelt.chars().count() > LONGEST {
            return Ok(()); // the window offers words of a text only
        }
        let now = self.now();
        self.store.write::<_, Error>(|tx| Ok(kept::keep(tx, spelt, self.whose(word.shared), now)?))
    }

    /// Takes a word off its list.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_word(&self, word: &WordKept) -> Result<()> {
        self.store.write::<_, Error>(|tx| Ok(kept::forget(tx, &word.word, self.whose(word.shared))?))
    }

    /// Returns the newsroom's words and the person's own.
    ///
    /// # Errors
    /// What the database says.
    pub fn kept_words(&self) -> Result<Vec<WordKept>> {
        let rows = self.store.read(|conn| kept::of(conn, self.person))?;
        Ok(rows.into_iter().map(|row| WordKept { word: row.word, shared: row.shared }).collect())
    }

    fn whose(&self, shared: bool) -> Option<PersonId> {
        (!shared).then_some(self.person)
    }

    fn kept(&self) -> Result<Kept> {
        let words = self.kept_words()?;
        Ok(Kept(words.into_iter().map(|kept| kept.word).collect()))
    }
}

/// The words of the lists.
struct Kept(HashSet<String>);

impl Kept {
    /// A word on a list is right as it stands there, and with a capital at the start of a sentence.
    fn has(&self, word: &str) -> bool {
        self.0.contains(word) || {
            let mut letters = word.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
            self.0.contains(&(first + letters.as_str()))
        }
    }
}

/// The article's language first.
fn languages(own: &str) -> Vec<&str> {
    let tongue = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let others = EVERYWHERE.into_iter().filter(|other| *other != tongue(own));
    std::iter::once(own).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_articles_language_comes_first_and_each_once() {
        assert_eq!(languages("vi"), ["vi", "en"]);
        assert_eq!(languages("en-GB"), ["en-GB", "vi"]);
        assert_eq!(languages("ms"), ["ms", "vi", "en"]);
    }

    #[test]
    fn a_kept_word_may_begin_a_sentence_but_a_kept_name_keeps_its_capital() {
        let kept = Kept(["sapô", "Bạch Mai"].map(String::from).into());

        assert!(kept.has("sapô") && kept.has("Sapô") && kept.has("Bạch Mai"));
        assert!(!kept.has("bạch Mai"));
    }
}
