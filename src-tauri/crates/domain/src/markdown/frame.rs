//! What a newspaper sets apart from its text: quotations with their speaker, pull quotes, boxes, galleries, cards, tables.

use comrak::nodes::{AstNode, NodeValue};

use super::{
    Figures,
    embed::Embed,
    marks::{Callout, Kind, Marks, is_quote},
    parse::html_of,
    tree::Pictures,
};

/// Puts into the tree what stands inside other blocks: tables, and quotations within quotations or lists.
pub fn inner<'a>(root: &'a AstNode<'a>, marks: &Marks<'a>, figures: &dyn Figures) {
    let inner: Vec<&AstNode> = root.descendants().collect();
    for node in inner.into_iter().rev() {
        // The deepest first: what is around it then holds finished HTML.
        let html = if matches!(node.data().value, NodeValue::Table(_)) {
            figures.table(html_of(node))
        } else if is_quote(node) && marks.callout(node).is_none() && marks.speaker(node).is_some() {
            quotation(node, marks, "quotation")
        } else {
            continue;
        };
        replace(node, html);
    }
}

fn replace<'a>(node: &'a AstNode<'a>, html: String) {
    for child in node.children().collect::<Vec<_>>() {
        child.detach();
    }
    node.data_mut().value = NodeValue::Raw(html);
}

/// Returns a block with its figures: a picture alone in its paragraph replaces it, others follow.
pub fn block<'a>(
    node: &'a AstNode<'a>,
    marks: &Marks<'a>,
    pictures: &Pictures,
    figures: &dyn Figures,
) -> String {
    match marks.callout(node) {
        Some(Callout { kind: Kind::Pull, .. }) => {
            pictures.around(node, || quotation(node, marks, "pull-quote"))
        }
        Some(Callout { kind: Kind::Gallery, head }) => gallery(node, head, pictures.of(node)),
        Some(Callout { kind: Kind::Box, head }) => {
            let heading = head.map(|head| heading(head, pictures)).unwrap_or_default();
            let blocks: String = node.children().map(|node| block(node, marks, pictures, figures)).collect();
            aside(&heading, &blocks)
        }
        None => pictures
            .around(node, || embedded(node).map_or_else(|| html_of(node), |found| figures.embed(&found))),
    }
}

fn quotation<'a>(quote: &'a AstNode<'a>, marks: &Marks<'a>, class: &str) -> String {
    let speaker = marks.speaker(quote).map(said_by).unwrap_or_default();
    format!("<figure class=\"{class}\">\n{}{speaker}</figure>\n", html_of(quote))
}

fn said_by<'a>(speaker: &'a AstNode<'a>) -> String {
    speaker.detach();
    format!("<figcaption>{}</figcaption>\n", words_of(speaker))
}

/// Returns what stands in a paragraph.
fn words_of<'a>(paragraph: &'a AstNode<'a>) -> String {
    let html = html_of(paragraph);
    let html = html.trim();
    html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(html).to_owned()
}

/// The figures as one; what else is in it follows.
fn gallery<'a>(quote: &'a AstNode<'a>, head: Option<&'a AstNode<'a>>, figures: &str) -> String {
    let words = head.map(|head| {
        head.detach();
        words_of(head)
    });
    let rest: String = quote.children().map(html_of).collect();
    match (figures.is_empty(), words) {
        (true, None) => rest,
        (true, Some(words)) => format!("<p>{words}</p>\n{rest}"),
        (false, None) => format!("<figure class=\"gallery\">\n{figures}</figure>\n{rest}"),
        (false, Some(words)) => {
            format!(
                "<figure class=\"gallery\">\n{figures}<figcaption>{words}</figcaption>\n</figure>\n{rest}"
            )
        }
    }
}

fn heading<'a>(head: &'a AstNode<'a>, pictures: &Pictures) -> String {
    head.detach();
    let words = words_of(head);
    let heading = if words.is_empty() { String::new() } else { format!("<h2>{words}</h2>\n") };
    heading + pictures.of(head)
}

fn aside(heading: &str, blocks: &str) -> String {
    if heading.is_empty() && blocks.is_empty() {
        return String::new();
    }
    format!("<aside class=\"box\">\n{heading}{blocks}</aside>\n")
}

/// Returns what a paragraph that is one bare link leads to, where that is shown as a card.
fn embedded<'a>(paragraph: &'a AstNode<'a>) -> Option<Embed<'static>> {
    if !matches!(paragraph.data().value, NodeValue::Paragraph) {
        return None;
    }
    let link = paragraph.first_child().filter(|link| link.next_sibling().is_none())?;
    let NodeValue::Link(to) = &link.data().value else { return None };
    let words = link.first_child().filter(|words| words.next_sibling().is_none())?;
    let NodeValue::Text(words) = &words.data().value else { return None };
    let bare = *words == to.url || to.url.strip_prefix("http://") == Some(words);
    if bare { Embed::of(&to.url) } else { None }
}
