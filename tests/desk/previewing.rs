//! The preview is the page, and it is quick.

use std::time::{Duration, Instant};

use desk::{
    Desk,
    window::{ArticleShown, BodyAsked, BodyChange, Preview, PreviewAsked},
};

use crate::newsroom::{Newsroom, draft, fixture};

fn asked(article: &ArticleShown, body: &str, have: u32) -> PreviewAsked {
    PreviewAsked {
        id: article.id,
        fields: article.fields.clone(),
        body: BodyAsked::Whole { text: body.to_owned() },
        placements: Vec::new(),
        have,
    }
}

/// Asks for a page that the desk cannot refuse.
fn shown(desk: &Desk, asked: &PreviewAsked) -> Preview {
    desk.preview(asked).expect("no error").expect("a preview")
}

fn page(preview: &Preview) -> String {
    preview.insert.concat()
}

#[tokio::test]
async fn the_preview_shows_every_part_once_and_what_is_wanted() {
    let newsroom = Newsroom::open().await;
    let article = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));

    let preview = shown(&newsroom.desk, &asked(&article, &article.body, 0));

    let page = page(&preview);
    assert_eq!((preview.language.as_str(), preview.dir.as_str(), preview.applies_to), ("ms", "ltr", 0));
    assert_eq!(page.matches("<figure").count(), 3);
    for words in [
        &article.fields.headline,
        &article.placements[0].caption,
        &article.placements[2].credit_line,
        &article.fields.source_paper,
    ] {
        assert_eq!(page.matches(words.as_str()).count(), 1, "{words}");
    }
    assert!(!page.contains("vntd1.jpg"));
    assert_eq!(preview.lines.len(), preview.insert.len());
}

#[tokio::test]
async fn only_changed_blocks_come_back() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    let first = shown(&newsroom.desk, &asked(&article, "Một.\n\nHai.\n\nBa.\n", 0));

    let next = shown(&newsroom.desk, &asked(&article, "Một.\n\nHai!\n\nBa.\n", first.version));
    let lost = shown(&newsroom.desk, &asked(&article, "Một.\n", 99));

    assert_eq!((next.applies_to, next.remove, next.insert.len()), (first.version, 1, 1));
    assert!(next.insert[0].contains("Hai!"));
    assert_eq!(lost.applies_to, 0, "a window that holds something else gets the whole page");
}

#[tokio::test]
async fn a_body_told_as_changes_makes_the_same_page_as_one_told_whole() {
    let newsroom = Newsroom::open().await;
    let (told, whole) = (
        newsroom.desk.new_article("vi").expect("a draft"),
        newsroom.desk.new_article("vi").expect("a draft"),
    );
    let mut body = String::from_utf8(fixture("pages/seed-ms.txt")).expect("a text");
    let mut first = shown(&newsroom.desk, &asked(&told, &body, 0));
    let mut held = std::mem::take(&mut first.insert);
    let mut have = first.version;

    for (number, words) in ["ă", "", "\n\n", "👩‍🌾 nông dân", "\n> ", "**", "[^1]\n\n[^1]: x\n", "# "]
        .iter()
        .cycle()
        .take(64)
        .enumerate()
    {
        let at =
            |share: usize| (body.len() * share / 97..).find(|byte| body.is_char_boundary(*byte)).unwrap_or(0);
        let (from, to) = (at(number * 31 % 97), at(number * 31 % 97 + number % 3));
        let change = BodyChange {
            from: units(&body[..from]),
            remove: units(&body[from..to]),
            insert: (*words).to_owned(),
            length: units(&body) - units(&body[from..to]) + units(words),
        };
        body.replace_range(from..to, words);

        let asks = PreviewAsked { body: BodyAsked::Changed(change), ..asked(&told, "", have) };
        let next = shown(&newsroom.desk, &asks);

        assert_eq!(next.applies_to, have);
        held.splice(next.from as usize..(next.from + next.remove) as usize, next.insert);
        have = next.version;
        assert_eq!(held, shown(&newsroom.desk, &asked(&whole, &body, 0)).insert, "step {number}");
    }
}

#[tokio::test]
async fn a_change_of_a_body_that_is_not_held_is_asked_for_whole() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    let have = shown(&newsroom.desk, &asked(&article, "Một.", 0)).version;
    let asks = |have, length| {
        let change = BodyChange { from: 0, remove: 0, insert: "A".into(), length };
        newsroom
            .desk
            .preview(&PreviewAsked { body: BodyAsked::Changed(change), ..asked(&article, "", have) })
            .expect("no error")
    };

    assert!(asks(have + 1, 5).is_none(), "another page");
    assert!(asks(have, 9).is_none(), "another body");
    assert!(asks(have, 5).expect("a preview").insert.concat().contains("AMột."));
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).expect("a short text")
}

