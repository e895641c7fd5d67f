//! Spelling by the dictionaries of the system, in Hunspell's format. A dictionary is read when a word is first asked for.

mod dictionary;
mod folders;
mod word;

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use dictionary::Dictionary;
pub use folders::of_the_system;
pub use word::{is_checked, parts};

/// How many suggestions are worth reading.
const SUGGESTIONS: usize = 7;

/// Knows the dictionaries of some folders.
pub struct Speller {
    folders: Vec<PathBuf>,
    read: Mutex<HashMap<String, Arc<OnceLock<Option<Dictionary>>>>>,
}

impl Speller {
    /// Looks for dictionaries in `folders`, in their order.
    #[must_use]
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, read: Mutex::default() }
    }

    /// True where there is a dictionary of `language` (BCP 47) that can be used.
    #[must_use]
    pub fn knows(&self, language: &str) -> bool {
        self.with(language, |_| ()).is_some()
    }

    /// True where a dictionary of one of the languages has the word.
    #[must_use]
    pub fn has(&self, languages: &[&str], word: &str) -> bool {
        languages
            .iter()
            .any(|language| self.with(language, |dictionary| dictionary.has(language, word)) == Some(true))
    }

    /// Returns what may have been meant, the best first, the languages in their order.
    #[must_use]
    pub fn suggestions(&self, languages: &[&str], word: &str) -> Vec<String> {
        let mut found = Vec::new();
        for language in languages {
            let more = self.with(language, |dictionary| dictionary.suggestions(word)).unwrap_or_default();
            for one in more {
                if !found.contains(&one) {
                    found.push(one);
                }
            }
        }
        found.truncate(SUGGESTIONS);
        found
    }

    fn with<T>(&self, language: &str, ask: impl FnOnce(&Dictionary) -> T) -> Option<T> {
        let place = {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(read.entry(language.to_owned()).or_default())
        };
        // Read outside the lock: another language does not wait for this one.
        place
            .get_or_init(|| folders::find(&self.folders, language).and_then(|file| Dictionary::read(&file)))
            .as_ref()
            .map(ask)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn speller(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Speller) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).expect("a dictionary is written");
        }
        let speller = Speller::new(vec![folder.path().join("not there"), folder.path().to_owned()]);
        (folder, speller)
    }

    const EN_AFF: &[u8] = b"SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\nSFX S Y 1\nSFX S 0 s .\n";
    const EN_DIC: &[u8] = b"4\nharvest/S\nprice/S\nHanoi\ndon't\n";
    const VI_AFF: &[u8] = "SET UTF-8\nTRY aăâbcdđeêghiklmnoôơpqrstuưvxy\n".as_bytes();
    const VI_DIC: &[u8] = "4\nhòa\ncà\nphê\nnghiêng\n".as_bytes();

    #[test]
    fn a_word_is_right_where_one_of_the_languages_has_it() {
        let (_folder, speller) = speller(&[
            ("en_US.aff", EN_AFF),
            ("en_US.dic", EN_DIC),
            ("vi_VN.aff", VI_AFF),
            ("vi_VN.dic", VI_DIC),
        ]);
        let both = ["vi", "en"];

        for right in ["harvests", "Harvest", "HANOI", "Hanoi", "phê", "Phê", "don't"] {
            assert!(speller.has(&both, right), "{right}");
        }
        for wrong in ["harvst", "phêê", "nghiênng"] {
            assert!(!speller.has(&both, wrong), "{wrong}");
        }
        assert!(!speller.has(&["en"], "phê"));
    }

    #[test]
    fn a_tone_may_stand_on_either_vowel() {
        let (_folder, speller) = speller(&[("vi_VN.aff", VI_AFF), ("vi_VN.dic", VI_DIC)]);

        for right in ["hòa", "hoà", "Hoà", "HOÀ"] {
            assert!(speller.has(&["vi"], right), "{right}");
        }
        assert!(!speller.has(&["vi"], "hoá"));
    }

    #[test]
    fn what_was_meant_is_suggested() {
        let (_folder, speller) = speller(&[("en_US.aff", EN_AFF), ("en_US.dic", EN_DIC)]);

        assert_eq!(speller.suggestions(&["vi", "en"], "harvst").first().map(String::as_str), Some("harvest"));
    }

    #[test]
    fn the_region_asked_for_goes_before_another() {
        let other = b"1\ncolour\n";
        let (_folder, speller) = speller(&[
            ("en_GB.aff", EN_AFF),
            ("en_GB.dic", other),
            ("en_US.aff", EN_AFF),
            ("en_US.dic", EN_DIC),
        ]);

        assert!(speller.has(&["en-GB"], "colour"));
        assert!(!speller.has(&["en"], "colour"), "plain English is American first, as the systems have it");
        assert!(!speller.knows("ms"));
    }

    #[test]
    fn a_dictionary_in_an_old_encoding_is_read() {
        let dic = b"1\nna\xefve\n";
        let (_folder, speller) = speller(&[("en_US.aff", b"SET ISO8859-1\n"), ("en_US.dic", dic)]);

        assert!(speller.has(&["en"], "naïve"));
    }

    #[test]
    fn what_is_no_dictionary_is_as_if_it_were_not_there() {
        let deep = [b"SET UTF-8\n".as_slice(), &b"SFX A Y 99999999\n".repeat(3)].concat();
        let junk: Vec<u8> = (0..200_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for (aff, dic) in [(deep.as_slice(), EN_DIC), (&junk, &junk), (EN_AFF, &junk), (b"", b"")] {
            let (_folder, speller) = speller(&[("en_US.aff", aff), ("en_US.dic", dic)]);

            // Whatever it says: it says it, and soon.
            let _ = (speller.has(&["en"], "harvest"), speller.suggestions(&["en"], "harvst"));
        }
    }

    #[test]
    fn a_file_beyond_the_limit_is_not_read() {
        let (folder, speller) = speller(&[("en_US.aff", EN_AFF)]);
        let dic = fs::File::create(folder.path().join("en_US.dic")).expect("a file");
        dic.set_len(dictionary::LARGEST + 1).expect("a large file");

        assert!(!speller.knows("en"));
    }
}
