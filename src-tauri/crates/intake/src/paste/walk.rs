//! Goes through the page as a reader does and makes blocks of what he sees.

use std::collections::HashSet;

use domain::{ids::PlacementId, markdown};
use ego_tree::{NodeId, NodeRef, iter::Edge};
use scraper::{ElementRef, Node, node::Element};

use super::{
    Picture, address,
    inline::Inline,
    notes::Notes,
    parse::Page,
    picture,
    style::{self, Look, Sheet, Stands},
    word,
    write::{Block, Read},
};

mod pictures;
mod rows;

/// Deeper than this only words are read.
const DEEPEST: usize = 240;

/// What a reader never sees as text.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "head", "object", "embed", "select", "video", "audio",
    "canvas", "title", "meta", "link", "xml", "noframes", "applet", "map", "datalist", "textarea", "input",
];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "form",
    "fieldset",
    "dl",
    "dt",
    "dd",
    "center",
    "body",
    "html",
    "address",
    "figcaption",
    "details",
    "summary",
    "caption",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "tfoot",
    "hgroup",
    "legend",
    "dir",
    "menu",
];

/// What the elements around give those inside.
#[derive(Clone, Copy, Default)]
pub struct Inside {
    look: Look,
    link: Option<usize>,
    depth: usize,
    /// Ends of lines in the markup are ends of lines.
    keeps_lines: bool,
    /// A heading's number belongs to its words.
    keeps_marks: bool,
}

/// Blocks that are done, and the line that is being read.
#[derive(Default)]
pub struct Flow {
    pub blocks: Vec<Block>,
    line: Inline,
    after: Vec<PlacementId>,
}

impl Flow {
    pub fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.blocks.extend(line.paragraphs().into_iter().map(Block::Paragraph));
        self.blocks.extend(self.after.drain(..).map(Block::Picture));
    }

    fn picture(&mut self, id: PlacementId) {
        if self.line.is_blank() {
            self.blocks.push(Block::Picture(id));
        } else {
            self.after.push(id); // a picture does not tear its paragraph apart
        }
    }

    fn done(mut self) -> Vec<Block> {
        self.end_line();
        word::grouped(self.blocks)
    }
}

/// Takes a page apart.
pub fn read(page: &Page, new_id: &mut dyn FnMut() -> PlacementId) -> Read {
    let root = page.html.tree.root();
    let mut walk = Walk {
        page,
        sheet: Sheet::of(&page.html),
        notes: Notes::of(&page.html),
        links: Vec::new(),
        pictures: Vec::new(),
        new_id,
        outside: outside(root),
        credit: None,
        in_caption: false,
    };
    let mut flow = Flow::default();
    walk.children(root, Inside::default(), &mut flow);
    let mut blocks = flow.done();
    walk.outside.clear(); // Word's notes stand there
    let notes: Vec<Vec<Block>> =
        walk.notes.places.clone().into_iter().map(|place| walk.note(place)).collect();
    if !notes.is_empty() {
        while blocks.last() == Some(&Block::Rule) {
            blocks.pop(); // it stood above the notes
        }
    }
    Read { blocks, links: walk.links, notes, pictures: walk.pictures }
}

pub struct Walk<'a> {
    page: &'a Page,
    sheet: Sheet,
    notes: Notes,
    links: Vec<String>,
    pictures: Vec<Picture>,
    new_id: &'a mut dyn FnMut() -> PlacementId,
    /// What stands before the fragment that was copied, or after it: what a program put around it.
    outside: HashSet<NodeId>,
    in_caption: bool,
    /// What a caption's markup says is its credit.
    credit: Option<String>,
}

fn outside(root: NodeRef<'_, Node>) -> HashSet<NodeId> {
    let mut outside = HashSet::new();
    let mut is_out = root.descendants().any(|node| is_comment(node, "StartFragment"));
    for node in root.descendants() {
        is_out = (is_out || is_comment(node, "EndFragment")) && !is_comment(node, "StartFragment");
        let counts = match node.value() {
            Node::Text(text) => !text.trim().is_empty(),
            Node::Element(element) => matches!(element.name(), "img" | "a" | "table" | "hr"),
            Node::Comment(_)
            | Node::Document
            | Node::Fragment
            | Node::Doctype(_)
            | Node::ProcessingInstruction(_) => false,
        };
        // A table may begin before the cells that were copied.
        if is_out
            && counts
            && !(node.value().is_element()
                && node.descendants().any(|below| is_comment(below, "StartFragment")))
        {
            outside.insert(node.id());
        }
    }
    outside
}

