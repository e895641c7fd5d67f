use uuid::Uuid;

use super::*;
use crate::{article::Fields, placement::Placement};

struct Beside {
    preview: bool,
}

impl Links for Beside {
    fn image(&self, picture: Hash) -> Option<ImageSources> {
        let src = format!("media/{picture}.jpg");
        Some(ImageSources { srcset: vec![(src.clone(), 1600)], src, width: 1600, height: 1067 })
    }
    fn stylesheet(&self) -> String {
        "portal.css".into()
    }
    fn is_preview(&self) -> bool {
        self.preview
    }
}

fn placement(number: u128, position: Position, picture: bool) -> Placement {
    Placement {
        id: PlacementId(Uuid::from_u128(number)),
        position,
        caption: format!("Caption {number} <b>"),
        credit_line: format!("PV {number}"),
        alt: format!("Alt \"{number}\""),
        picture: picture.then(|| Hash::of(&[u8::try_from(number).unwrap_or_default()])),
    }
}

fn document() -> Document {
    let fields = Fields {
        language: "ms".into(),
        headline: "Sweden & Vietnam".into(),
        standfirst: "Pada 11 Disember.".into(),
        source_paper: "Báo Nhân dân".into(),
        source_date: "2025-12-11".into(),
        source_url: "https://nhandan.vn/x-post929488.html".into(),
        ..Fields::default()
    };
    let in_text = placement(2, Position::InText, true);
    let body = format!("Satu.\n\n{}\n\nDua.\n", markdown::reference(in_text.id));
    Document {
        fields,
        body,
        placements: vec![placement(1, Position::Lead, true), in_text, placement(3, Position::Gallery, false)],
    }
}

fn public(document: &Document) -> String {
    let facts = PublicationFacts {
        url: "http://127.0.0.1:4321/sweden-1".into(),
        site_name: "Cổng".into(),
        first_published: "2025-12-12T00:00:00Z".into(),
        corrections: vec![Correction {
            made_at: "2025-12-13T00:00:00Z".into(),
            notice: "Nama dibetulkan.".into(),
        }],
        ..PublicationFacts::default()
    };
    html(document, &Beside { preview: false }, &facts)
}

#[test]
fn caption_and_credit_stand_in_elements_of_their_own_once_and_without_brackets() {
    let page = public(&document());

    assert!(page.contains(
        "<figcaption><span class=\"caption\">Caption 1 &lt;b&gt;</span> <span class=\"credit-label\">Foto:</span> \
         <span class=\"credit\">PV 1</span></figcaption>"
    ));
    assert!(page.contains("alt=\"Alt &quot;1&quot;\""));
    assert_eq!(page.matches("<span class=\"caption\">Caption 1").count(), 1);
    assert!(!page.contains("(Foto"));
}

#[test]
fn paper_and_date_are_never_glued() {
    assert!(public(&document()).contains(
        "<span class=\"source-paper\">Báo Nhân dân</span> <span aria-hidden=\"true\">·</span> <time datetime=\"2025-12-11\">11/12/2025</time>"
    ));
}

#[test]
fn readers_never_see_a_wanted_picture_and_the_preview_says_it_is_wanted() {
    let document = document();
    let preview: String =
        blocks(&document, &Beside { preview: true }).into_iter().map(|block| block.html).collect();

    assert!(!public(&document).contains("Caption 3"));
    assert!(preview.contains("class=\"wanted\"") && preview.contains("Caption 3"));
}

#[test]
fn a_picture_not_taken_in_is_told_in_the_preview_only() {
    let mut document = document();
    document.body = "![x](https://evil.example/x.png)".into();
    let preview: String =
        blocks(&document, &Beside { preview: true }).into_iter().map(|block| block.html).collect();

    assert!(preview.contains("not-taken-in") && !preview.contains("<img src=\"https://evil"));
    assert!(!public(&document).contains("evil.example"));
}

#[test]
fn the_preview_and_the_page_are_the_same_article() {
    let mut document = document();
    document.placements.retain(|placement| placement.picture.is_some());
    let preview: String =
        blocks(&document, &Beside { preview: true }).into_iter().map(|block| block.html).collect();

    assert!(public(&document).contains(&preview));
}

#[test]
fn blocks_of_a_newsroom_speak_the_articles_language_and_show_each_picture_once() {
    let mut document = document();
    let pictures: String =
        [1_u8, 2].iter().map(|_| format!("> {}\n", markdown::reference(document.placements[1].id))).collect();
    document.fields.language = "vi".into();
    document.body = format!(
        "> [!gallery] Hai\n{pictures}\n\nhttps://open.spotify.com/episode/1\n\n| a |\n|---|\n| b |\n"
    );

    let page = public(&document);

    assert_eq!(page.matches("<span class=\"caption\">Caption 2").count(), 1);
    assert!(page.contains("<figure class=\"gallery\">\n<figure class=\"in-text\">"), "{page}");
    assert!(
        page.contains("<span class=\"embed-kind\">Âm thanh</span> <span class=\"embed-site\">Spotify</span>")
    );
    assert!(page.contains("<div class=\"table\" role=\"region\" aria-label=\"Bảng\" tabindex=\"0\">"));
}

