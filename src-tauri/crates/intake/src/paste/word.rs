//! Lists as Word writes them: paragraphs that say which list they are of, how deep, and what stands before them.

use scraper::{ElementRef, node::Element};

use super::{
    style::{self, Sheet},
    write::{Block, Item, List},
};

/// Which list a paragraph is an item of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub list: String,
    pub level: usize,
    pub number: Option<u32>,
}

/// Returns the place that Word (and WPS) gives a paragraph: `mso-list:l0 level2 lfo1`.
pub fn place(element: ElementRef<'_>, sheet: &Sheet) -> Option<Place> {
    let said = style::value(element.value().attr("style")?, "mso-list")?;
    let mut words = said.split_whitespace();
    let list = words.next().filter(|list| list.starts_with('l') && list.len() > 1)?;
    let level: usize = words.next()?.strip_prefix("level")?.parse().ok()?;
    let numbered = sheet.numbered.get(&format!("{list}:level{level}")).copied();
    let number = match mark(element) {
        Some(mark) => number_of(&mark).filter(|_| numbered != Some(false)),
        None => numbered.unwrap_or(false).then_some(1),
    };
    let list = words.next().map_or_else(|| list.to_owned(), |lfo| format!("{list} {lfo}"));
    Some(Place { list, level: level.clamp(1, 9), number })
}

/// Returns the place that Word on the web gives a list's item: each stands in a list of its own.
pub fn place_online(item: &Element, ordered: Option<u32>) -> Option<Place> {
    let level: usize = item.attr("data-aria-level")?.parse().ok()?;
    let list = item.attr("data-listid").unwrap_or_default().to_owned();
    Some(Place { list, level: level.clamp(1, 9), number: ordered })
}

/// Says whether an element is only what Word puts before an item: `·`, `1.`.
pub fn is_mark(element: &Element) -> bool {
    element
        .attr("style")
        .is_some_and(|style| style::value(style, "mso-list").is_some_and(|said| said == "ignore"))
}

fn mark(element: ElementRef<'_>) -> Option<String> {
    let marked = element.descendants().filter_map(ElementRef::wrap).find(|one| is_mark(one.value()))?;
    Some(marked.text().collect::<String>().trim().to_owned())
}

/// `3.`, `(3)`, `c)`, `1.3.` are numbers; a bullet and Word's `o` are none.
fn number_of(mark: &str) -> Option<u32> {
    let dotted = mark.ends_with(['.', ')', ':']);
    let last = mark.trim_matches(['(', ')', '.', ':']).rsplit('.').next().unwrap_or_default();
    if let Ok(number) = last.parse::<u32>() {
        return Some(number.min(99_999));
    }
    if !dotted || last.is_empty() || last.len() > 5 {
        return None;
    }
    let last = last.to_lowercase();
    let letter = last.bytes().next().filter(|c| last.len() == 1 && c.is_ascii_lowercase());
    if last.chars().all(|c| "ivx".contains(c)) {
        return Some(roman(&last));
    }
    letter.map(|c| u32::from(c - b'a') + 1)
}

fn roman(letters: &str) -> u32 {
    let value = |c| match c {
        'x' => 10,
        'v' => 5,
        _ => 1,
    };
    let values: Vec<i32> = letters.chars().map(value).collect();
    let sum: i32 = values
        .iter()
        .enumerate()
        .map(|(at, now)| if values.get(at + 1).is_some_and(|next| next > now) { -now } else { *now })
        .sum();
    u32::try_from(sum).unwrap_or(1)
}

/// Makes lists of paragraphs that are items, and one list of lists' items that stand apart.
pub fn grouped(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut run: Vec<Item> = Vec::new();
    for block in blocks {
        if let Block::Item(item) = block {
            run.push(item);
        } else {
            out.extend(lists(std::mem::take(&mut run)));
            out.push(block);
        }
    }
    out.extend(lists(run));
    out
}

fn lists(items: Vec<Item>) -> Vec<Block> {
    let mut items = items.into_iter().peekable();
    let mut lists = Vec::new();
    while let Some(level) = items.peek().map(|item| item.level) {
        lists.push(Block::List(list(&mut items, level)));
    }
    lists
}

/// Takes the items of one list at `level`, deeper ones becoming lists in the item before them.
fn list(items: &mut std::iter::Peekable<std::vec::IntoIter<Item>>, level: usize) -> List {
    let mut made = List::default();
    let mut name = None;
    while let Some(next) = items.peek() {
        if next.level < level {
            break;
        }
        let deeper = Some(next.level).filter(|deeper| *deeper > level);
        if let Some(deeper) = deeper {
            let inner = Block::List(list(items, deeper));
            match made.items.last_mut() {
                Some(item) => item.push(inner),
                None => made.items.push(vec![inner]),
            }
            continue;
        }
        let begins_anew = name.is_some()
            && (next.number.is_some() != made.from.is_some()
                || (next.number == Some(1) && !made.items.is_empty())
                || (next.number.is_none() && name != Some(next.list.clone()) && level == 1));
        if begins_anew {
            break;
        }
        let item = items.next().expect("it was just seen");
        if name.is_none() {
            (name, made.from) = (Some(item.list), item.number);
        }
        made.items.push(item.blocks);
    }
    made
}
