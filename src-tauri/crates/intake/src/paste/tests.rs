use std::{fs, path::Path};

use domain::markdown;
use uuid::Uuid;

use super::*;

fn pasted(html: &str) -> Pasted {
    let mut number = 0_u128;
    let mut new_id = || {
        number += 1;
        PlacementId(Uuid::from_u128(number))
    };
    read(html, 1, &mut new_id).unwrap_or_default()
}

fn md(html: &str) -> String {
    pasted(html).markdown
}

/// What a fixture's `.md` holds: the Markdown, and a line for each picture.
fn as_recorded(pasted: &Pasted) -> String {
    let pictures: String = pasted
        .pictures
        .iter()
        .map(|one| {
            let bytes = one.bytes.as_ref().map_or(0, Vec::len);
            format!(
                "\n%% {} | {} | {} | {} | {bytes} bytes",
                one.caption, one.credit_line, one.alt, one.seen_as
            )
        })
        .collect();
    format!("{}\n{pictures}", pasted.markdown).trim_end().to_owned() + "\n"
}

/// Every recorded clipboard becomes the Markdown beside it. `TOASOAN_WRITE_GOLDEN=1` writes what there is now.
#[test]
fn recorded_clipboards_become_the_markdown_their_authors_saw() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/clipboard");
    let mut wrong = Vec::new();
    let mut count = 0;
    for program in
        fs::read_dir(&root).expect("the fixtures are there").flatten().filter(|one| one.path().is_dir())
    {
        for file in fs::read_dir(program.path()).expect("a folder can be read").flatten() {
            let path = file.path();
            if path.extension().is_none_or(|ending| ending != "html") {
                continue;
            }
            count += 1;
            let got = as_recorded(&pasted(&fs::read_to_string(&path).expect("a fixture is text")));
            let golden = path.with_extension("md");
            if std::env::var_os("TOASOAN_WRITE_GOLDEN").is_some() {
                fs::write(&golden, &got).expect("a fixture can be written");
            }
            let want = fs::read_to_string(&golden).unwrap_or_default();
            if got != want {
                wrong.push(format!("--- {}\n{got}\n--- wanted\n{want}", path.display()));
            }
        }
    }
    assert!(count >= 20, "only {count} clipboards were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn emphasis_is_what_was_seen_and_not_what_the_tag_is_called() {
    for (html, want) in [
        ("<b style=\"font-weight:normal\">plain</b>", "plain"),
        ("a <span style=\"font-weight:700\">bold</span> b", "a **bold** b"),
        ("a<b> bold </b>b", "a **bold** b"),
        ("<b>Ảnh:</b>Lan", "**Ảnh**:Lan"),
        ("x<b>«A»</b>b", "x«**A**»b"),
        ("x<i>y</i>z", "x*y*z"),
        ("<b>a</b> <b>b</b>", "**a b**"),
        ("<b>a</b><i>b</i>", "**a**_b_"),
        ("<i>a</i><b>b</b>", "_a_**b**"),
        ("<b>a <i>b</i></b>", "**a *b***"),
        ("<s>gone</s>", "~~gone~~"),
        ("m<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup>", "m², H₂O, 1st"),
        ("<u>under</u>", "under"),
        ("<h2><b>Đầu đề</b></h2>", "## Đầu đề"),
        ("<h1>A</h1><h2>B</h2>", "# A\n\n## B"),
        ("<b>see <a href=\"https://a.vn\">this</a> now</b>", "**see [this](https://a.vn) now**"),
        ("see<b><a href=\"https://a.vn\">this</a></b>now", "see[**this**](https://a.vn)now"),
    ] {
        assert_eq!(md(html), want, "{html}");
    }
}

#[test]
fn what_was_copied_from_our_own_page_comes_back_as_it_was_typed() {
    let typed = "# Chợ họp lại\n\nBảy xã.\n\n## Hàng **mới** về\n\n- một\n- hai\n\n##### Sâu";

    assert_eq!(md(&markdown::html(typed)), typed);
    assert_eq!(md("<h1>Đầu đề</h1><h2 class=\"subhead\">Mục</h2>"), "# Đầu đề\n\n# Mục");
}

