//! What people read of a bundle without Tòa Soạn: the article as a Markdown file, and its pictures as readers get them, with
//! their words written in (IPTC). It says nothing that the rest does not, and nothing of it is taken in.

use domain::{
    document::Document,
    markdown,
    placement::{Placement, Position},
};
use serde_json::Value;

pub const ARTICLE: &str = "readable/article.md";

/// Returns the names of all of it.
pub fn names(document: &Document) -> Vec<String> {
    let pictures = shown(document).map(|(name, _)| format!("readable/{name}"));
    pictures.chain([ARTICLE.to_owned()]).collect()
}

/// Returns the placements that have a picture, each with the name of its file.
pub fn shown(document: &Document) -> impl Iterator<Item = (String, &Placement)> {
    let places = document.placements.iter().filter(|place| place.picture.is_some());
    places.enumerate().map(|(at, place)| (format!("{:02}.jpg", at + 1), place))
}

/// Returns the article as a Markdown file: its fields first, as YAML.
pub fn markdown(document: &Document) -> String {
    let fields = &document.fields;
    let mut body = document.body.clone();
    let (mut lead, mut gallery) = (String::new(), String::new());
    for (name, place) in shown(document) {
        let figure = figure(&name, place);
        match place.position {
            Position::Lead => lead.push_str(&figure),
            Position::InText => body = body.replace(&markdown::reference(place.id), figure.trim_end()),
            Position::Gallery => gallery.push_str(&figure),
        }
    }
    let standfirst = if fields.standfirst.is_empty() {
        String::new()
    } else {
        format!("**{}**\n\n", escaped(&fields.standfirst))
    };
    format!(
        "{}# {}\n\n{standfirst}{lead}{}\n\n{gallery}",
        front_matter(document),
        escaped(&fields.headline),
        body.trim_end()
    )
    .trim_end()
    .to_owned()
        + "\n"
}

/// Text in JSON is text in YAML too.
fn front_matter(document: &Document) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(&document.fields) else { return String::new() };
    let says =
        |value: &Value| value.as_str() != Some("") && value.as_array().is_none_or(|list| !list.is_empty());
    let lines: String = fields
        .iter()
        .filter(|(_, value)| says(value))
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    format!("---\n{lines}---\n\n")
}

fn figure(name: &str, place: &Placement) -> String {
    let words = [place.caption.trim(), place.credit_line.trim()].map(escaped);
    let words = match words.each_ref().map(String::as_str) {
        ["", ""] => String::new(),
        [caption, ""] => format!("*{caption}*\n\n"),
        ["", credit] => format!("({credit})\n\n"),
        [caption, credit] => format!("*{caption}* ({credit})\n\n"),
    };
    format!("![{}]({name})\n\n{words}", escaped(&place.alt))
}

/// Returns words as Markdown that says just them, on one line.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for letter in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_[]<>#!|&".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use domain::ids::{Hash, PlacementId};
    use uuid::Uuid;

    use super::*;

    fn place(number: u128, position: Position, picture: bool) -> Placement {
        Placement {
            id: PlacementId(Uuid::from_u128(number)),
            position,
            caption: format!("Ảnh *{number}*"),
            credit_line: "PV".into(),
            alt: "Chợ [nổi]".into(),
            picture: picture.then(|| Hash::of(b"picture")),
        }
    }

    #[test]
    fn it_reads_as_the_article_and_names_its_pictures() {
        let mut document = Document {
            placements: vec![
                place(1, Position::Lead, true),
                place(2, Position::InText, true),
                place(3, Position::InText, false),
                place(4, Position::Gallery, true),
            ],
            ..Document::default()
        };
        let in_text = markdown::reference(document.placements[1].id);
        document.body = format!("Mưa *to*.\n\n{in_text}\n\nLũ rút.\n");
        document.fields.headline = "Lũ #1".into();
        document.fields.keywords = vec!["mưa".into(), "\"lũ\"".into()];

        let text = markdown(&document);

        assert!(
            text.starts_with(
                "---\nheadline: \"Lũ #1\"\nkeywords: [\"mưa\",\"\\\"lũ\\\"\"]\n---\n\n# Lũ \\#1\n\n![Chợ"
            ),
            "{text}"
        );
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("![")).collect();
        assert_eq!(lines, ["01", "02", "03"].map(|name| format!("![Chợ \\[nổi\\]]({name}.jpg)")));
        assert!(
            text.contains("Mưa *to*.\n\n![") && text.contains("*Ảnh \\*2\\** (PV)\n\nLũ rút.\n"),
            "{text}"
        );
        assert_eq!(names(&document).len(), 4);
    }
}
