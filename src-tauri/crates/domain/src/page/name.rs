//! What a page is called in its address.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{article::Fields, ids::ArticleId};

/// How many words of the headline an address carries, and how many letters at most.
const WORDS: usize = 10;
const LETTERS: usize = 80;

/// Returns the words of the headline (or of `url_slug`) in plain letters, and enough of the article's id that no two
/// pages share a name.
#[must_use]
pub fn of(fields: &Fields, article: ArticleId) -> String {
    let words = if fields.url_slug.trim().is_empty() { &fields.headline } else { &fields.url_slug };
    let id = article.0.simple().to_string();
    let short = &id[id.len() - 12..];
    let mut slug = String::new();
    for word in plain(words).split('-').take(WORDS) {
        if slug.len() + word.len() >= LETTERS && !slug.is_empty() {
            break;
        }
        slug.extend((!slug.is_empty()).then_some('-'));
        slug.extend(word.chars().take(LETTERS));
    }
    if slug.is_empty() { format!("a-{short}") } else { format!("{slug}-{short}") }
}

/// Returns the words in plain small letters and digits, with `-` between them.
#[must_use]
pub fn plain(words: &str) -> String {
    let letters = words.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut out = String::with_capacity(words.len());
    for letter in letters {
        match letter {
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '\'' | '’' => {} // it stands inside a word
            letter if letter.is_ascii_alphanumeric() => out.push(letter),
            _ => out.push('-'),
        }
    }
    out.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn named(headline: &str, url_slug: &str) -> String {
        let fields = Fields { headline: headline.into(), url_slug: url_slug.into(), ..Fields::default() };
        of(&fields, ArticleId(Uuid::from_u128(0xabc)))
    }

    #[test]
    fn vietnamese_letters_become_plain_ones_however_they_are_composed() {
        let composed = "Đường Trường Sơn: ỦY BAN đã họp";
        let decomposed: String = composed.nfd().collect();

        assert_eq!(named(composed, ""), "duong-truong-son-uy-ban-da-hop-000000000abc");
        assert_eq!(named(&decomposed, ""), named(composed, ""));
    }

    #[test]
    fn what_the_desk_wants_in_the_address_goes_before_the_headline() {
        assert_eq!(named("Tít dài", "Gọn & rõ"), "gon-ro-000000000abc");
        assert_eq!(named("Tít dài", "  "), "tit-dai-000000000abc");
    }

    #[test]
    fn an_address_is_short_and_never_without_a_name() {
        let long = "chữ ".repeat(400);
        let one = "a".repeat(5_000);

        for headline in [long.as_str(), &one, "", "السويد", "北京", "../..//?#%00<>"] {
            let name = named(headline, "");
            assert!(name.len() <= LETTERS + 13 && name.ends_with("-000000000abc"), "{name}");
            assert!(name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-'), "{name}");
        }
        assert_eq!(named("السويد", ""), "a-000000000abc");
        assert_eq!(named("Straße ﬁn d’Åse", ""), "strasse-fin-dase-000000000abc");
    }
}
