use domain::{
    article::Fields,
    ids::{ArticleId, DecisionId, Hash},
};
use uuid::Uuid;

use super::*;

const NOBODY: &dyn Fn(&Placement) -> Option<Image> = &|_| None;

fn document(language: &str, body: &str) -> Document {
    let fields = Fields { language: language.into(), ..Fields::default() };
    Document { fields, body: body.into(), ..Document::default() }
}

fn content(document: &Document, image: &dyn Fn(&Placement) -> Option<Image>) -> String {
    let marker = Marker {
        article: ArticleId(Uuid::from_u128(1)),
        decision: DecisionId(Uuid::from_u128(2)),
        content: document.content_hash(),
        language: document.fields.language.clone(),
        sum: String::new(),
    };
    let post = Post { document, marker, site_language: "en-US", notices: &[], image };
    post.content()
}

/// The content without the comment of the first block, which the marker makes long.
fn blocks(body: &str) -> String {
    let whole = content(&document("en", body), NOBODY);
    whole.split_once("-->\n").expect("a block").1.to_owned()
}

#[test]
fn each_kind_of_block_is_written_as_the_editor_writes_it() {
    let table = [
        ("Một & <b>hai</b>", "<p>Một &amp; &lt;b&gt;hai&lt;/b&gt;</p>\n<!-- /wp:paragraph -->"),
        (
            "x\n\n## Nhỏ hơn",
            "<p>x</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading {\"level\":3} -->\n<h3 class=\"wp-block-heading\">Nhỏ hơn</h3>\n<!-- /wp:heading -->",
        ),
        ("một\\\nhai", "<p>một<br />\nhai</p>\n<!-- /wp:paragraph -->"),
        (
            "- một\n  - hai",
            "<ul class=\"wp-block-list\"><!-- wp:list-item -->\n<li>một<!-- wp:list -->\n<ul class=\"wp-block-list\"><!-- wp:list-item -->\n<li>hai</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list --></li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->",
        ),
        (
            "> nói",
            "<blockquote class=\"wp-block-quote\"><!-- wp:paragraph -->\n<p>nói</p>\n<!-- /wp:paragraph --></blockquote>\n<!-- /wp:quote -->",
        ),
        (
            "```\na[0] < 1\n```",
            "<pre class=\"wp-block-code\"><code>a&#091;0] &lt; 1</code></pre>\n<!-- /wp:code -->",
        ),
        (
            "| a | b |\n|:-:|---|\n| 1 | 2 |",
            "<figure class=\"wp-block-table\"><table><thead><tr><th class=\"has-text-align-center\" data-align=\"center\">a</th><th>b</th></tr></thead><tbody><tr><td class=\"has-text-align-center\" data-align=\"center\">1</td><td>2</td></tr></tbody></table></figure>\n<!-- /wp:table -->",
        ),
        (
            "> nói\n> — Lan & Hà",
            "<blockquote class=\"wp-block-quote\"><!-- wp:paragraph -->\n<p>nói</p>\n<!-- /wp:paragraph --><cite>Lan &amp; Hà</cite></blockquote>\n<!-- /wp:quote -->",
        ),
        (
            "> [!pull]\n> một\n>\n> hai\n> — Lan",
            "<figure class=\"wp-block-pullquote\"><blockquote><p>một<br>hai</p><cite>Lan</cite></blockquote></figure>\n<!-- /wp:pullquote -->",
        ),
        (
            "> [!box] Đầu\n> một",
            "<aside class=\"wp-block-group box\"><!-- wp:heading -->\n<h2 class=\"wp-block-heading\">Đầu</h2>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n<p>một</p>\n<!-- /wp:paragraph --></aside>\n<!-- /wp:group -->",
        ),
        (
            "https://youtu.be/x",
            "<p class=\"embed\"><span class=\"embed-kind\">Video</span> <span class=\"embed-site\">YouTube</span> <a href=\"https://youtu.be/x\" rel=\"noopener\">https://youtu.be/x</a></p>\n<!-- /wp:paragraph -->",
        ),
        ("***", "<hr class=\"wp-block-separator has-alpha-channel-opacity\" />\n<!-- /wp:separator -->"),
    ];
    for (body, want) in table {
        assert_eq!(blocks(body), want, "{body}");
    }
}

#[test]
fn pictures_of_a_gallery_are_one_block_and_nothing_where_the_portal_has_none() {
    let placement = |number: u128| Placement {
        id: PlacementId(Uuid::from_u128(number)),
        position: Position::InText,
        caption: format!("Lời {number}"),
        credit_line: "PV".into(),
        alt: String::new(),
        picture: Some(Hash::of(b"a")),
    };
    let placements = vec![placement(1), placement(2)];
    let named: String = placements.iter().map(|one| format!("> {}\n", markdown::reference(one.id))).collect();
    let mut document = document("en", &format!("> [!gallery] Ngày lũ\n{named}"));
    document.placements = placements;
    let image =
        |_: &Placement| Some(Image { id: 12, url: "https://p.example/a.jpg".into(), size: "large".into() });

    let (shown, without) = (content(&document, &image), content(&document, NOBODY));

    assert!(
        shown.contains(
            "<figure class=\"wp-block-gallery has-nested-images columns-default is-cropped\"><!-- wp:image {"
        ),
        "{shown}"
    );
    assert_eq!(shown.matches("<!-- wp:image {").count(), 2);
    assert!(
        shown.contains("</figure>\n<!-- /wp:image --><figcaption class=\"blocks-gallery-caption wp-element-caption\">Ngày lũ</figcaption></figure>"),
        "{shown}"
    );
    assert!(shown.contains("\"linkTo\":\"none\"") && !without.contains("<figure"), "{without}");
    assert!(without.contains("<p>Ngày lũ</p>"), "{without}");
}