/// Markup of every kind that has ever run a script: in the text, and in every field a page shows.
#[tokio::test]
async fn hostile_words_are_words() {
    const PAYLOADS: &[&str] = &[
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&#58;alert(1))",
        "[a](\u{1}javascript:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "[a](vbscript:x)",
        "<javascript:alert(1)>",
        "![a](javascript:alert(1))",
        "![a](https://evil.example/x.png)",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<style>@import url(https://evil.example)</style>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<form action=https://evil.example><button>a</button></form>",
        "```\"><script>alert(1)</script>\nx\n```",
        "[x]: javascript:alert(1)\n\n[x]",
        "\"><b onmouseover=alert(1)>x</b>",
        "<!--><script>alert(1)</script>-->",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "a[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
        "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
        "> [!box] <script>alert(1)</script>\n> <img src=x onerror=alert(1)>",
        "> [!pull] <b onclick=x>\n> — [x](javascript:alert(1))\"><script>",
        "> [!gallery] <svg/onload=alert(1)>\n> ![x](https://evil.example/x.png)",
        "https://youtu.be/\"onclick=alert(1)<script>",
    ];
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.show(newsroom.ready_article()).expect("the article");
    for payload in PAYLOADS {
        let mut asked = asked(&article, payload, 0);
        let words = |words: &str| Some(words.to_owned());
        asked.placements = vec![desk::window::PlacementWords {
            id: article.placements[0].id,
            caption: words(payload),
            credit_line: words(payload),
            alt: words(payload),
        }];
        for field in [
            &mut asked.fields.headline,
            &mut asked.fields.standfirst,
            &mut asked.fields.source_paper,
            &mut asked.fields.source_url,
            &mut asked.fields.byline,
            &mut asked.fields.language,
        ] {
            (*payload).clone_into(field);
        }

        let page = page(&shown(&newsroom.desk, &asked));

        assert_eq!(dangers(&page), Vec::<String>::new(), "{payload}\n{page}");
    }
}

/// Reads the tags of a page as a browser would: what runs, what loads from elsewhere, what leads to a script.
fn dangers(page: &str) -> Vec<String> {
    let allowed = [
        "p",
        "h1",
        "h2",
        "h3",
        "figure",
        "figcaption",
        "img",
        "span",
        "a",
        "time",
        "div",
        "pre",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "section",
        "ol",
        "li",
        "sup",
        "strong",
        "em",
        "ul",
        "hr",
        "br",
        "blockquote",
        "aside",
        "q",
    ];
    let mut found = Vec::new();
    for piece in page.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !allowed.contains(&name.as_str()) {
            found.push(format!("element {tag}"));
        }
        // Attribute values are quoted and escaped, so outside quotes stand the attributes' names only.
        let names = tag.split('"').step_by(2).collect::<String>().to_lowercase();
        if names
            .split_whitespace()
            .any(|attribute| attribute.starts_with("on") || attribute.starts_with("style"))
        {
            found.push(format!("attribute in {tag}"));
        }
        for address in ["href=\"", "src=\""].iter().filter_map(|name| tag.split(name).nth(1)) {
            let scheme = address.to_lowercase();
            if !["https://", "http://", "mailto:", "tel:", "#", "photo://localhost/"]
                .iter()
                .any(|safe| scheme.starts_with(safe))
            {
                found.push(format!("address {tag}"));
            }
        }
        if name == "img" && !tag.contains("src=\"photo://localhost/") && !cfg!(windows) {
            found.push(format!("picture from elsewhere {tag}"));
        }
    }
    found
}

/// A text that no window could lay out is cut short in the preview, and the preview says so; it is never cut on the page.
#[tokio::test]
async fn what_comes_back_of_a_text_made_to_be_heavy_is_bounded() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    let one_line = "chữ ".repeat(50_000);
    let table = format!("| a | b |\n|---|---|\n{}", "| c | d |\n".repeat(3_000));
    let links = "[a](https://a.vn) ".repeat(6_000);
    for (heavy, says) in
        [(one_line, "quá lớn"), (table, "quá lớn"), (links, "quá lớn"), (">".repeat(200_000), "như đã gõ")]
    {
        let body = format!("Đầu.\n\n{heavy}\n\nCuối.\n");

        let preview = shown(&newsroom.desk, &asked(&article, &body, 0));

        let page = page(&preview);
        assert!(page.len() < 4_000 && page.contains(says), "{}: {page:.300}", page.len());
        assert!(page.contains("Đầu.") && page.contains("Cuối."));
        assert_eq!(preview.lines.len(), preview.insert.len());
    }
}

#[tokio::test]
async fn a_key_in_a_long_article_is_rendered_at_once() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    let paragraph =
        "Đoạn văn này có **chữ đậm**, [một liên kết](https://example.vn/bai-viet) và câu kết. ".repeat(6);
    let paragraph = format!("{}\n\n", paragraph.trim());
    let unit = paragraph.len();
    let mut body = paragraph.repeat(50 * 1024 / unit);
    assert!((40_000..60_000).contains(&body.len()), "{}", body.len());
    let mut have = shown(&newsroom.desk, &asked(&article, &body, 0)).version;
    let mut times = Vec::new();

    for _ in 0..9 {
        body.insert_str(body.len() / 2 / unit * unit, "Thêm "); // at the head of a paragraph in the middle
        let started = Instant::now();
        let preview = shown(&newsroom.desk, &asked(&article, &body, have));
        times.push(started.elapsed());
        have = preview.version;
        assert!(preview.insert.len() <= 2, "{} blocks came back", preview.insert.len());
    }

    times.sort();
    let limit = if cfg!(debug_assertions) { Duration::from_millis(150) } else { Duration::from_millis(16) };
    assert!(times[4] < limit, "half took longer than {:?}", times[4]);
}
