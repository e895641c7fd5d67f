//! The window's words, read from where the UI keeps them, for what is looked at in more than one language.

use std::{collections::HashMap, fs};

use anyhow::{Context, Result};

use crate::paths;

pub struct Words(HashMap<String, String>);

impl Words {
    /// Reads the words of a language, `en` or `vi`.
    ///
    /// # Errors
    /// When the window does not speak it.
    pub fn of(language: &str) -> Result<Self> {
        let file = paths::root().join(format!("ui/src/words/{language}.ts"));
        let text = fs::read_to_string(&file).with_context(|| format!("no words in {}", file.display()))?;
        let pairs = text.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once("\": \""));
        let unquoted =
            pairs.filter_map(|(key, word)| Some((key.strip_prefix('"')?, word.strip_suffix('"')?)));
        Ok(Self(unquoted.map(|(key, word)| (key.to_owned(), word.replace("\\\"", "\""))).collect()))
    }

    /// Returns a word by its key.
    ///
    /// # Panics
    /// When the window has no such word: a mistake of who asks.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).unwrap_or_else(|| panic!("the window has no word {key}"))
    }
}
