//! HTML as WordPress's filter for authors leaves it: `/>` on what is empty, quotes round every attribute, no shortcode.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

const EMPTY: [&str; 5] = ["br", "hr", "img", "col", "wbr"];

pub fn children(element: ElementRef<'_>) -> impl Iterator<Item = NodeRef<'_, Node>> {
    (*element).children()
}

/// Returns what stands inside an element.
pub fn inner(element: ElementRef<'_>) -> String {
    let mut html = String::new();
    children(element).for_each(|node| write(node, &mut html));
    html.trim().to_owned()
}

pub fn outer(element: ElementRef<'_>) -> String {
    let mut html = String::new();
    write(*element, &mut html);
    html
}

pub fn write(node: NodeRef<'_, Node>, html: &mut String) {
    match node.value() {
        Node::Text(words) => html.push_str(&text(words)),
        Node::Element(element) => {
            let name = element.name();
            html.push('<');
            html.push_str(name);
            for (key, value) in element.attrs().filter(|(key, _)| !key.starts_with("data-")) {
                html.push_str(&format!(" {key}=\"{}\"", attribute(value)));
            }
            if EMPTY.contains(&name) {
                html.push_str(" />");
                return;
            }
            html.push('>');
            node.children().for_each(|child| write(child, html));
            html.push_str(&format!("</{name}>"));
        }
        Node::Document
        | Node::Fragment
        | Node::Doctype(_)
        | Node::Comment(_)
        | Node::ProcessingInstruction(_) => {}
    }
}

/// Escapes text that stands between tags. `[word]` would be a shortcode, which WordPress runs.
pub fn text(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('[', "&#091;")
}

/// Escapes text that stands in a quoted attribute.
pub fn attribute(words: &str) -> String {
    text(words).replace('"', "&quot;")
}