/// WordPress makes a player of an address that stands alone, and tells its makers of every reader.
#[test]
fn no_address_stands_as_wordpress_would_load_it() {
    let bodies = [
        "https://youtu.be/x",
        "> https://youtu.be/x",
        "> [!box] a\n>\n> https://youtu.be/x",
        "a\n\n<https://x.com/a/1>\n\nb",
    ];
    for body in bodies {
        let written = content(&document("en", body), NOBODY);

        let alone = written.lines().any(|line| line.trim().starts_with("http"));
        assert!(
            !alone && !written.contains(">https://youtu.be/x</p>") && !written.contains("wp:embed"),
            "{written}"
        );
    }
}

#[test]
fn an_ordered_list_that_begins_elsewhere_says_so_twice() {
    let written = content(&document("en", "x\n\n3. ba"), NOBODY);

    assert!(
        written.contains(
            "<!-- wp:list {\"ordered\":true,\"start\":3} -->\n<ol start=\"3\" class=\"wp-block-list\">"
        ),
        "{written}"
    );
}

#[test]
fn what_the_editor_has_no_block_for_is_custom_html() {
    let written = content(&document("en", "Chú[^1]\n\n- một\n\n  > trích\n\n[^1]: Nguồn."), NOBODY);

    assert_eq!(written.matches("<!-- wp:html -->").count(), 2, "{written}");
    assert!(written.contains("<section class=\"footnotes\""), "{written}");
}

#[test]
fn words_in_brackets_never_run_as_a_shortcode() {
    let mut document = document("en", "[gallery ids=\"1\"] [x](https://a.example/?y=[gallery])");
    document.fields.standfirst = "[embed]https://a.example[/embed]".into();

    assert!(!content(&document, NOBODY).contains('['));
}

#[test]
fn text_in_another_language_than_the_sites_is_marked() {
    assert!(content(&document("vi", "Chào"), NOBODY).contains("<p><span lang=\"vi\">Chào</span></p>"));
    assert!(content(&document("en-GB", "Hello"), NOBODY).contains("<p>Hello</p>"));
    let arabic = content(&document("ar", "السويد"), NOBODY);
    assert!(
        arabic.contains("\"direction\":\"rtl\"") && arabic.contains("<p dir=\"rtl\"><span lang=\"ar\">"),
        "{arabic}"
    );
}

#[test]
fn a_picture_shows_its_caption_and_its_credit_once() {
    let mut document = document("vi", "");
    document.placements.push(Placement {
        id: PlacementId(Uuid::from_u128(7)),
        position: Position::Lead,
        caption: "Đại sứ & \"bà\"".into(),
        credit_line: "PV".into(),
        alt: "Hai người \"bắt tay\"".into(),
        picture: Some(Hash::of(b"a")),
    });
    let image = |_: &Placement| {
        Some(Image { id: 12, url: "https://p.example/a.jpg?x=1&y=2".into(), size: "large".into() })
    };

    let written = content(&document, &image);

    assert!(written.contains("<figure class=\"wp-block-image size-large lead\"><img src=\"https://p.example/a.jpg?x=1&amp;y=2\" alt=\"Hai người &quot;bắt tay&quot;\" class=\"wp-image-12\" /><figcaption class=\"wp-element-caption\"><span lang=\"vi\"><span class=\"caption\">Đại sứ &amp; \"bà\"</span> <span class=\"credit-label\">Ảnh:</span> <span class=\"credit\">PV</span></span></figcaption></figure>"), "{written}");
    assert!(written.contains("\"className\":\"lead\",\"id\":12,\"linkDestination\":\"none\""));
    let without = content(&document, NOBODY);
    assert!(without.ends_with("<p></p>\n<!-- /wp:paragraph -->"), "no frame without a picture: {without}");
}

#[test]
fn the_marker_is_read_back_whatever_stands_around_it() {
    let mut document = document("vi}-->\"--", "Chào } \"toasoan\": x");
    let written = content(&document, NOBODY);

    let marker = Marker::of(&written).expect("a marker");

    assert_eq!((marker.language.as_str(), marker.content), ("vi}-->\"--", document.content_hash()));
    assert_eq!(written.matches("-->").count(), 2, "nothing in the marker ends its comment: {written}");
    let summed = Marker::summed("Đầu", "Dẫn", &written);
    let marker = Marker::of(&summed).expect("a marker");
    assert!(marker.fits("Đầu", "Dẫn", &summed));
    assert!(
        !marker.fits("Khác", "Dẫn", &summed) && !marker.fits("Đầu", "Dẫn", &summed.replace("Chào", "chào"))
    );
    document.body.clear();
    assert_eq!(Marker::of(&document.body), None);
    assert_eq!(Marker::of("\"toasoan\":{\"article\":7}"), None);
}
