//! Reads a public page back: does it carry what was approved, each part once?

use domain::{document::Document, markdown, placement::Placement};
use scraper::{ElementRef, Html, Node, Selector};

/// Larger pages are not read: no newspaper's is.
const LARGEST_PAGE: usize = 4 << 20;
/// The parser walks up what is open at every paragraph: a deep page costs depth times length.
const DEEPEST: usize = 256;

/// Where on a portal's pages the parts stand that every portal has in its own manner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageShape {
    /// CSS selector of the article's pictures.
    pub pictures: &'static str,
    /// CSS selector of what holds the whole text.
    pub text: &'static str,
    /// It sets quotation marks, dashes and ellipses as it likes.
    pub typographic: bool,
}

impl PageShape {
    /// Our own page, as `domain::page` makes it.
    pub const OURS: Self = Self { pictures: "figure img", text: "article", typographic: false };
}

/// Returns what is different, in words; nothing is well.
#[must_use]
pub fn differences(page: &str, document: &Document, shape: &PageShape) -> Vec<String> {
    if page.len() > LARGEST_PAGE || depth(page) > DEEPEST {
        return vec!["the page is too large, or nested too deeply, to be read back".into()];
    }
    let page = Page { html: Html::parse_document(page), shape };
    let fields = &document.fields;
    let published: Vec<&Placement> =
        document.placements.iter().filter(|placement| placement.picture.is_some()).collect();
    let found = [
        page.once("headline", "h1", &fields.headline),
        page.once("standfirst", ".standfirst", &fields.standfirst),
        page.once("source URL", ".source-url a", &fields.source_url),
        page.once("source paper", ".source-paper", &fields.source_paper),
        page.list("captions", "figcaption .caption", &published, |placement| &placement.caption),
        page.list("credits", "figcaption .credit", &published, |placement| &placement.credit_line),
        page.pictures(published.len()),
        page.text(&document.body),
    ];
    found.into_iter().flatten().collect()
}

/// Returns how many of the notices of corrections the page does not show, in words; nothing is well.
#[must_use]
pub fn notices(page: &str, notices: &[String], shape: &PageShape) -> Option<String> {
    if notices.is_empty() || page.len() > LARGEST_PAGE || depth(page) > DEEPEST {
        return None; // the page is said to be unreadable already
    }
    let page = Page { html: Html::parse_document(page), shape };
    let text = page.texts(shape.text).join(" ");
    let missing = notices.iter().filter(|notice| !text.contains(&page.evened(notice))).count();
    (missing > 0).then(|| format!("notices of corrections: {missing} are not on the page"))
}

/// Returns how deeply elements stand in each other, as far as tags say so. Those that need no closing do not count.
fn depth(page: &str) -> usize {
    const NEED_NO_CLOSING: &str = " area base br col embed hr img input link meta source track wbr p li dt dd td th tr thead tbody tfoot option path ";
    let (mut open, mut deepest) = (0_usize, 0);
    for tag in page.split('<').skip(1) {
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if name.is_empty() || NEED_NO_CLOSING.contains(&format!(" {name} ")) {
            continue;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest
}

struct Page<'a> {
    html: Html,
    shape: &'a PageShape,
}

impl Page<'_> {
    fn texts(&self, what: &str) -> Vec<String> {
        let selector = Selector::parse(what).expect("the selector is part of the program");
        self.html.select(&selector).map(|element| self.evened(&words(element))).collect()
    }

    /// White space, and signs where the portal sets them itself, in one way.
    fn evened(&self, text: &str) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.shape.typographic { plain_signs(&text) } else { text }
    }

    fn once(&self, name: &str, what: &str, wanted: &str) -> Option<String> {
        let wanted = self.evened(wanted);
        let count = self.texts(what).iter().filter(|text| **text == wanted).count();
        (!wanted.is_empty() && count != 1).then(|| format!("{name}: on the page {count} times"))
    }

    /// Order on the page is the text's, not the desk's.
    fn list(
        &self,
        name: &str,
        what: &str,
        placements: &[&Placement],
        word: fn(&Placement) -> &String,
    ) -> Option<String> {
        let mut found = self.texts(what);
        let mut wanted: Vec<String> = placements
            .iter()
            .map(|placement| self.evened(word(placement)))
            .filter(|word| !word.is_empty())
            .collect();
        found.sort();
        wanted.sort();
        (found != wanted).then(|| {
            format!("{name}: {} on the page, {} approved, or other words", found.len(), wanted.len())
        })
    }

    fn pictures(&self, wanted: usize) -> Option<String> {
        let found = self.texts(self.shape.pictures).len();
        (found != wanted).then(|| format!("pictures: {found} on the page, {wanted} approved"))
    }

    fn text(&self, body: &str) -> Option<String> {
        let page = self.texts(self.shape.text).join(" ");
        let missing = markdown::plain_text(body)
            .lines()
            .map(|line| self.evened(line))
            .filter(|line| !line.is_empty() && !page.contains(line))
            .count();
        (missing > 0).then(|| format!("text: {missing} paragraphs are not on the page"))
    }
}