#[test]
fn links_lead_where_their_author_meant() {
    for (href, want) in [
        (
            "https://www.google.com/url?q=https://nhandan.vn/lu-lut.html&sa=D&source=editors&ust=17",
            "https://nhandan.vn/lu-lut.html",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fvnexpress.net%2Fa-1.html%3Futm_source%3Dmail&data=05",
            "https://vnexpress.net/a-1.html",
        ),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Ftuoitre.vn%2Fx.htm%3Ffbclid%3DIwAR0&h=AT0",
            "https://tuoitre.vn/x.htm",
        ),
        ("https://a.vn/b?utm_source=x&id=7&utm_medium=y#z", "https://a.vn/b?id=7#z"),
        ("https://a.vn/Đường?x=1", "https://a.vn/Đường?x=1"),
        ("https://a.vn/b_(c)", "https://a.vn/b_%28c%29"),
        ("mailto:toasoan@a.vn", "mailto:toasoan@a.vn"),
    ] {
        assert_eq!(md(&format!("<a href=\"{href}\">lời</a>")), format!("[lời]({want})"), "{href}");
    }
    for href in
        ["javascript:alert(1)", "/tin/1", "#top", "file:///etc/passwd", "https://", "data:text/html,x"]
    {
        assert_eq!(md(&format!("<a href=\"{href}\">lời</a>")), "lời", "{href}");
    }
    assert_eq!(md("<a href=\"https://a.vn/x\">https://a.vn/x</a>"), "<https://a.vn/x>");
}

#[test]
fn who_spoke_and_what_was_embedded_are_said_as_our_text_says_them() {
    let quote = "<blockquote><p>Nước lên nhanh.</p><cite>Trần Thị Lan</cite></blockquote>";
    assert_eq!(md(quote), "> Nước lên nhanh.\\\n> — Trần Thị Lan");
    let html = markdown::html(&md(quote));
    assert!(html.contains("Lan</figcaption>") || html.contains("Lan</cite>"), "{html}");
    let video = "<p>Xem:</p><iframe src=\"//www.youtube.com/embed/dQw4w9WgXcQ?rel=0\"></iframe><iframe src=\"https://ads.example/x\"></iframe>";
    assert_eq!(md(video), "Xem:\n\n<https://www.youtube.com/watch?v=dQw4w9WgXcQ>");
    let html = markdown::html(&md(video));
    assert!(html.contains("embed"), "{html}");
}

#[test]
fn words_that_look_like_marks_are_read_as_words() {
    for words in [
        "# not a heading",
        "- not an item",
        "+ nor this",
        "1. nor a number",
        "2) nor this",
        "> no quotation",
        "---",
        "===",
        "*stars* and _lines_ and `ticks`",
        "~~not struck~~ ~1~",
        "[x](y) ![x](y) [^1]",
        "[a]: https://b.vn",
        "<b>no tag</b>",
        "&amp; &#65;",
        "a\\*b",
        "| a | b |",
        "snake_case_name",
        "5 * 3 * 2",
        "1 < 2 > 0",
        "\\",
        "2025. Năm",
        "![",
        "]",
        "C:\\temp",
        "* * *",
        "~~~",
        "``",
        "=",
        "-",
        "www_a_vn",
        "a_b_ c",
        "_a",
        "b_",
        "*",
        "!",
        "&copy",
        ":---",
        "::: hộp",
    ] {
        let html = format!("<p>{}</p>", words.replace('&', "&amp;").replace('<', "&lt;"));
        let written = md(&html);
        assert_eq!(markdown::plain_text(&written), words, "{written}");
        assert!(!markdown::html(&written).contains("<h"), "{written}");
    }
}

#[test]
fn white_space_is_a_space_and_french_keeps_its_own() {
    assert_eq!(md("<p>một&nbsp;&nbsp; hai\n\tba&nbsp;bốn</p>"), "một hai ba bốn");
    assert_eq!(
        md("<p>Attention&nbsp;! «&nbsp;Oui&nbsp;» 10&nbsp;000 km</p>"),
        "Attention\u{a0}! «\u{a0}Oui\u{a0}» 10\u{a0}000 km"
    );
    assert_eq!(
        md("<p>Tie\u{302}\u{301}ng \u{201c}Vie\u{323}\u{302}t\u{201d}\u{200b}</p>"),
        "Tiếng \u{201c}Việt\u{201d}"
    );
    assert_eq!(md("một<br>hai<br><br>ba<br>"), "một\\\nhai\n\nba");
}

