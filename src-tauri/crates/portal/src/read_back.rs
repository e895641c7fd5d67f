//! Reads a public page back: does it carry what was approved, each part once?

use domain::{document::Document, markdown, placement::Placement};
use scraper::{Html, Selector};

/// Returns what is different, in words; nothing is well.
#[must_use]
pub fn differences(page: &str, document: &Document) -> Vec<String> {
    let html = Html::parse_document(page);
    let fields = &document.fields;
    let published: Vec<&Placement> =
        document.placements.iter().filter(|placement| placement.picture.is_some()).collect();
    let words = |what: &str| texts(&html, what);
    let mut found = vec![
        once("headline", &words("h1"), &fields.headline),
        once("standfirst", &words(".standfirst"), &fields.standfirst),
        once("source URL", &words(".source-url a"), &fields.source_url),
        once("source paper", &words(".source-paper"), &fields.source_paper),
        list(
            "captions",
            &words("figcaption .caption"),
            &words_of(&published, |placement| &placement.caption),
        ),
        list(
            "credits",
            &words("figcaption .credit"),
            &words_of(&published, |placement| &placement.credit_line),
        ),
    ];
    found.push(pictures(&html, published.len()));
    found.push(text(&html, &document.body));
    found.into_iter().flatten().collect()
}

fn texts(html: &Html, what: &str) -> Vec<String> {
    let selector = Selector::parse(what).expect("the selector is part of the program");
    html.select(&selector).map(|element| evened(&element.text().collect::<String>())).collect()
}

fn evened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn once(name: &str, found: &[String], wanted: &str) -> Option<String> {
    let wanted = evened(wanted);
    let count = found.iter().filter(|text| **text == wanted).count();
    (!wanted.is_empty() && count != 1).then(|| format!("{name}: on the page {count} times"))
}

fn words_of<'d>(placements: &[&'d Placement], word: fn(&'d Placement) -> &'d String) -> Vec<String> {
    placements.iter().map(|placement| evened(word(placement))).filter(|word| !word.is_empty()).collect()
}

/// Order on the page is the text's, not the desk's.
fn list(name: &str, found: &[String], wanted: &[String]) -> Option<String> {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    (sorted(found) != sorted(wanted))
        .then(|| format!("{name}: {} on the page, {} approved, or other words", found.len(), wanted.len()))
}

fn pictures(html: &Html, wanted: usize) -> Option<String> {
    let found = texts(html, "figure img").len();
    (found != wanted).then(|| format!("pictures: {found} on the page, {wanted} approved"))
}

fn text(html: &Html, body: &str) -> Option<String> {
    let article = evened(&texts(html, "article").join(" "));
    let missing = markdown::plain_text(body)
        .lines()
        .map(evened)
        .filter(|line| !line.is_empty() && !article.contains(line))
        .count();
    (missing > 0).then(|| format!("text: {missing} paragraphs are not on the page"))
}
