//! Pictures in what was copied, and the words under them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{credit, ids::PlacementId};
use scraper::node::Element;

use super::Picture;
use crate::page::evened;

/// Longer words under a picture are text.
pub const LONGEST_CAPTION: usize = 500;
/// Smaller pictures are signs of a program's or a page's own.
const SMALLEST: u32 = 48;

pub enum Image {
    Picture(Picture),
    /// A picture of a letter: an emoji.
    Sign(String),
    Nothing,
}

/// Returns what an `<img>` is. `inside` are the pictures that were written into the page.
pub fn of(image: &Element, inside: &[String], new_id: &mut dyn FnMut() -> PlacementId) -> Image {
    let alt = evened(image.attr("alt").unwrap_or_default());
    if !alt.is_empty()
        && alt.chars().count() <= 8
        && !alt.chars().any(|c| c.is_alphanumeric() && !c.is_ascii_digit())
    {
        return Image::Sign(alt);
    }
    let address = address(image);
    if address.is_empty() || is_furniture(image, &address) {
        return Image::Nothing;
    }
    let written = address.strip_prefix("data:").and_then(|at| inside.get(at.parse::<usize>().ok()?));
    let bytes = written.and_then(|written| {
        let written: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        STANDARD.decode(written).ok()
    });
    if address.starts_with("data:") && bytes.is_none() {
        return Image::Nothing; // a placeholder of a page that loads its pictures later
    }
    let alt = if credit::looks_like_file_name(&alt) || is_programs(&alt) { String::new() } else { alt };
    let (caption, credit_line) = (String::new(), String::new());
    Image::Picture(Picture { id: new_id(), caption, credit_line, alt, seen_as: seen_as(&address), bytes })
}

/// Alt text that a program made up by itself.
fn is_programs(alt: &str) -> bool {
    let alt = alt.to_lowercase();
    ["image", "picture", "hình ảnh", "ảnh"].contains(&alt.as_str())
        || ["description automatically generated", "mô tả được tạo tự động"]
            .iter()
            .any(|said| alt.contains(said))
}

fn address(image: &Element) -> String {
    let named = ["data-original", "data-src", "data-lazy-src", "src"];
    let found: Vec<&str> = named.iter().filter_map(|name| image.attr(name)).map(str::trim).collect();
    let real = found.iter().find(|address| !address.starts_with("data:"));
    real.or(found.first()).map(|address| (*address).to_owned()).unwrap_or_default()
}

fn is_furniture(image: &Element, address: &str) -> bool {
    let small = ["width", "height"].iter().any(|side| {
        image
            .attr(side)
            .and_then(|size| size.trim_end_matches("px").parse::<f32>().ok())
            .is_some_and(|size| size < SMALLEST as f32)
    });
    let name = file_name(address).to_lowercase();
    small
        || name.ends_with(".svg")
        || ["spacer", "pixel", "spinner", "blank.gif"].iter().any(|word| name.contains(word))
}

/// Returns the name of its file, or the address where that says more.
fn seen_as(address: &str) -> String {
    if address.starts_with("data:") || address.starts_with("blob:") || address.starts_with("cid:") {
        return String::new();
    }
    let name = file_name(address);
    let name = percent_decoded(&name);
    if credit::looks_like_file_name(&name) || !address.starts_with("http") {
        return name;
    }
    address.chars().take(300).collect()
}

fn percent_decoded(name: &str) -> String {
    url::form_urlencoded::parse(format!("n={}", name.replace('+', "%2B")).as_bytes())
        .next()
        .map_or_else(|| name.to_owned(), |(_, name)| name.into_owned())
}

fn file_name(address: &str) -> String {
    address
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Says whether an element's class says it is a picture's caption.
pub fn is_caption(element: &Element) -> bool {
    let class = element.attr("class").unwrap_or_default().to_lowercase();
    element.name() != "span"
        && ["caption", "chuthich", "chu-thich", "img-desc", "image-desc", "photo-desc"]
            .iter()
            .any(|word| class.contains(word))
}

/// Says whether an element in a caption says whose picture it is.
pub fn is_credit(element: &Element) -> bool {
    let class = element.attr("class").unwrap_or_default().to_lowercase();
    ["credit", "author", "photographer", "copyright", "nguon", "tac-gia"]
        .iter()
        .any(|word| class.contains(word))
}

/// Gives a picture the words under it, caption and credit apart.
pub fn caption(picture: &mut Picture, lines: &[String], credit_line: Option<&str>) {
    let whole = lines.join(" ");
    let alone = lines
        .last()
        .map(|last| credit::split(last))
        .filter(|split| lines.len() > 1 && split.caption.is_empty());
    if let Some(said) = credit_line {
        let split = credit::split(said);
        picture.credit_line = if split.credit_line.is_empty() {
            evened(said.trim_matches(['(', ')', ' ']))
        } else {
            split.credit_line
        };
        picture.caption.clone_from(&whole);
    } else if let Some(split) = alone.filter(|split| !split.credit_line.is_empty()) {
        picture.credit_line = split.credit_line;
        picture.caption = lines[..lines.len() - 1].join(" ");
    } else {
        let split = credit::split(&whole);
        (picture.caption, picture.credit_line) = (split.caption, split.credit_line);
    }
    let same = |one: &str, other: &str| {
        one.trim_end_matches('.').to_lowercase() == other.trim_end_matches('.').to_lowercase()
    };
    if same(&picture.alt, &picture.caption) || same(&picture.alt, &whole) {
        picture.alt = String::new(); // it would be read out twice
    }
}
