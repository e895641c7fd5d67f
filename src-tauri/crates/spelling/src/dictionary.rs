//! One dictionary. Its files are somebody else's: too large, damaged or odd, it is as if it were not there.

use std::{
    fs,
    io::Read as _,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use crate::word::{both_tones, plain_apostrophe};

/// Bytes; the largest known have five million.
pub(crate) const LARGEST: u64 = 16 * 1024 * 1024;
/// Letters; what is longer has no suggestions worth the time.
const LONGEST: usize = 32;

pub struct Dictionary(spellbook::Dictionary);

impl Dictionary {
    /// Reads `<file>.aff` and `<file>.dic`.
    pub fn read(file: &Path) -> Option<Self> {
        let aff = limited(&file.with_extension("aff"))?;
        let dic = limited(&file.with_extension("dic"))?;
        let encoding = encoding(&aff);
        let (aff, dic) = (decoded(&aff, encoding), decoded(&dic, encoding));
        // A dictionary that the library stumbles over must not take the desk with it.
        let read = catch_unwind(|| spellbook::Dictionary::new(&aff, &dic)).ok()?;
        read.ok().map(Self)
    }

    pub fn has(&self, language: &str, word: &str) -> bool {
        let word = plain_apostrophe(word);
        let asked = |word: &str| catch_unwind(AssertUnwindSafe(|| self.0.check(word))).unwrap_or(true);
        asked(&word) || (language.starts_with("vi") && both_tones(&word).is_some_and(|other| asked(&other)))
    }

    pub fn suggestions(&self, word: &str) -> Vec<String> {
        if word.chars().count() > LONGEST {
            return Vec::new();
        }
        let word = plain_apostrophe(word);
        let suggest = || {
            let mut found = Vec::new();
            self.0.suggest(&word, &mut found);
            found
        };
        catch_unwind(AssertUnwindSafe(suggest)).unwrap_or_default()
    }
}

fn limited(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(file).ok()?.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST).then_some(bytes)
}

/// The encoding that the affix file names; without one it is Latin-1, by the format.
fn encoding(aff: &[u8]) -> &'static encoding_rs::Encoding {
    let named = aff.split(|byte| *byte == b'\n').take(200).find_map(|line| line.strip_prefix(b"SET "));
    let name: Vec<u8> = named.unwrap_or(b"ISO8859-1").trim_ascii().to_vec();
    // Hunspell writes `ISO8859-1`, everybody else `ISO-8859-1`.
    let label = String::from_utf8_lossy(&name).replace("ISO8859", "ISO-8859");
    encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8)
}

fn decoded(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> String {
    encoding.decode(bytes).0.into_owned()
}
