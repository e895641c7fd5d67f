//! How words looked to their author: what the element is by itself, what the page's classes say, what its style says.

use std::collections::HashMap;

use scraper::{Html, Node, node::Element};

use super::parse::letters_within;

/// Most bytes of style sheets that are looked at.
const MOST_STYLE: usize = 400 << 10;

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    pub bold: bool,
    pub italic: bool,
    pub struck: bool,
    pub code: bool,
    pub script: Script,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Script {
    #[default]
    None,
    Raised,
    Lowered,
}

/// How an element stands among others, where its style says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    AsUsual,
    AsBlock,
    InLine,
    Hidden,
}

/// What the page's style sheets say of classes: the few properties that mean something in plain text.
#[derive(Debug, Default)]
pub struct Sheet {
    classes: HashMap<(String, String), Vec<(String, String)>>,
    /// Word's lists (`l0:level1`) and whether they have numbers.
    pub numbered: HashMap<String, bool>,
}

impl Sheet {
    /// Reads the page's style elements; Word and the programs of a Mac say there what is bold.
    pub fn of(html: &Html) -> Self {
        let mut sheet = Self::default();
        let mut left = MOST_STYLE;
        for node in html.tree.nodes() {
            let Node::Element(element) = node.value() else { continue };
            if element.name() != "style" {
                continue;
            }
            for text in node.children().filter_map(|child| child.value().as_text()) {
                let end = letters_within(text, left);
                sheet.read(&text[..end]);
                left -= end;
            }
        }
        sheet
    }

    fn read(&mut self, style: &str) {
        let rules = style.replace("<!--", "").replace("-->", "");
        for rule in rules.split('}') {
            let Some((selectors, body)) = rule.split_once('{') else { continue };
            let selectors = selectors.rsplit("*/").next().unwrap_or_default();
            if let Some(list) = selectors.trim().strip_prefix("@list ") {
                let numbered =
                    value(body, "mso-level-number-format").is_none_or(|format| !format.contains("bullet"));
                self.numbered.insert(list.trim().to_owned(), numbered);
            }
            let told: Vec<_> = declarations(body).filter(|(name, _)| TOLD.contains(&name.as_str())).collect();
            if told.is_empty() {
                continue;
            }
            for selector in selectors.split(',') {
                let Some((tag, class)) = selector.trim().split_once('.') else { continue };
                let is_plain = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
                if is_plain(tag) && is_plain(class) && !class.is_empty() {
                    let of_class = self.classes.entry((tag.to_lowercase(), class.to_owned())).or_default();
                    of_class.extend(told.iter().cloned());
                }
            }
        }
    }

    /// Returns what is said of an element, the strongest last.
    fn said(&self, element: &Element) -> Vec<(String, String)> {
        let mut said = Vec::new();
        if !self.classes.is_empty() {
            for class in element.classes() {
                for tag in ["", element.name()] {
                    said.extend(
                        self.classes.get(&(tag.to_owned(), class.to_owned())).into_iter().flatten().cloned(),
                    );
                }
            }
        }
        said.extend(declarations(element.attr("style").unwrap_or_default()));
        said
    }
}

const TOLD: [&str; 9] = [
    "font",
    "font-weight",
    "font-style",
    "text-decoration",
    "text-decoration-line",
    "vertical-align",
    "display",
    "visibility",
    "mso-hide",
];

/// Returns name and value of each declaration, in lower case.
pub fn declarations(style: &str) -> impl Iterator<Item = (String, String)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim().to_lowercase(), value.trim().to_lowercase()))
    })
}

/// Returns a declaration's value.
pub fn value(style: &str, name: &str) -> Option<String> {
    declarations(style).filter(|(found, _)| found == name).last().map(|(_, value)| value)
}

/// Returns how an element's words look and how it stands, inside what looks like `outer`.
pub fn look(element: &Element, outer: Look, sheet: &Sheet) -> (Look, Stands) {
    let mut look = by_tag(element.name(), outer);
    let mut stands = Stands::AsUsual;
    if element.attr("hidden").is_some() {
        return (look, Stands::Hidden);
    }
    for (name, value) in sheet.said(element) {
        match name.as_str() {
            "font-weight" => look.bold = is_bold(&value).unwrap_or(look.bold),
            "font-style" => look.italic = value.starts_with("italic") || value.starts_with("oblique"),
            "font" if value.contains(|c: char| c.is_ascii_digit()) => {
                look.bold = value.split_whitespace().any(|word| is_bold(word) == Some(true));
                look.italic = value.contains("italic") || value.contains("oblique");
            }
            "text-decoration" | "text-decoration-line" => {
                look.struck = value.contains("line-through") || (look.struck && outer.struck);
            }
            "vertical-align" => {
                look.script = match value.as_str() {
                    "super" => Script::Raised,
                    "sub" => Script::Lowered,
                    "baseline" => Script::None,
                    _ => look.script,
                }
            }
            "visibility" if value == "hidden" => stands = Stands::Hidden,
            "mso-hide" if value == "all" => stands = Stands::Hidden,
            "display" if stands != Stands::Hidden => {
                stands = match value.as_str() {
                    "none" => Stands::Hidden,
                    "block" | "flex" | "grid" | "list-item" => Stands::AsBlock,
                    "inline" => Stands::InLine,
                    _ => stands,
                }
            }
            _ => {}
        }
    }
    (look, stands)
}

fn by_tag(name: &str, outer: Look) -> Look {
    match name {
        "b" | "strong" => Look { bold: true, ..outer },
        "i" | "em" | "cite" | "dfn" | "var" => Look { italic: true, ..outer },
        "s" | "strike" | "del" => Look { struck: true, ..outer },
        "code" | "kbd" | "samp" | "tt" => Look { code: true, ..outer },
        "sup" => Look { script: Script::Raised, ..outer },
        "sub" => Look { script: Script::Lowered, ..outer },
        _ => outer,
    }
}

fn is_bold(weight: &str) -> Option<bool> {
    match weight {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<f32>().ok().map(|number| number >= 600.0),
    }
}
