//! A picture on the page: caption and credit each in an element of its own, each printed once.

use super::{
    ImageSources, Links,
    escape::{attribute, text},
    labels,
};
use crate::placement::Placement;

/// Returns the figure of a placement. A wanted one is a placeholder in the preview and nothing in public.
pub fn html(placement: &Placement, language: &str, links: &dyn Links, class: &str) -> String {
    let image = placement.picture.and_then(|picture| links.image(picture));
    let picture = match image {
        Some(image) => img(&image, &placement.alt, sizes(class)),
        None if links.is_preview() => {
            format!("<div class=\"wanted\">{}</div>\n", text(labels::of(language).wanted))
        }
        None => return String::new(),
    };
    format!("<figure class=\"{class}\">\n{picture}{}</figure>\n", words(placement, language))
}

/// How wide pictures are on the page, as `portal.css` sets it.
fn sizes(class: &str) -> &'static str {
    match class {
        "gallery" => "(max-width: 36rem) 100vw, 21rem",
        _ => "(max-width: 44.5rem) 100vw, 42rem",
    }
}

/// Returns the picture with its true width and height: nothing on the page moves when it arrives.
pub fn img(image: &ImageSources, alt: &str, sizes: &str) -> String {
    let srcset: Vec<String> =
        image.srcset.iter().map(|(address, width)| format!("{} {width}w", attribute(address))).collect();
    let srcset = if srcset.len() < 2 {
        String::new()
    } else {
        format!(" srcset=\"{}\" sizes=\"{sizes}\"", srcset.join(", "))
    };
    format!(
        "<img src=\"{}\"{srcset} width=\"{}\" height=\"{}\" alt=\"{}\">\n",
        attribute(&image.src),
        image.width,
        image.height,
        attribute(alt)
    )
}

fn words(placement: &Placement, language: &str) -> String {
    let caption = placement.caption.trim();
    let credit = placement.credit_line.trim();
    let caption = (!caption.is_empty()).then(|| format!("<span class=\"caption\">{}</span>", text(caption)));
    let credit = (!credit.is_empty()).then(|| {
        let label = text(labels::of(language).photo);
        format!("<span class=\"credit-label\">{label}</span> <span class=\"credit\">{}</span>", text(credit))
    });
    let words: Vec<String> = [caption, credit].into_iter().flatten().collect();
    if words.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>\n", words.join(" ")) }
}
