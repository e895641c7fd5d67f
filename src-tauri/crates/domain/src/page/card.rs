//! An article in a list: on the front page, in a section, below another article.

use super::{
    ImageSources,
    escape::{attribute, text},
    figure, labels,
    site_words::endonym,
};

/// What a list tells of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// As the page refers to it.
    pub address: String,
    pub language: String,
    pub kicker: String,
    pub headline: String,
    pub standfirst: String,
    pub source_paper: String,
    /// RFC 3339.
    pub first_published: String,
    pub picture: Option<CardPicture>,
    /// Language and address of the story's other editions.
    pub editions: Vec<(String, String)>,
}

/// The picture of a card: its credit is printed here too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPicture {
    pub sources: ImageSources,
    pub alt: String,
    pub credit_line: String,
}

/// How much of the card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The first on the front page.
    Lead,
    Card,
    /// Headline, paper and day.
    Brief,
}

impl Shape {
    fn class(self) -> &'static str {
        match self {
            Self::Lead => "card card-lead",
            Self::Card => "card",
            Self::Brief => "brief",
        }
    }

    /// How wide the picture is, as `portal.css` sets it.
    fn sizes(self) -> &'static str {
        match self {
            Self::Lead => "(max-width: 48rem) 100vw, 42rem",
            Self::Card | Self::Brief => "(max-width: 40rem) 100vw, 22rem",
        }
    }
}

/// Returns the list's item.
#[must_use]
pub fn html(card: &Card, shape: Shape) -> String {
    let link = format!("<a href=\"{}\">{}</a>", attribute(&card.address), text(&card.headline));
    let inner = match shape {
        Shape::Brief => format!("{link}\n{}", facts(card)),
        Shape::Lead | Shape::Card => format!(
            "{}<div class=\"card-words\">\n{}<h2>{link}</h2>\n{}{}{}</div>\n",
            picture(card, shape),
            paragraph("kicker", &card.kicker),
            paragraph("card-summary", &card.standfirst),
            facts(card),
            editions(card)
        ),
    };
    format!(
        "<li class=\"{}\" lang=\"{}\" dir=\"{}\">\n{inner}</li>\n",
        shape.class(),
        attribute(&card.language),
        labels::direction(&card.language)
    )
}

fn picture(card: &Card, shape: Shape) -> String {
    let Some(picture) = &card.picture else { return String::new() };
    let credit = picture.credit_line.trim();
    let credit = if credit.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{} {}</figcaption>\n", text(labels::of(&card.language).photo), text(credit))
    };
    let img = figure::img(&picture.sources, &picture.alt, shape.sizes());
    format!("<figure>\n{img}{credit}</figure>\n")
}

fn facts(card: &Card) -> String {
    let paper = (!card.source_paper.trim().is_empty())
        .then(|| format!("<span class=\"card-paper\">{}</span>", text(&card.source_paper)));
    let day = card.first_published.get(..10).map(|day| {
        let shown = labels::date(&card.language, day);
        format!("<time datetime=\"{}\">{}</time>", attribute(&card.first_published), text(&shown))
    });
    let parts: Vec<String> = [paper, day].into_iter().flatten().collect();
    format!("<p class=\"card-facts\">{}</p>\n", parts.join(" <span aria-hidden=\"true\">·</span> "))
}

fn editions(card: &Card) -> String {
    if card.editions.is_empty() {
        return String::new();
    }
    let one = |(language, address): &(String, String)| {
        format!(
            "<a href=\"{}\" hreflang=\"{language}\" lang=\"{language}\" dir=\"{}\">{}</a>",
            attribute(address),
            labels::direction(language),
            text(endonym(language)),
            language = attribute(language),
        )
    };
    let links: Vec<String> = card.editions.iter().map(one).collect();
    format!("<p class=\"card-editions\">{}</p>\n", links.join(" "))
}

fn paragraph(class: &str, words: &str) -> String {
    if words.trim().is_empty() {
        String::new()
    } else {
        format!("<p class=\"{class}\">{}</p>\n", text(words))
    }
}
