//! What is a word that spelling can be right or wrong of.

/// Letters; what is longer is no word.
const LONGEST: usize = 60;

/// True where a word is to be looked up: not a letter alone, not an abbreviation in capitals, not a name such as
/// `iPhone` or `VnExpress`, not a number.
#[must_use]
pub fn is_checked(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    let rest = letters.as_str();
    if rest.is_empty() || word.chars().count() > LONGEST || word.chars().any(char::is_numeric) {
        return false;
    }
    let capitals_inside = rest.chars().any(char::is_uppercase);
    first.is_some_and(char::is_alphabetic) && !capitals_inside
}

/// Returns the parts of a word with hyphens, each of which may be right by itself.
#[must_use]
pub fn parts(word: &str) -> Vec<&str> {
    word.split(['-', '‐', '‑']).filter(|part| !part.is_empty()).collect()
}

/// Dictionaries write the plain apostrophe, newspapers the curved one.
pub(crate) fn plain_apostrophe(word: &str) -> String {
    word.replace('’', "'")
}

/// Open syllables on which the tone may stand on either vowel: `hòa` as older spelling has it, `hoà` as newer.
const TONES: [(&str, &str); 15] = [
    ("òa", "oà"),
    ("óa", "oá"),
    ("ỏa", "oả"),
    ("õa", "oã"),
    ("ọa", "oạ"),
    ("òe", "oè"),
    ("óe", "oé"),
    ("ỏe", "oẻ"),
    ("õe", "oẽ"),
    ("ọe", "oẹ"),
    ("ùy", "uỳ"),
    ("úy", "uý"),
    ("ủy", "uỷ"),
    ("ũy", "uỹ"),
    ("ụy", "uỵ"),
];

/// Returns a Vietnamese syllable with its tone on the other vowel, where both are in use.
pub(crate) fn both_tones(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    TONES.iter().find_map(|(older, newer)| {
        let swapped = |from: &str, to: &str| word.strip_suffix(from).map(|start| format!("{start}{to}"));
        swapped(older, newer).or_else(|| swapped(newer, older))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_looked_up() {
        for checked in ["phê", "Phê", "harvest", "don't", "check-in"] {
            assert!(is_checked(checked), "{checked}");
        }
        for left in ["a", "Ý", "UBND", "VnExpress", "iPhone", "COVID-19", "3G", "H5N1", &"dài".repeat(30)] {
            assert!(!is_checked(left), "{left}");
        }
    }

    #[test]
    fn a_tone_moves_to_the_other_vowel_of_an_open_syllable_only() {
        assert_eq!(both_tones("hòa").as_deref(), Some("hoà"));
        assert_eq!(both_tones("Thuỷ").as_deref(), Some("thủy"));
        assert_eq!(both_tones("hoàn"), None);
    }
}