/// Returns an element's words, without the numbers of footnotes: they are no part of what was written.
fn words(element: ElementRef<'_>) -> String {
    let is_number = |text: ego_tree::NodeRef<'_, Node>| {
        text.ancestors().take(2).filter_map(ElementRef::wrap).any(|around| {
            around.value().name() == "sup" && around.value().classes().any(|class| class == "footnote-ref")
        })
    };
    let texts = element.descendants().filter(|node| !is_number(*node));
    texts.filter_map(|node| node.value().as_text().map(|text| &**text)).collect()
}

/// Returns `text` with the signs that typographers exchange written in one way; two or three hyphens are a dash.
fn plain_signs(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '”' | '„' | '‟' | '″' => plain.push('"'),
            '‘' | '’' | '‚' | '‛' | '′' => plain.push('\''),
            '‐' | '‑' | '–' | '—' | '―' => plain.push('-'),
            '…' => plain.push_str("..."),
            '×' => plain.push('x'),
            _ => plain.push(c),
        }
    }
    plain.replace("---", "-").replace("--", "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_typographers_exchange_are_the_same() {
        assert_eq!(plain_signs("“Hai”—‘ba’… 2×3 -- bốn"), "\"Hai\"-'ba'... 2x3 - bốn");
    }

    #[test]
    fn a_page_of_any_shape_is_read_in_time() {
        let bomb = format!("{}{}", "<div>".repeat(20_000), "<p>".repeat(100_000));
        let wide = "<p>một<br><img src=x><ul><li>hai<li>ba</ul>".repeat(20_000);

        assert_eq!(differences(&bomb, &Document::default(), &PageShape::OURS).len(), 1);
        assert_eq!(differences(&wide, &Document::default(), &PageShape::OURS), Vec::<String>::new());
        assert_eq!(depth("<div><p><b>x</b><br/></div><main></main>"), 2);
    }

    #[test]
    fn every_block_of_a_newsroom_is_found_on_its_own_page() {
        let body = "Một[^1] và hai.\n\n> Nói.\n> — Lan\n\n> [!pull]\n> Hay.\n\n> [!box] Đầu\n> - mục\n\n> [!gallery] lời\n\n\
                    https://youtu.be/x\n\n| a |\n|---|\n| ô bảng |\n\n[^1]: Nguồn.\n";
        let document = Document { body: body.into(), ..Document::default() };
        let page = |body: &str| format!("<article>{}</article>", markdown::html(body));

        assert_eq!(differences(&page(body), &document, &PageShape::OURS), Vec::<String>::new());
        for lost in ["Lan", "Hay", "Đầu", "mục", "lời", "youtu.be", "ô bảng", "Nguồn", "và hai"]
        {
            let page = page(&body.replace(lost, "x"));
            assert_eq!(differences(&page, &document, &PageShape::OURS).len(), 1, "{lost}");
        }
    }

    #[test]
    fn a_typographic_page_still_has_to_carry_the_words() {
        let document = Document { body: "\"Một\" -- hai...\n".into(), ..Document::default() };
        let shape = PageShape { text: "main", typographic: true, ..PageShape::OURS };
        let page = |words: &str| format!("<main><p>{words}</p></main>");

        assert_eq!(differences(&page("“Một” – hai…"), &document, &shape), Vec::<String>::new());
        assert_eq!(differences(&page("“Một” – ba…"), &document, &shape).len(), 1);
        assert_eq!(differences(&page("“Một” – hai…"), &document, &PageShape::OURS).len(), 1);
    }
}