fn is_comment(node: NodeRef<'_, Node>, said: &str) -> bool {
    node.value().as_comment().is_some_and(|comment| comment.trim() == said)
}

/// Word has its own name for the line above the first heading.
fn is_title(element: &Element) -> bool {
    element.name() == "p" && element.classes().any(|class| class == "MsoTitle")
}

fn level(element: &Element) -> Option<usize> {
    let is_ours = element.classes().any(|class| class == markdown::SUBHEAD);
    // On our own page the headline is the first heading: those of the text stand one below what was typed.
    level_of(element).map(|level| if is_ours && level > 1 { level - 1 } else { level })
}

fn level_of(element: &Element) -> Option<usize> {
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ if is_title(element) => Some(1),
        // What is no heading's element but says it is one.
        _ if element.attr("role") == Some("heading") => element
            .attr("aria-level")
            .and_then(|level| level.parse().ok())
            .filter(|level| (1..=6).contains(level)),
        _ => None,
    }
}

impl Walk<'_> {
    fn children(&mut self, node: NodeRef<'_, Node>, inside: Inside, flow: &mut Flow) {
        if inside.depth > DEEPEST {
            self.words_only(node, inside, flow);
            return;
        }
        for child in node.children() {
            self.child(child, inside, flow);
        }
    }

    fn child(&mut self, child: NodeRef<'_, Node>, inside: Inside, flow: &mut Flow) {
        match child.value() {
            Node::Text(_) | Node::Element(_) if self.outside.contains(&child.id()) => {}
            Node::Text(text) => self.text(text, inside, flow),
            Node::Element(_) => {
                let element = ElementRef::wrap(child).expect("it is an element");
                self.element(element, Inside { depth: inside.depth + 1, ..inside }, flow);
            }
            Node::Comment(_)
            | Node::Document
            | Node::Fragment
            | Node::Doctype(_)
            | Node::ProcessingInstruction(_) => {}
        }
    }

    fn words_only(&mut self, node: NodeRef<'_, Node>, inside: Inside, flow: &mut Flow) {
        let words = self.words(node, " ");
        self.text(&words, inside, flow);
    }

    /// Returns the words a reader sees in a node, with `between` after each piece.
    fn words(&self, node: NodeRef<'_, Node>, between: &str) -> String {
        let mut words = String::new();
        let mut skipped = None;
        for edge in node.traverse() {
            match edge {
                Edge::Open(below) if skipped.is_none() => match below.value() {
                    Node::Text(text) if !self.outside.contains(&below.id()) => {
                        words.push_str(text);
                        words.push_str(between);
                    }
                    Node::Element(element) if element.name() == "br" => words.push('\n'),
                    Node::Element(element) => {
                        let hidden = style::look(element, Look::default(), &self.sheet).1 == Stands::Hidden;
                        if hidden || element.name() == "iframe" || UNSEEN.contains(&element.name()) {
                            skipped = Some(below.id());
                        }
                    }
                    Node::Text(_)
                    | Node::Comment(_)
                    | Node::Document
                    | Node::Fragment
                    | Node::Doctype(_)
                    | Node::ProcessingInstruction(_) => {}
                },
                Edge::Close(below) if skipped == Some(below.id()) => skipped = None,
                Edge::Open(_) | Edge::Close(_) => {}
            }
        }
        words
    }

    fn text(&mut self, text: &str, inside: Inside, flow: &mut Flow) {
        if !inside.keeps_lines || text.trim().is_empty() {
            flow.line.text(text, inside.look, inside.link);
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                flow.line.line_break();
            }
            flow.line.text(line, inside.look, inside.link);
        }
    }

    fn element(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        let value = element.value();
        let name = value.name();
        if self.is_left_out(element, inside) {
            return;
        }
        let (look, stands) = style::look(value, inside.look, &self.sheet);
        if stands == Stands::Hidden {
            return;
        }
        let inside = Inside { look, keeps_lines: keeps_lines(value).unwrap_or(inside.keeps_lines), ..inside };
        if let Some(level) = level(value) {
            self.heading(element, level, inside, flow);
            return;
        }
        if self.is_caption(element, flow) {
            self.caption_below(element, inside, flow);
            return;
        }
        match name {
            "br" => flow.line.line_break(),
            "hr" => {
                flow.end_line();
                flow.blocks.push(Block::Rule);
            }
            "img" => self.image(value, inside, flow),
            "a" => self.link(element, inside, flow),
            "q" => {
                self.text("“", inside, flow);
                self.children(*element, inside, flow);
                self.text("”", inside, flow);
            }
            "ul" | "ol" => self.list(element, inside, flow),
            "li" => self.item(element, None, inside, flow),
            "blockquote" if !is_indented(value) => self.quote(element, inside, flow),
            "pre" => self.preformatted(element, inside, flow),
            "table" => self.table(element, inside, flow),
            "figure" => self.figure(element, inside, flow),
            "math" => self.words_only(*element, inside, flow),
            "cite" | "footer" if is_in_quote(element) && flow.line.is_blank() => {
                flow.end_line();
                let (mut name, _) = self.line_of(element, Inside { look: Look::default(), ..inside });
                if !name.plain().starts_with(['—', '–']) {
                    name = name.after("— ");
                }
                flow.blocks.push(Block::Paragraph(name));
            }
            "iframe" => self.embed(value, flow),
            "rt" => {
                self.text("(", inside, flow);
                self.children(*element, inside, flow);
                self.text(")", inside, flow);
            }
            "rp" => {}
            "p" | "div" if word::place(element, &self.sheet).is_some() => {
                self.word_item(element, inside, flow);
            }
            "p" if value.classes().any(|class| matches!(class, "MsoQuote" | "MsoIntenseQuote")) => {
                self.quote(element, Inside { look: Look { italic: false, ..look }, ..inside }, flow);
            }
            _ => {
                let block = BLOCKS.contains(&name) || name == "blockquote";
                if (block && stands != Stands::InLine) || stands == Stands::AsBlock {
                    flow.end_line();
                    self.children(*element, inside, flow);
                    flow.end_line();
                } else {
                    self.children(*element, inside, flow);
                }
            }
        }
    }

    /// What is no text of the author's, or stands elsewhere.
    fn is_left_out(&mut self, element: ElementRef<'_>, inside: Inside) -> bool {
        let value = element.value();
        let name = value.name();
        if UNSEEN.contains(&name) || (word::is_mark(value) && !inside.keeps_marks) {
            return true;
        }
        if name.starts_with("v:") || name.starts_with("w:") || self.notes.back.contains(&element.id()) {
            return true;
        }
        if self.in_caption && picture::is_credit(value) && self.credit.is_none() {
            let words = self.flow_of(element, inside).iter().map(plain).collect::<Vec<_>>().join(" ");
            self.credit = Some(words);
            return true;
        }
        let style = value.attr("style").unwrap_or_default();
        style.contains("mso-element:comment")
            || value
                .classes()
                .any(|class| matches!(class, "msocomanchor" | "MsoCommentReference" | "msocomtxt"))
            || self.notes.places.contains(&element.id())
    }

    /// Returns the blocks in an element.
    fn flow_of(&mut self, element: ElementRef<'_>, inside: Inside) -> Vec<Block> {
        let mut flow = Flow::default();
        self.children(*element, inside, &mut flow);
        flow.done()
    }

    /// Returns an element's words on one line, and what cannot stand there.
    fn line_of(&mut self, element: ElementRef<'_>, inside: Inside) -> (Inline, Vec<Block>) {
        let mut line = Inline::default();
        let mut rest = Vec::new();
        flatten(self.flow_of(element, inside), &mut line, &mut rest);
        (line, rest)
    }

    fn heading(&mut self, element: ElementRef<'_>, level: usize, inside: Inside, flow: &mut Flow) {
        flow.end_line();
        let look = Look { bold: false, ..inside.look };
        let (mut line, rest) = self.line_of(element, Inside { look, keeps_marks: true, ..inside });
        line.not_all_bold();
        if !line.is_blank() {
            flow.blocks.push(Block::Heading(level, line));
        }
        flow.blocks.extend(rest);
    }

    fn link(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        if let Some(note) = self.notes.marks.get(&element.id()) {
            flow.line.note(*note);
            return;
        }
        let mut inside = inside;
        if let Some(address) = element.value().attr("href").and_then(address::followed) {
            inside.link = Some(self.links.len());
            self.links.push(address);
        }
        self.children(*element, inside, flow);
    }

    /// A video's frame becomes the address that is a card in our text; other frames show nothing that can be pasted.
    fn embed(&mut self, frame: &Element, flow: &mut Flow) {
        let Some(address) = frame.attr("src").and_then(address::embedded) else { return };
        flow.end_line();
        let mut line = Inline::default();
        line.text(&address, Look::default(), Some(self.links.len()));
        self.links.push(address);
        flow.blocks.push(Block::Paragraph(line));
    }

    fn quote(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        flow.end_line();
        let blocks = spoken(self.flow_of(element, inside));
        if blocks.is_empty() {
            return;
        }
        // Word's quotation is a style of paragraphs: those side by side are one.
        if let (Some(Block::Quote(before)), "p") = (flow.blocks.last_mut(), element.value().name()) {
            before.extend(blocks);
        } else {
            flow.blocks.push(Block::Quote(blocks));
        }
    }

    fn preformatted(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        flow.end_line();
        let is_code =
            element.descendants().filter_map(ElementRef::wrap).any(|one| one.value().name() == "code");
        if !is_code {
            self.children(*element, Inside { keeps_lines: true, ..inside }, flow);
            flow.end_line();
            return;
        }
        let code = self.words(*element, "");
        if !code.trim().is_empty() {
            flow.blocks.push(Block::Code(domain::article::normalised(&code)));
        }
    }

    fn note(&mut self, place: ego_tree::NodeId) -> Vec<Block> {
        let page = self.page;
        let Some(element) = page.html.tree.get(place).and_then(ElementRef::wrap) else { return Vec::new() };
        self.flow_of(element, Inside::default())
    }
}

