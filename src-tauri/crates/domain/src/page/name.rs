//! What a page is called in its address.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{article::Fields, ids::ArticleId};

/// How many words of the headline an address carries.
const WORDS: usize = 10;

/// Returns the words of the headline (or of `url_slug`) in plain letters, and enough of the article's id that no two
/// pages share a name.
#[must_use]
pub fn of(fields: &Fields, article: ArticleId) -> String {
    let words = if fields.url_slug.is_empty() { &fields.headline } else { &fields.url_slug };
    let plain = plain_letters(words);
    let id = article.0.simple().to_string();
    let short = &id[id.len() - 12..];
    let slug: String =
        plain.split('-').filter(|word| !word.is_empty()).take(WORDS).collect::<Vec<_>>().join("-");
    if slug.is_empty() { format!("a-{short}") } else { format!("{slug}-{short}") }
}

fn plain_letters(words: &str) -> String {
    let letters = words.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters
        .map(|c| match c {
            'đ' => 'd',
            'ł' => 'l',
            'ø' => 'o',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        })
        .collect()
}