#[test]
fn it_says_whether_it_may_go_on_a_line_that_has_begun() {
    let ends = |html: &str| (pasted(html).begins_as_text, pasted(html).ends_as_text);

    assert_eq!(ends("words"), (true, true));
    assert_eq!(ends("<p>a</p><ul><li>b</li></ul>"), (true, false));
    assert_eq!(ends("<h2>a</h2><p>b</p>"), (false, true));
}

#[test]
fn a_clipboard_in_other_bytes_is_the_same_text() {
    let wide: Vec<u8> = "\u{feff}<b>Lũ</b>".encode_utf16().flat_map(u16::to_le_bytes).collect();

    assert_eq!(decoded(&wide), "<b>Lũ</b>");
    assert_eq!(decoded(&wide[2..]), "<b>Lũ</b>");
    assert_eq!(decoded("<b>Lũ</b>\0".as_bytes()), "<b>Lũ</b>");
}

#[test]
fn footnotes_are_numbered_after_those_of_the_body() {
    let html =
        "<p>Lời<sup><a id=r href=#n>[1]</a></sup></p><div id=n><p><a href=#r>[1]</a> Ghi chú.</p></div>";
    let pasted = read(html, 4, &mut || PlacementId(Uuid::nil())).expect("there are words");

    assert_eq!(pasted.markdown, "Lời[^4]\n\n[^4]: Ghi chú.");
}

#[test]
fn a_picture_is_wanted_with_its_words_and_is_not_fetched() {
    let html = "<figure><img src='https://a.vn/anh/lu.jpg?w=9' alt='Lũ ở Huế'><figcaption>Nước lũ ở Huế. Ảnh: Lan/TTXVN</figcaption></figure>";
    let pasted = pasted(html);
    let picture = &pasted.pictures[0];

    assert_eq!(pasted.markdown, markdown::reference(picture.id));
    assert_eq!((picture.caption.as_str(), picture.credit_line.as_str()), ("Nước lũ ở Huế.", "Lan/TTXVN"));
    assert_eq!(
        (picture.alt.as_str(), picture.seen_as.as_str(), &picture.bytes),
        ("Lũ ở Huế", "lu.jpg", &None)
    );
}

#[test]
fn a_picture_written_into_the_markup_comes_with_its_bytes() {
    let pasted = pasted("<p>Trước<img src=\"data:image/png;base64,iVBORw0KGgo=\">sau</p>");

    assert_eq!(pasted.markdown, "Trướcsau\n\n![](photo:00000000-0000-0000-0000-000000000001)");
    assert_eq!(pasted.pictures[0].bytes.as_deref(), Some(&b"\x89PNG\r\n\x1a\n"[..]));
}

#[test]
fn what_cannot_be_read_is_refused_in_a_sentence() {
    let refused = |html: &str| read(html, 1, &mut || PlacementId(Uuid::nil())).err();

    assert_eq!(refused(""), Some(Error::Nothing));
    assert_eq!(refused("<p>&nbsp;</p><script>x()</script>"), Some(Error::Nothing));
    assert_eq!(refused(&"x".repeat(MAX_MARKUP + 1)), Some(Error::TooLarge { megabytes: 5 }));
    assert_eq!(refused(&"<div>".repeat(9_000)), Some(Error::TooDeep));
}

#[test]
fn markup_made_to_take_for_ever_ends() {
    let began = std::time::Instant::now();
    let open: String = (0..150).map(|at| format!("<b id={at}>")).collect();
    for bomb in [
        format!("<p>{open}</p>{}", "<p>x</p>".repeat(100_000)),
        "<svg>".to_owned() + &"<option>".repeat(50_000) + "x",
        "<li>x".repeat(50_000),
        "<table><tr><td>x".repeat(190),
        "<a href=x>x".repeat(50_000),
        format!("<p>{}</p>", "<b>x</b><i>y</i>".repeat(20_000)),
        "<blockquote>".repeat(190) + "x",
        "&".repeat(300_000),
        "[".repeat(100_000),
    ] {
        let _ = read(&bomb, 1, &mut || PlacementId(Uuid::nil()));
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

/// A source of chances that is the same at every run.
struct Chance(u64);

impl Chance {
    fn of(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).expect("it is small")
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.of(of.len())]
    }
}