fn is_in_quote(element: ElementRef<'_>) -> bool {
    element.ancestors().take(3).filter_map(ElementRef::wrap).any(|outer| outer.value().name() == "blockquote")
}

/// A mail program's way to move a paragraph to the right.
fn is_indented(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default().to_lowercase().replace(' ', "");
    style.contains("border:none") && style.contains("margin")
}

fn keeps_lines(element: &Element) -> Option<bool> {
    let style = element.attr("style")?;
    let said = style::value(style, "white-space-collapse").or_else(|| style::value(style, "white-space"))?;
    Some(said.starts_with("pre"))
}

/// Who spoke stands in a quotation's last line: where he has a paragraph of his own, it becomes that line.
fn spoken(mut blocks: Vec<Block>) -> Vec<Block> {
    let names =
        |block: &Block| matches!(block, Block::Paragraph(line) if line.plain().starts_with(['—', '–']));
    let named = blocks.len() > 1
        && blocks.last().is_some_and(names)
        && matches!(blocks[blocks.len() - 2], Block::Paragraph(_));
    if named
        && let (Some(Block::Paragraph(name)), Some(Block::Paragraph(words))) =
            (blocks.pop(), blocks.last_mut())
    {
        words.next_line(name);
    }
    blocks
}

/// Puts blocks' words on one line; pictures and tables, which cannot stand on one, are given back.
fn flatten(blocks: Vec<Block>, line: &mut Inline, rest: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Paragraph(words) | Block::Heading(_, words) => line.join(words),
            Block::List(list) => list.items.into_iter().for_each(|item| flatten(item, line, rest)),
            Block::Item(item) => flatten(item.blocks, line, rest),
            Block::Quote(blocks) => flatten(blocks, line, rest),
            Block::Code(code) => line.text(&code, Look { code: true, ..Look::default() }, None),
            Block::Rule => {}
            Block::Table(_) | Block::Picture(_) => rest.push(block),
        }
    }
}

fn plain(block: &Block) -> String {
    let (mut line, mut rest) = (Inline::default(), Vec::new());
    flatten(vec![block.clone()], &mut line, &mut rest);
    line.plain()
}
