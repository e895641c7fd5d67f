//! Texts made to be slow, deep or large: they end, keep their words, and cost what their length allows.

use std::fmt::Write as _;

use super::{html, photo};
use crate::markdown::{NoFigures, plain_text, render, used_placements};

/// Enough for what grows faster than the text to be seen, and quick enough without optimisation.
const SIZE: usize = 20_000;

fn fill(piece: &str) -> String {
    piece.repeat(SIZE / piece.len())
}

fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        let _ = write!(all, "{}", piece(number));
        all
    })
}

fn bombs() -> Vec<(&'static str, String)> {
    let mut bombs: Vec<(&str, String)> = [
        ">",
        "> ",
        "> a\n",
        "[",
        "![",
        "[a](",
        "![a](<",
        "[a](b",
        "[a][b",
        "[^",
        "[^a]: ",
        "[^1] ",
        "*a_ ",
        "**a *b ",
        "~~a ",
        "a**b",
        "`",
        "a`\n\n",
        "[a](https://a.vn) ",
        "https://a.vn ",
        "www.a.",
        "a@b.c",
        "http://",
        "- ",
        "1. ",
        "- a\n",
        "-\n\n",
        "> - ",
        "&",
        "\"",
        "<",
        "<a ",
        "<!--a ",
        "<?",
        "<![CDATA[",
        "<a b=\"",
        "\\*",
        "> [!box] a\n> b\n\n",
        "> [!pull]\n",
        "> [!gallery] ",
        "> a\n>\n> — b\n\n",
        "a\n\n",
        "# a\n",
        "---\n",
        "a\n=\n",
        "|a|b|\n|-|-|\n|c|d|\n\n",
        "|-|\n",
        "|a\n",
        "[a]: b ",
        "```\n",
        "    a\n",
        "<div>\n\n",
        "a  \n",
        "a\\\n",
        "https://youtu.be/x\n\n",
    ]
    .into_iter()
    .map(|piece| (piece, fill(piece)))
    .collect();
    bombs.extend([
        ("stairs of >", numbered(300, |depth| format!("{} a\n\n", ">".repeat(depth)))),
        ("stairs of lists", numbered(300, |depth| format!("{}- a\n", " ".repeat(2 * depth)))),
        ("stairs of `", numbered(300, |length| format!("a{}", "`".repeat(length)))),
        ("[[[ ]]]", "[".repeat(SIZE / 2) + &"]".repeat(SIZE / 2)),
        ("*a *a b* b*", "*a ".repeat(SIZE / 6) + &"b*".repeat(SIZE / 6)),
        (
            "footnotes",
            numbered(5_000, |n| format!("x[^{n}] ")) + &numbered(5_000, |n| format!("\n\n[^{n}]: n")),
        ),
        ("footnotes in a row", numbered(2_000, |n| format!("[^{n}]: x[^{}]\n\n", n + 1)) + "x[^0]"),
        (
            "a list 3,000 deep in one line after another",
            numbered(120, |_| format!("{}a\n", "- ".repeat(240))),
        ),
        ("a wide table", format!("{}\n{}\n{}", "|a".repeat(500), "|-".repeat(500), "a\n".repeat(1_000))),
        ("one address for all", format!("[r]: https://a.vn/{}\n\n{}", "x".repeat(2_000), fill("[r] "))),
        ("galleries", numbered(700, |n| format!("> [!gallery] x\n> {}\n\n", photo(n as u128)))),
    ]);
    bombs
}

#[test]
fn every_bomb_ends_and_its_page_is_in_proportion() {
    for (name, body) in bombs() {
        let rendered = render(&body, &NoFigures);

        let size: usize = rendered.blocks.iter().map(|block| block.html.len()).sum();
        assert!(size < 20 * body.len(), "{name}: {size} of {}", body.len());
        assert_eq!(rendered.words, plain_text(&body), "{name}: words of the page and of the text");
        assert!(rendered.blocks.is_sorted_by_key(|block| block.first_line) || body.contains("[^"), "{name}");
    }
}

/// The work is counted: what is beyond it is shown as typed, whatever the machine.
#[test]
fn more_work_than_a_text_of_its_length_may_cost_is_not_begun() {
    let deep = "- ".repeat(5_000) + "cuối\n" + &"b\n".repeat(15_000);
    for body in [">".repeat(150_000) + " cuối", deep] {
        let rendered = render(&body, &NoFigures);

        assert!(rendered.as_typed);
        assert!(rendered.words.contains("cuối"));
        assert_eq!(rendered.words, plain_text(&body));
    }
}

#[test]
fn what_a_newsroom_writes_is_always_read() {
    let dense = "Đoạn *văn* **này** có `chữ`, [đậm](https://a.vn) và chú thích[^1].\n\n- mục một\n- mục hai\n\n> Nói.\n> — Lan\n\n";
    let body = dense.repeat(1_000) + "[^1]: Nguồn.\n";

    let rendered = render(&body, &NoFigures);

    assert!(!rendered.as_typed && body.len() > 100_000);
    assert_eq!(rendered.blocks.len(), 3 * 1_000 + 1);
}

#[test]
fn a_text_shown_as_typed_keeps_its_pictures_its_words_and_its_lines() {
    let body =
        format!("Đầu.\n\n\n{} sau\n\n{}\n\n{}\n\n![](photo:x) ![](", photo(1), photo(1), ">".repeat(150_000));

    let rendered = render(&body, &super::Marks);

    let blocks: Vec<(&str, u32)> =
        rendered.blocks.iter().map(|block| (block.html.as_str(), block.first_line)).collect();
    assert!(rendered.as_typed);
    assert_eq!(blocks[0], ("<p>Đầu.</p>\n", 1));
    assert_eq!(blocks[1], ("<p>sau</p>\n[figure 1]", 4));
    assert_eq!((blocks[2].0.len(), blocks[2].1), ("<p></p>\n".len() + 4 * 150_000, 8));
    assert_eq!(blocks[3], ("<p>![](photo:x) ![](</p>\n", 10));
    assert_eq!(used_placements(&body).len(), 1);
}

#[test]
fn deep_nesting_is_flattened_and_nothing_of_it_is_lost() {
    let body = format!("{} deep\n\nshallow\n", ">".repeat(20_000));

    let html = html(&body);

    assert!(html.len() < 10_000, "{}", html.len());
    assert!(html.contains("deep") && html.contains("shallow"));
}

#[test]
fn deep_nesting_of_every_kind_keeps_its_last_word_and_its_picture() {
    let picture = photo(1);
    let deep = [
        format!("{}lastword", "- ".repeat(500)),
        format!("{}lastword {picture}", "> 1. - ".repeat(80)),
        format!("{}x **lastword** {picture}", "> ".repeat(98)),
        format!("{}lastword{}", "**a ".repeat(300), " b**".repeat(300)),
        (0..300).map(|depth| format!("{}- lastword\n", " ".repeat(2 * depth))).collect(),
    ];
    for body in deep {
        let page = html(&body);
        assert!(page.contains("lastword"), "{body:.40}");
        assert_eq!(page.contains("[figure 1]"), body.contains("photo:"), "{body:.40}");
    }
}