#[test]
fn a_preview_cuts_what_is_too_large_and_the_page_does_not() {
    let mut document = document();
    let heavy = "từ & ".repeat(40_000);
    document.body = format!("{heavy}\n\nNgắn.\n");

    let preview = render(&document, &Beside { preview: true });
    let page = render(&document, &Beside { preview: false });

    let cut = preview.blocks.iter().find(|block| block.first_line == 1).expect("the first paragraph");
    assert!(cut.html.len() < 1_500 && cut.html.contains("<q>từ &amp; từ"), "{}", cut.html);
    assert!(cut.html.ends_with(" …</q></p>\n") || cut.html.contains("…</q></p>\n"), "{}", cut.html);
    assert!(page.blocks.iter().any(|block| block.html.len() > 300_000));
    assert_eq!(preview.words, page.words);
}

#[test]
fn a_preview_ends_where_no_window_could_follow() {
    let mut document = document();
    document.body = "a\n\n".repeat(60_000);

    let blocks = render(&document, &Beside { preview: true }).blocks;

    assert!(blocks.len() < 50_100);
    assert!(blocks.iter().any(|block| block.html.contains(labels::of("ms").ends_here)));
}

#[test]
fn search_engines_are_told_the_credits_and_the_source() {
    let page = public(&document());
    let json = page
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .and_then(|rest| rest.split("</script>").next());

    let told: serde_json::Value = serde_json::from_str(json.expect("JSON-LD")).expect("JSON");

    assert_eq!(told["@type"], "NewsArticle");
    assert_eq!(told["image"][0]["creditText"], "PV 1");
    assert_eq!(
        told["image"][0]["contentUrl"].as_str().map(|url| url.starts_with("http://127.0.0.1:4321/media/")),
        Some(true)
    );
    assert_eq!(told["isBasedOn"], "https://nhandan.vn/x-post929488.html");
    assert_eq!(told["correction"][0]["text"], "Nama dibetulkan.");
}

#[test]
fn a_headline_cannot_end_the_script_element() {
    let mut document = document();
    document.fields.headline = "</script><script>alert(1)</script>".into();

    assert_eq!(public(&document).matches("<script").count(), 1);
}

#[test]
fn an_arabic_page_runs_from_right_to_left() {
    let mut document = document();
    document.fields.language = "ar".into();

    assert!(public(&document).contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[test]
fn dates_are_printed_as_the_language_does() {
    assert_eq!(labels::date("ms", "2025-12-11"), "11/12/2025");
    assert_eq!(labels::date("ja", "2025-02-01"), "2025年2月1日");
    assert_eq!(labels::date("de", "2025-02-01"), "01.02.2025");
    assert_eq!(labels::date("vi", "hôm qua"), "hôm qua");
}

#[test]
fn times_are_printed_with_their_zone() {
    let table = [
        ("2025-12-12T07:05:09+07:00", "12/12/2025 07:05 (GMT+7)"),
        ("2025-12-12T07:05:09Z", "12/12/2025 07:05 (GMT)"),
        ("2025-12-12T07:05:09.5+00:00", "12/12/2025 07:05 (GMT)"),
        ("2025-12-12T07:05:09-09:30", "12/12/2025 07:05 (GMT-9:30)"),
        ("hôm qua", "hôm qua"),
    ];
    for (time, want) in table {
        assert_eq!(labels::moment("vi", time), want);
    }
}

#[test]
fn the_arrow_of_a_footnote_is_called_in_the_articles_language_and_nothing_else_is_renamed() {
    let mut document = document();
    document.body =
        "Một.[^1] Hai.[^1]\n\nNgười ta viết ` aria-label=\"Back to reference 1\"`.\n\n[^1]: Xem.\n".into();
    document.fields.language = "vi".into();

    let page = public(&document);

    assert!(page.contains("aria-label=\"Về chỗ đánh dấu chú thích 1\""), "{page}");
    assert!(page.contains("aria-label=\"Về chỗ đánh dấu chú thích 1-2\""), "{page}");
    assert!(page.contains(" aria-label=&quot;Back to reference 1&quot;</code>"), "{page}");
    for language in
        ["en", "ms", "id", "fr", "es", "pt", "de", "it", "ru", "zh", "ja", "ko", "th", "lo", "km", "ar"]
    {
        assert_eq!(labels::of(language).back_from_note.matches("{}").count(), 1, "{language}");
    }
}

#[test]
fn every_font_the_style_names_is_there() {
    let named: Vec<&str> =
        STYLE.split("url(\"fonts/").skip(1).filter_map(|rest| rest.split('"').next()).collect();

    assert_eq!(named.len(), FONTS.len());
    for name in named {
        assert!(FONTS.iter().any(|(font, bytes)| *font == name && bytes.starts_with(b"wOF2")), "{name}");
    }
}
