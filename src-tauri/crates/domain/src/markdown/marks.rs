//! What makes a quotation of Markdown more than one: the first line `[!pull]`, `[!box] Heading` or `[!gallery] words`,
//! and the last line `— who said it`. Any other reader of Markdown shows a quotation.

use std::collections::HashMap;

use comrak::{
    Arena,
    nodes::{Ast, AstNode, NodeValue},
};

/// What a quotation at the top of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words of the article, set large beside it.
    Pull,
    /// Facts beside the article, under a heading of their own.
    Box,
    /// Pictures that belong together.
    Gallery,
}

#[derive(Clone, Copy)]
pub struct Callout<'a> {
    pub kind: Kind,
    /// Heading of a box, words of a gallery; it is the quotation's first child.
    pub head: Option<&'a AstNode<'a>>,
}

/// The marks that were in a tree, by the node they were in.
#[derive(Default)]
pub struct Marks<'a> {
    callouts: HashMap<usize, Callout<'a>>,
    speakers: HashMap<usize, &'a AstNode<'a>>,
}

/// Nodes are told apart by where they lie: their arena moves none.
fn key<'a>(node: &'a AstNode<'a>) -> usize {
    std::ptr::from_ref(node).addr()
}

impl<'a> Marks<'a> {
    /// Takes the marks out of the tree and returns what they said.
    pub fn take(arena: &'a Arena<'a>, root: &'a AstNode<'a>) -> Self {
        let mut marks = Self::default();
        for quote in root.children().filter(|node| is_quote(node)) {
            if let Some(callout) = take_callout(arena, quote) {
                marks.callouts.insert(key(quote), callout);
            }
        }
        for quote in root.descendants().filter(|node| is_quote(node)) {
            let may_speak = marks.callout(quote).is_none_or(|callout| callout.kind == Kind::Pull);
            if may_speak && let Some(speaker) = take_speaker(arena, quote) {
                marks.speakers.insert(key(quote), speaker);
            }
        }
        marks
    }

    pub fn callout(&self, node: &'a AstNode<'a>) -> Option<Callout<'a>> {
        self.callouts.get(&key(node)).copied()
    }

    /// Returns the paragraph that says who spoke: the quotation's last child, without its dash.
    pub fn speaker(&self, quote: &'a AstNode<'a>) -> Option<&'a AstNode<'a>> {
        self.speakers.get(&key(quote)).copied()
    }

    /// Returns what stands in the text as a block of its own: a box stands aside, and what is in it does.
    pub fn blocks(&self, root: &'a AstNode<'a>) -> Vec<&'a AstNode<'a>> {
        let is_box = |node| self.callout(node).is_some_and(|callout| callout.kind == Kind::Box);
        root.children()
            .flat_map(|node| if is_box(node) { node.children().collect() } else { vec![node] })
            .collect()
    }
}

pub fn is_quote<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::BlockQuote)
}

fn is_paragraph<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::Paragraph)
}

fn is_break<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::SoftBreak | NodeValue::LineBreak)
}

fn take_callout<'a>(arena: &'a Arena<'a>, quote: &'a AstNode<'a>) -> Option<Callout<'a>> {
    let first = quote.first_child().filter(|node| is_paragraph(node))?;
    let text = first.first_child()?;
    let kind = take_marker(text)?;
    if kind == Kind::Pull {
        drop_empty_line(text);
        drop_if_empty(first);
        return Some(Callout { kind, head: None });
    }
    let head = new_paragraph(arena, quote); // it begins where the quotation does: no other block of the box does
    for node in first.children().take_while(|node| !is_break(node)).collect::<Vec<_>>() {
        head.append(node);
    }
    if let Some(line_end) = first.first_child() {
        line_end.detach();
    }
    first.insert_before(head);
    drop_if_empty(first);
    drop_if_empty(head);
    Some(Callout { kind, head: head.parent().map(|_| head) })
}

/// Takes `[!kind]` from where a text begins.
fn take_marker<'a>(node: &'a AstNode<'a>) -> Option<Kind> {
    let NodeValue::Text(text) = &mut node.data_mut().value else { return None };
    let (name, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let kind = match name.to_ascii_lowercase().as_str() {
        "pull" => Kind::Pull,
        "box" => Kind::Box,
        "gallery" => Kind::Gallery,
        _ => return None,
    };
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim_start().to_owned();
    *text = rest.into();
    Some(kind)
}

/// Where the marker had a line for itself, the line goes.
fn drop_empty_line<'a>(text: &'a AstNode<'a>) {
    let is_empty = matches!(&text.data().value, NodeValue::Text(text) if text.is_empty());
    if !is_empty {
        return;
    }
    if let Some(line_end) = text.next_sibling().filter(|node| is_break(node)) {
        line_end.detach();
    }
    text.detach();
}

fn drop_if_empty<'a>(paragraph: &'a AstNode<'a>) {
    let says_nothing =
        |node: &'a AstNode<'a>| matches!(&node.data().value, NodeValue::Text(text) if text.trim().is_empty());
    if paragraph.children().all(says_nothing) {
        paragraph.detach();
    }
}

fn new_paragraph<'a>(arena: &'a Arena<'a>, beside: &'a AstNode<'a>) -> &'a AstNode<'a> {
    let place = beside.data().sourcepos;
    arena.alloc(Ast::new_with_sourcepos(NodeValue::Paragraph, place).into())
}

/// The last line of a quotation says who spoke where it begins with a dash, unless the line before it does too: then
/// people talk to each other, as they do in Vietnamese and French print.
fn take_speaker<'a>(arena: &'a Arena<'a>, quote: &'a AstNode<'a>) -> Option<&'a AstNode<'a>> {
    let last = quote.last_child().filter(|node| is_paragraph(node))?;
    let line_end = last.children().collect::<Vec<_>>().into_iter().rev().find(|node| is_break(node));
    let begins = match line_end {
        Some(line_end) => line_end.next_sibling()?,
        None => last.first_child()?,
    };
    let before = match line_end {
        Some(_) => last.first_child(),
        None => last.previous_sibling()?.first_child(), // a quotation of a dash alone is no speaker's
    };
    if before.is_some_and(|node| after_dash(node).is_some()) {
        return None;
    }
    let name = after_dash(begins).filter(|name| !name.is_empty() || begins.next_sibling().is_some())?;
    begins.data_mut().value = NodeValue::Text(name.into());
    let Some(line_end) = line_end else { return Some(last) };
    let speaker = new_paragraph(arena, last);
    for node in line_end.following_siblings().skip(1).collect::<Vec<_>>() {
        speaker.append(node);
    }
    line_end.detach();
    last.insert_after(speaker);
    Some(speaker)
}

/// Returns what follows the dash that a text begins with: `—`, `–`, `―` or `--`.
fn after_dash<'a>(node: &'a AstNode<'a>) -> Option<String> {
    let NodeValue::Text(text) = &node.data().value else { return None };
    let dashed = ["—", "–", "―", "-- "];
    dashed.iter().find_map(|dash| text.strip_prefix(dash)).map(|name| name.trim_start().to_owned())
}
