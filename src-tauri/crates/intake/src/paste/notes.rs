//! Footnotes: a word that leads to a note below, and a note that leads back, in whatever words a program has for it.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

/// Longer words are no mark of a note.
const LONGEST_MARK: usize = 8;

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Notes {
    /// The link that stands in the text, and which note it leads to.
    pub marks: HashMap<NodeId, usize>,
    /// Where each note stands, in the order in which they are named.
    pub places: Vec<NodeId>,
    /// Links from a note back to the text.
    pub back: HashSet<NodeId>,
}

impl Notes {
    pub fn of(html: &Html) -> Self {
        let elements: Vec<ElementRef<'_>> =
            html.tree.root().descendants().filter_map(ElementRef::wrap).collect();
        let order: HashMap<NodeId, usize> =
            elements.iter().enumerate().map(|(at, one)| (one.id(), at)).collect();
        let named = named(&elements);
        let mut notes = Self::default();
        for link in elements.iter().filter(|one| one.value().name() == "a") {
            let Some(target) = target(link, &named) else { continue };
            let is_below = order[&target.id()] > order[&link.id()];
            let Some(place) = place(target).filter(|_| is_below && is_mark(link)) else { continue };
            let back: Vec<NodeId> = links_back(place, link, &order, &named);
            let inside = place.descendants().any(|node| node.id() == link.id());
            if inside || (back.is_empty() && !in_sup(link)) {
                continue;
            }
            let at = notes.places.iter().position(|known| *known == place.id()).unwrap_or_else(|| {
                notes.places.push(place.id());
                notes.places.len() - 1
            });
            notes.marks.insert(link.id(), at);
            notes.back.extend(back);
        }
        notes
    }
}

fn named<'a>(elements: &[ElementRef<'a>]) -> HashMap<&'a str, ElementRef<'a>> {
    let mut named = HashMap::new();
    for element in elements {
        let value = element.value();
        let names = [value.attr("id"), value.attr("name").filter(|_| value.name() == "a")];
        for name in names.into_iter().flatten().filter(|name| !name.is_empty()) {
            named.entry(name).or_insert(*element);
        }
    }
    named
}

fn target<'a>(link: &ElementRef<'a>, named: &HashMap<&str, ElementRef<'a>>) -> Option<ElementRef<'a>> {
    let (_, name) = link.value().attr("href")?.split_once('#')?;
    named.get(name).copied()
}

/// `[1]`, `1`, `*`, `iv`: short, and no word of the text.
fn is_mark(link: &ElementRef<'_>) -> bool {
    let words: String = link.text().collect();
    let mark = words.trim().trim_matches(['[', ']', '(', ')']);
    let is_sign = mark.chars().all(|c| c.is_ascii_digit() || "*†‡§".contains(c) || "ivxabcdef".contains(c));
    !mark.is_empty() && words.chars().count() <= LONGEST_MARK && is_sign
}

fn in_sup(link: &ElementRef<'_>) -> bool {
    let is_sup = |element: &ElementRef<'_>| element.value().name() == "sup";
    link.ancestors().take(3).filter_map(ElementRef::wrap).any(|outer| is_sup(&outer))
        || link.descendants().filter_map(ElementRef::wrap).any(|inner| is_sup(&inner))
}

/// Returns the block that is the note, from what is named in it.
fn place(target: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let is_block = |name: &str| matches!(name, "li" | "div" | "aside" | "dd" | "p" | "td");
    let around = std::iter::once(target).chain(target.ancestors().take(4).filter_map(ElementRef::wrap));
    let blocks: Vec<ElementRef<'_>> = around
        .take_while(|one| one.value().name() != "body")
        .filter(|one| is_block(one.value().name()))
        .collect();
    let heading = target
        .descendants()
        .chain(target.ancestors())
        .filter_map(ElementRef::wrap)
        .any(|one| matches!(one.value().name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
    let first = *blocks.first().filter(|_| !heading)?;
    // A paragraph that is all there is of a note's own box: the box, which may hold more paragraphs.
    let own_box = blocks.get(1).filter(|outer| {
        let value = outer.value();
        first.value().name() == "p" && (value.name() == "li" || is_note_box(value))
    });
    Some(own_box.copied().unwrap_or(first))
}

fn is_note_box(value: &scraper::node::Element) -> bool {
    let style = value.attr("style").unwrap_or_default().to_lowercase().replace(' ', "");
    let id = value.attr("id").unwrap_or_default();
    style.contains("mso-element:footnote") && !style.contains("footnote-list")
        || style.contains("mso-element:endnote") && !style.contains("endnote-list")
        || id.starts_with("sdfootnote")
        || id.starts_with("sdendnote")
}

fn links_back<'a>(
    place: ElementRef<'a>,
    mark: &ElementRef<'a>,
    order: &HashMap<NodeId, usize>,
    named: &HashMap<&str, ElementRef<'a>>,
) -> Vec<NodeId> {
    let links = place.descendants().filter_map(ElementRef::wrap).filter(|one| one.value().name() == "a");
    let leads_back = |one: &ElementRef<'a>| {
        target(one, named).is_some_and(|there| {
            order[&there.id()] <= order[&mark.id()] + 12 && order[&there.id()] < order[&place.id()]
        })
    };
    links.filter(leads_back).map(|one| one.id()).collect()
}
