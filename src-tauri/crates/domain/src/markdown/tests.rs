use uuid::Uuid;

use super::*;

mod limits;
mod newsroom;

/// Shows a figure as `[figure N]`, and what was not taken in as `[wanted …]`.
struct Marks;

impl Figures for Marks {
    fn figure(&self, placement: PlacementId) -> String {
        format!("[figure {}]", placement.0.as_u128())
    }
    fn not_taken_in(&self, address: &str) -> String {
        format!("[not taken in {}]", address.len())
    }
    fn embed(&self, embed: &Embed<'_>) -> String {
        embed.html(&format!("{:?}", embed.kind))
    }
    fn table(&self, html: String) -> String {
        format!("<div>{html}</div>")
    }
}

fn html(body: &str) -> String {
    blocks(body, &Marks).into_iter().map(|block| block.html).collect()
}

fn photo(number: u128) -> String {
    reference(PlacementId(Uuid::from_u128(number)))
}

#[test]
fn a_picture_stands_where_the_text_names_it_and_only_once() {
    let body = format!("First.\n\n{}\n\nSecond with {} inside.\n\n{}\n", photo(1), photo(2), photo(1));

    assert_eq!(html(&body), "<p>First.</p>\n[figure 1]<p>Second with  inside.</p>\n[figure 2]");
    assert_eq!(used_placements(&body), [PlacementId(Uuid::from_u128(1)), PlacementId(Uuid::from_u128(2))]);
}

#[test]
fn a_block_tells_the_line_it_begins_on() {
    let lines: Vec<u32> =
        blocks("One.\n\n\nTwo\nstill two.\n\n- three\n", &Marks).iter().map(|b| b.first_line).collect();

    assert_eq!(lines, [1, 4, 7]);
}

#[test]
fn references_and_footnotes_work_across_blocks() {
    let body = "See [the law][l].[^1]\n\nMore.\n\n[l]: https://example.org/law\n\n[^1]: As of *May*.\n";

    let html = html(body);

    assert!(html.contains("<a href=\"https://example.org/law\">the law</a>"), "{html}");
    assert!(html.ends_with("</section>\n") && html.contains("As of <em>May</em>."), "{html}");
    assert_eq!(html.matches("<section").count(), 1);
}

#[test]
fn the_page_has_one_h1_and_it_is_not_in_the_body() {
    assert_eq!(
        html("# One\n\n###### Six\n"),
        "<h2 class=\"subhead\">One</h2>\n<h6 class=\"subhead\">Six</h6>\n"
    );
}

#[test]
fn raw_html_is_shown_as_the_text_it_is() {
    assert_eq!(html("<b onclick=x>hi</b>"), "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>\n");
    assert!(html("<script>alert(1)</script>\n").contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_link_leads_only_where_a_reader_may_be_sent() {
    for address in ["https://a.vn/x", "http://a.vn", "mailto:a@b.vn", "tel:+84", "HTTPS://A.VN"] {
        assert!(html(&format!("[x]({address})")).contains("<a href="), "{address}");
    }
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "photo:x",
        "/etc",
        "a.html",
        "\u{2000}javascript:alert(1)",
        "<java\tscript:alert(1)>",
        "#x",
    ] {
        assert_eq!(html(&format!("[x]({address})")).matches("<a").count(), 0, "{address}");
    }
    assert!(!html("<javascript:alert(1)>").contains("<a"));
    assert!(!html("[x][r]\n\n[r]: javascript:alert(1)").contains("<a"));
}

#[test]
fn no_payload_makes_anything_that_runs_or_loads() {
    let payloads = [
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/x.png)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        "![\" onerror=\"alert(1)](x.png \"onload=alert(1)\")",
        "[a](https://a.vn \"x\\\" onmouseover=\\\"alert(1)\")",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src=//evil></iframe>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<style>*{background:url(//evil)}</style>",
        "| a |\n|---|\n| <script>alert(1)</script> |",
        "- [ ] <input autofocus onfocus=alert(1)>",
        "x[^<script>]\n\n[^<script>]: <img src=x onerror=alert(1)>",
        "```<script>\nalert(1)\n```",
        "<!-- --><script>alert(1)</script>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<https://a.vn/\"onclick=alert(1)>",
        "http://a.vn/\"onmouseover=\"alert(1)",
        "<object data=x></object><embed src=x><base href=//evil><meta http-equiv=refresh content=0>",
        "<details ontoggle=alert(1) open>",
        "> [!box] <script>alert(1)</script>\n> <img src=x onerror=alert(1)>\n>\n> [a](javascript:alert(1))",
        "> [!pull] <b onclick=x>\n> — <img src=x onerror=alert(1)>",
        "> a\n>\n> — [x](javascript:alert(1))\"><script>",
        "> [!gallery] <script>\n> ![x](https://evil.example/x.png)",
        "https://youtu.be/\"onclick=alert(1)",
        "https://youtu.be/<script>alert(1)</script>",
        "https://evil.example/'onclick='alert(1).mp4",
    ];
    for payload in payloads {
        let html = html(payload).to_lowercase();
        let tags: Vec<&str> =
            html.match_indices('<').map(|(at, _)| html[at..].split('>').next().unwrap_or_default()).collect();
        for tag in tags {
            let name: String = tag[1..].chars().take_while(|c| c.is_alphanumeric() || *c == '/').collect();
            let name = name.trim_matches('/');
            assert!(
                [
                    "p",
                    "a",
                    "h2",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "ul",
                    "li",
                    "pre",
                    "code",
                    "section",
                    "ol",
                    "sup",
                    "em",
                    "div",
                    "span",
                    "aside",
                    "figure",
                    "figcaption",
                    "blockquote"
                ]
                .contains(&name),
                "{payload}: {tag}"
            );
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            assert!(!outside_quotes.contains(" on"), "{payload}: {tag}");
        }
    }
}

#[test]
fn the_words_of_a_text_are_what_is_read_aloud() {
    let body = format!("# Lũ *lớn*\n\n{}\n\nMột [liên kết](https://a.vn) và `mã`.\n", photo(1));

    assert_eq!(plain_text(&body), "Lũ lớn\nMột liên kết và mã.");
    assert_eq!(word_count("Một hai, ba — bốn."), 4);
    assert_eq!(word_count("河内 2025年"), 4);
}

#[test]
fn a_picture_named_in_a_footnote_is_shown_after_the_footnotes() {
    let page = html(&format!("a[^1]\n\n[^1]: note {}\n", photo(1)));

    assert!(page.find("</section>") < page.find("[figure 1]"), "{page}");
}

#[test]
fn a_picture_leaves_no_empty_husk_behind() {
    let picture = photo(1);
    for body in [
        format!("[{picture}](https://a.b)"),
        format!("**{picture}**"),
        format!("> {picture}"),
        format!("- {picture}"),
    ] {
        assert_eq!(html(&body), "[figure 1]", "{body}");
    }
}

#[test]
fn a_block_of_raw_html_is_a_paragraph_that_shows_it() {
    assert_eq!(html("<div onclick=1>\n"), "<p>&lt;div onclick=1&gt;</p>\n");
}