const PIECES: [&str; 24] = [
    "lũ", "Huế", "«", "»", ".", ",", "*", "_", " ", " ", " ", "!", "[", "]", "(", "–", "“", "”", "&amp;",
    "#", "~", "1", "ệ", ":",
];

/// Emphasis of every kind beside letters of every kind is seen by readers just where its author saw it, or is left out;
/// no mark of it is ever read as a letter.
#[test]
fn emphasis_never_shows_its_marks() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for _ in 0..6_000 {
        let (mut html, mut words) = (String::new(), String::new());
        for _ in 0..=chance.of(5) {
            let tag = chance.one(&["b", "i", "s", "span", "a href=\"https://a.vn\"", "b", "i"]);
            let name = tag.split(' ').next().unwrap_or_default();
            html.push_str(&format!("<{tag}>"));
            let inner = chance.one(&["b", "i", "span", "span"]);
            for _ in 0..=chance.of(3) {
                let piece = chance.one(&PIECES);
                let wrapped = chance.of(3) == 0;
                html.push_str(&if wrapped {
                    format!("<{inner}>{piece}</{inner}>")
                } else {
                    piece.to_owned()
                });
                words.push_str(&piece.replace("&amp;", "&"));
            }
            html.push_str(&format!("</{name}>"));
        }
        let want = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if want.is_empty() {
            continue;
        }
        let written = md(&format!("<p>{html}</p>"));
        assert_eq!(markdown::plain_text(&written), want, "{html}\n{written}");
    }
}

/// Whatever is pasted: no panic, no script and no style, and every word a reader saw is there, in its order.
#[test]
fn no_visible_word_is_lost_and_no_hidden_one_is_told() {
    const TAGS: [&str; 34] = [
        "p",
        "div",
        "span",
        "b",
        "i",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h3",
        "blockquote",
        "a href=\"https://a.vn/\"",
        "pre",
        "code",
        "sup",
        "s",
        "section",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "font",
        "center",
        "br",
        "hr",
        "em",
        "p class=MsoListParagraph style='mso-list:l0 level2 lfo1'",
        "o:p",
        "svg",
        "custom-element",
    ];
    let mut chance = Chance(0xD1B5_4A32_D192_ED03);
    for _ in 0..3_000 {
        let (mut html, mut words, mut open) = (String::new(), Vec::new(), Vec::new());
        for number in 0..chance.of(40) {
            match chance.of(5) {
                0 | 1 => {
                    let tag = chance.one(&TAGS[..32]);
                    html.push_str(&format!("<{tag}>"));
                    open.push(tag.split(' ').next().unwrap_or_default());
                }
                2 => html.push_str(&open.pop().map(|tag| format!("</{tag}>")).unwrap_or_default()),
                3 => html.push_str(chance.one(&[
                    "<script>HIDDEN()</script>",
                    "<style>.HIDDEN{}</style>",
                    "<!-- HIDDEN -->",
                    "<![if HIDDEN]>",
                    "<p style='display:none'>HIDDEN</p>",
                    "<o:p></o:p>",
                    "</b></p></td>",
                    "<title>HIDDEN</title>",
                    "<iframe src='HIDDEN'>HIDDEN</iframe>",
                ])),
                _ => {
                    let word = format!("từ{number}");
                    html.push_str(&format!(" {word} "));
                    words.push(word);
                }
            }
        }
        let pasted = pasted(&html);
        assert!(!pasted.markdown.contains("HIDDEN"), "{html}\n{}", pasted.markdown);
        for word in &words {
            assert!(
                pasted.markdown.contains(word.as_str()),
                "{word} of\n{html}\nis not in\n{}",
                pasted.markdown
            );
        }
    }
}
