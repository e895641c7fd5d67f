//! What readers, and the programs that read for them, find on the public side.

use std::collections::BTreeSet;

use protocol::Withdrawal;
use roxmltree::Document as Xml;
use scraper::{ElementRef, Html, Selector};

use super::{
    afterwards::{take_away, withdrawal},
    feeds::{ATOM, TOMBSTONES, child},
    *,
};

/// Words that would break out of wherever they stand.
const HOSTILE: &str =
    "\"><img src=x onerror=alert(1)>'</script></title></textarea>]]>--><!-- &amp; <svg onload=1>";

/// The edition of the other tests, changed before it is approved.
pub fn changed(article: u128, headline: &str, change: impl FnOnce(&mut Edition)) -> Edition {
    let mut edition = edition(article, headline, None);
    change(&mut edition);
    edition.content_hash = edition.document.content_hash();
    edition
}

fn in_section(article: u128, headline: &str, code: &str) -> Edition {
    changed(article, headline, |edition| edition.document.fields.category_code = code.into())
}

/// Again, on what is live.
pub fn again(edition: &Edition, act: Act, base: &str, change: impl FnOnce(&mut Edition)) -> Edition {
    let mut edition = Edition { act, base: Some(base.into()), ..edition.clone() };
    change(&mut edition);
    edition.content_hash = edition.document.content_hash();
    edition
}

impl Site {
    pub async fn body(&self, path: &str) -> String {
        let answer = self.get(path, "").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        answer.split_once("\r\n\r\n").expect("a body").1.to_owned()
    }

    async fn page(&self, path: &str) -> Html {
        Html::parse_document(&self.body(path).await)
    }

    fn path<'a>(&self, receipt: &'a Receipt) -> &'a str {
        receipt.url.strip_prefix(&self.running.url).expect("it lies on this site")
    }
}

fn all<'a>(page: &'a Html, what: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(what).expect("a selector");
    page.select(&selector).collect()
}

fn texts(page: &Html, what: &str) -> Vec<String> {
    let words = |element: ElementRef<'_>| element.text().collect::<String>();
    all(page, what)
        .into_iter()
        .map(|found| words(found).split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn attributes(page: &Html, what: &str, name: &str) -> Vec<String> {
    all(page, what).into_iter().filter_map(|found| found.attr(name)).map(str::to_owned).collect()
}

fn one(page: &Html, what: &str, name: &str) -> String {
    let found = attributes(page, what, name);
    assert_eq!(found.len(), 1, "{what}");
    found.into_iter().next().expect("it is there")
}

#[tokio::test]
async fn the_editions_of_a_story_lead_to_each_other_and_to_no_other() {
    let site = Site::open().await;
    let native = site.native();
    let story = StoryId(Uuid::from_u128(1));
    let spoken = |article, headline: &str, language: &str| {
        changed(article, headline, |edition| {
            edition.story = story;
            edition.document.fields.language = language.into();
        })
    };
    let ms = published(&native, &spoken(1, "Sweden", "ms")).await;
    let vi = published(&native, &spoken(2, "Thụy Điển", "vi")).await;
    let ar = published(&native, &spoken(3, "السويد", "ar")).await;
    published(&native, &edition(9, "Lain", None)).await;

    let page = site.page(site.path(&vi)).await;

    let languages = attributes(&page, "head link[hreflang]", "hreflang");
    assert_eq!(languages.iter().map(String::as_str).collect::<BTreeSet<_>>(), ["ar", "ms", "vi"].into());
    assert_eq!(one(&page, "head link[hreflang=vi]", "href"), vi.url);
    assert_eq!(one(&page, "head link[hreflang=ms]", "href"), ms.url);
    assert_eq!(texts(&page, ".editions a"), ["العربية السويد", "Bahasa Melayu Sweden"]);
    assert_eq!(attributes(&page, ".editions li", "dir"), ["rtl", "ltr"]);
    for receipt in [&ms, &ar] {
        assert_eq!(all(&site.page(site.path(receipt)).await, "head link[hreflang]").len(), 3);
    }
    let front = site.page("/").await;
    assert_eq!(texts(&front, ".card h2"), ["Lain", "Sweden"], "a story stands there once");
    assert_eq!(texts(&front, ".card-editions a"), ["العربية", "Tiếng Việt"]);
    assert_eq!(texts(&site.page("/?lang=vi").await, ".card h2"), ["Thụy Điển"]);

    take_away(&native, decision(), &withdrawal(Act::Unpublish, 1, None)).await.expect("a receipt");
    let page = site.page(site.path(&vi)).await;
    assert_eq!(texts(&page, ".editions a"), ["العربية السويد"], "what is away is not offered");
    assert_eq!(
        texts(&site.page("/").await, ".card h2"),
        ["Lain", "Thụy Điển"],
        "and another stands for the story"
    );
}

#[tokio::test]
async fn an_address_stays_with_another_headline_and_leads_on_when_the_desk_changes_it() {
    let site = Site::open().await;
    let native = site.native();
    let first = edition(1, "Đường về", None);
    let old = published(&native, &first).await;
    let slug =
        |words: &'static str| move |edition: &mut Edition| edition.document.fields.url_slug = words.into();

    let headline = |edition: &mut Edition| edition.document.fields.headline = "Tít khác".into();
    let same = deliver(&native, decision(), &again(&first, Act::Update, "v1", headline)).await.expect("kept");
    let moved = deliver(&native, decision(), &again(&first, Act::Update, "v2", slug("lối mới")))
        .await
        .expect("moved");

    assert_eq!(old.url, format!("{}/duong-ve-000000000001", site.running.url));
    assert_eq!(same.url, old.url);
    assert_eq!(moved.url, format!("{}/loi-moi-000000000001", site.running.url));
    let answer = site.get(site.path(&old), "").await.to_lowercase();
    assert!(answer.starts_with("http/1.1 301"), "{answer}");
    assert!(answer.contains("location: ./loi-moi-000000000001\r\n"), "{answer}");
    let found = native.find(&old.url).await.expect("an answer").expect("found by its old address");
    assert_eq!(found.url, moved.url);

    // Without words of its own it keeps what it has; with the first ones it has its first address back.
    let kept =
        deliver(&native, decision(), &again(&first, Act::MinorFix, "v3", slug(""))).await.expect("kept");
    let back = deliver(&native, decision(), &again(&first, Act::Update, "v4", slug("duong ve")))
        .await
        .expect("back");
    assert_eq!((kept.url, &back.url), (moved.url.clone(), &old.url));
    assert_eq!(native.page_status(&old.url).await, Ok(200));
    assert!(site.get(site.path(&moved), "").await.starts_with("HTTP/1.1 301"));

    take_away(&native, decision(), &withdrawal(Act::Unpublish, 1, None)).await.expect("a receipt");
    assert_eq!(native.page_status(&moved.url).await, Ok(404), "an old address hides what the new one hides");
    take_away(&native, decision(), &withdrawal(Act::Kill, 1, None)).await.expect("a receipt");
    assert_eq!(native.page_status(&moved.url).await, Ok(410));
}

#[tokio::test]
async fn a_section_has_as_many_pages_as_it_needs() {
    let site = Site::open().await;
    let native = site.native();
    take_picture(&native, Hash::of(PICTURE), PICTURE).await.expect("the picture");
    for number in 1..=26 {
        let edition = in_section(number, &format!("Bài {number}"), "kinh-te");
        deliver(&native, decision(), &edition).await.expect("a receipt");
    }
    deliver(&native, decision(), &in_section(99, "Lạ", "a/b?&\"'")).await.expect("a receipt");

    let (first, second) = (site.page("/category/kinh-te").await, site.page("/category/kinh-te?page=2").await);

    assert_eq!((texts(&first, "h1"), all(&first, ".card").len()), (vec!["Economy".into()], 24));
    assert_eq!(texts(&second, ".card h2"), ["Bài 2", "Bài 1"]);
    assert_eq!(one(&first, ".pages a[rel=next]", "href"), "../category/kinh-te?page=2");
    assert_eq!(one(&second, ".pages a[rel=prev]", "href"), "../category/kinh-te");
    assert_eq!(
        one(&second, "head link[rel=canonical]", "href"),
        format!("{}/category/kinh-te?page=2", site.running.url)
    );
    assert_eq!(one(&second, "head link[rel=prev]", "href"), format!("{}/category/kinh-te", site.running.url));
    assert_eq!(texts(&second, ".pages span"), ["Halaman 2 daripada 2"]);
    for nothing in ["?page=3", "?page=0", "?page=-1", "?page=x", "?page=4294967295", "?lang=vi"] {
        let answer = site.get(&format!("/category/kinh-te{nothing}"), "").await;
        assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("/portal.css"), "{nothing}: {answer}");
    }
    let odd = attributes(&first, ".sections a", "href")
        .into_iter()
        .find(|href| href.contains("%2F"))
        .expect("listed");
    assert_eq!(texts(&site.page(odd.trim_start_matches("..")).await, ".card h2"), ["Lạ"]);
    let front = (site.page("/").await, site.page("/?page=2").await);
    assert_eq!((all(&front.0, ".card").len(), all(&front.1, ".card").len()), (24, 3));
    assert_eq!(all(&front.0, ".card-lead").len(), 1);
}

#[tokio::test]
async fn a_reader_is_offered_more_of_the_section_and_more_from_the_paper_each_once() {
    let site = Site::open().await;
    let native = site.native();
    let of = |article, headline: &str, code: &str, paper: &str, language: &str| {
        changed(article, headline, |edition| {
            let fields = &mut edition.document.fields;
            (fields.category_code, fields.source_paper) = (code.into(), paper.into());
            fields.language = language.into();
        })
    };
    let receipt = published(&native, &of(1, "Ini", "kinh-te", "Nhân Dân", "ms")).await;
    published(&native, &of(2, "Keduanya", "kinh-te", "Nhân Dân", "ms")).await;
    published(&native, &of(3, "Ruangan", "kinh-te", "Lao Động", "ms")).await;
    published(&native, &of(4, "Akhbar", "the-thao", "Nhân Dân", "ms")).await;
    published(&native, &of(5, "Bahasa lain", "kinh-te", "Nhân Dân", "vi")).await;

    let page = site.page(site.path(&receipt)).await;

    assert_eq!(texts(&page, ".related h2"), ["Lagi dalam Economy", "Lagi daripada Nhân Dân"]);
    assert_eq!(texts(&page, ".related .brief > a"), ["Ruangan", "Keduanya", "Akhbar"]);
    assert_eq!(
        attributes(&page, ".related h2 a", "href"),
        ["category/kinh-te?lang=ms", "paper/Nh%C3%A2n%20D%C3%A2n?lang=ms"]
    );
    let paper = site.page("/paper/Nh%C3%A2n%20D%C3%A2n?lang=ms").await;
    assert_eq!(texts(&paper, ".card h2"), ["Akhbar", "Keduanya", "Ini"]);
    let edition = of(1, "Ini", "kinh-te", "Nhân Dân", "ms");
    let html = native.public_page(&receipt.url).await.expect("the page");
    assert_eq!(read_back::differences(&html, &edition.document, &PageShape::OURS), Vec::<String>::new());
}

#[tokio::test]
async fn corrections_are_counted_dated_and_led_to() {
    let site = Site::open().await;
    let native = site.native();
    let first = published(&native, &edition(1, "Satu", None)).await;
    for (version, notice) in [("v1", "Umur itu salah."), ("v2", "Nama <itu> salah.")] {
        let mut corrected = edition(1, "Satu", Some(version));
        corrected.correction_notice = notice.into();
        deliver(&native, decision(), &corrected).await.expect("a correction");
    }

    let page = site.page(site.path(&first)).await;

    assert_eq!(texts(&page, ".corrections h2"), ["Pembetulan (2)"]);
    assert_eq!(texts(&page, ".corrections .notice"), ["Umur itu salah.", "Nama <itu> salah."]);
    assert_eq!(texts(&page, ".times .corrected"), ["Pembetulan: 2"]);
    assert_eq!(one(&page, ".times .corrected", "href"), "#corrections");
    for time in attributes(&page, ".corrections time, .times time", "datetime") {
        assert!(time.parse::<jiff::Timestamp>().is_ok(), "{time}");
    }
    assert_eq!(all(&page, ".times time").len(), 2, "when it came and when it changed");
}

#[tokio::test]
async fn search_engines_are_sent_to_the_source_where_its_terms_ask() {
    let site = Site::open().await;
    let native = site.native();
    let source = "https://nhandan.example.vn/bai-post929488.html?a=1&b=2";
    let asked = changed(1, "Satu", |edition| edition.canonical_url = source.into());
    let (there, here) =
        (published(&native, &asked).await, published(&native, &edition(2, "Dua", None)).await);

    let page = site.page(site.path(&there)).await;

    assert_eq!(one(&page, "head link[rel=canonical]", "href"), source);
    assert_eq!(json_ld(&page)["mainEntityOfPage"], source);
    assert_eq!(one(&page, "head meta[property='og:url']", "content"), there.url);
    assert_eq!(one(&site.page(site.path(&here)).await, "head link[rel=canonical]", "href"), here.url);
    let sitemap = site.body("/news-sitemap.xml").await;
    assert!(sitemap.contains(&here.url) && !sitemap.contains(&there.url), "{sitemap}");
    for no_address in ["javascript:alert(1)", "nhandan.vn", "//nhandan.vn/x", "file:///etc/passwd"] {
        let edition = changed(3, "Tiga", |edition| edition.canonical_url = no_address.into());
        let refused = deliver(&native, decision(), &edition).await;
        assert!(matches!(refused, Err(Fault::Refused { status: 400, .. })), "{no_address}: {refused:?}");
    }
}

fn json_ld(page: &Html) -> serde_json::Value {
    let scripts = all(page, "script");
    assert_eq!(scripts.len(), 1, "only data");
    assert_eq!(scripts[0].attr("type"), Some("application/ld+json"));
    serde_json::from_str(&scripts[0].text().collect::<String>()).expect("JSON")
}

#[tokio::test]
async fn who_shows_a_link_to_it_shows_headline_summary_and_picture() {
    let site = Site::open().await;
    let edition = changed(1, "Satu \"dua\"", |edition| {
        edition.document.fields.category_code = "kinh-te".into();
        edition.document.fields.keywords = vec!["Sweden".into(), "Hanoi".into()];
        let made = edition.renditions[0].clone();
        edition.renditions.push(PictureRendition { width: 800, height: 450, ..made });
    });
    let receipt = published(&site.native(), &edition).await;

    let page = site.page(site.path(&receipt)).await;

    let told = |name: &str| one(&page, &format!("head meta[property='{name}']"), "content");
    let picture = format!("{}/pictures/{}.jpg", site.running.url, Hash::of(PICTURE));
    assert_eq!(told("og:type"), "article");
    assert_eq!(told("og:title"), "Satu \"dua\"");
    assert_eq!(told("og:description"), "Ringkasan & <lagi>.");
    assert_eq!(told("og:url"), receipt.url);
    assert_eq!(told("og:locale"), "ms_MY");
    assert_eq!(
        (told("og:image"), told("og:image:width"), told("og:image:height")),
        (picture, "1600".into(), "900".into())
    );
    assert_eq!(told("og:image:alt"), "Alt of Persidangan di Hanoi.");
    assert_eq!(told("article:section"), "Economy");
    assert_eq!(attributes(&page, "head meta[property='article:tag']", "content"), ["Sweden", "Hanoi"]);
    assert_eq!(one(&page, "head meta[name='twitter:card']", "content"), "summary_large_image");
    assert!(
        one(&page, "head meta[property='article:published_time']", "content")
            .parse::<jiff::Timestamp>()
            .is_ok()
    );
    let ld = json_ld(&page);
    assert_eq!((&ld["articleSection"], &ld["publisher"]["name"]), (&"Economy".into(), &"Cổng <thử>".into()));
    assert_eq!(ld["image"][0]["creditText"], "PV");
}

/// Every picture says how large it is, and in which widths it can be had: nothing moves when it arrives.
#[tokio::test]
async fn no_picture_moves_the_page_when_it_arrives() {
    let site = Site::open().await;
    let edition = changed(1, "Satu", |edition| {
        let made = edition.renditions[0].clone();
        edition.renditions.push(PictureRendition { width: 800, height: 450, ..made });
    });
    let receipt = published(&site.native(), &edition).await;

    for path in [site.path(&receipt), "/", "/?lang=ms"] {
        let page = site.page(path).await;
        let pictures = all(&page, "img");
        assert!(!pictures.is_empty(), "{path}");
        for picture in pictures {
            let attr = |name| picture.attr(name).unwrap_or_else(|| panic!("{path}: an img without {name}"));
            assert_eq!((attr("width"), attr("height")), ("1600", "900"));
            let widths: Vec<_> =
                attr("srcset").split(", ").filter_map(|size| size.rsplit_once(' ')).map(|(_, w)| w).collect();
            assert_eq!(widths, ["800w", "1600w"]);
            assert!(attr("sizes").ends_with("rem") && !attr("alt").is_empty());
        }
    }
}

fn hostile() -> Edition {
    changed(1, HOSTILE, |edition| {
        let fields = &mut edition.document.fields;
        fields.kicker = HOSTILE.into();
        fields.standfirst = HOSTILE.into();
        fields.dateline = HOSTILE.into();
        fields.byline = HOSTILE.into();
        fields.translator = HOSTILE.into();
        fields.source_paper = HOSTILE.into();
        fields.source_date = HOSTILE.into();
        fields.source_url = format!("https://example.vn/{HOSTILE}");
        fields.category_code = HOSTILE.into();
        fields.language = format!("ms-{HOSTILE}");
        fields.keywords = vec![HOSTILE.into()];
        edition.document.body += HOSTILE;
        for placement in &mut edition.document.placements {
            placement.caption = HOSTILE.into();
            placement.credit_line = HOSTILE.into();
            placement.alt = HOSTILE.into();
        }
        edition.correction_notice = HOSTILE.into();
        edition.canonical_url = "https://example.vn/\"><img src=x>".into();
    })
}

/// Everything that stands on a site, hostile words in all of it.
async fn hostile_site() -> (Site, Vec<String>) {
    let site = Site::open().await;
    let native = site.native();
    let hostile = hostile();
    let mut translated = Edition { article: ArticleId(Uuid::from_u128(2)), ..hostile.clone() };
    translated.document.fields.language = "ar".into();
    translated.content_hash = translated.document.content_hash();
    let beside = Edition {
        article: ArticleId(Uuid::from_u128(3)),
        story: StoryId(Uuid::from_u128(3)),
        ..hostile.clone()
    };
    let receipts = [
        published(&native, &hostile).await,
        published(&native, &translated).await,
        published(&native, &beside).await,
        published(&native, &Edition { article: ArticleId(Uuid::from_u128(4)), ..beside.clone() }).await,
    ];
    let notice = Withdrawal { public_notice: HOSTILE.into(), ..withdrawal(Act::Takedown, 4, None) };
    take_away(&native, decision(), &notice).await.expect("a receipt");
    let mut paths: Vec<String> = receipts.iter().map(|receipt| site.path(receipt).to_owned()).collect();
    let front = site.page("/").await;
    for href in attributes(&front, ".sections a, .languages a", "href") {
        paths.push(href.replace("./", "/").replace("category", "/category").replace("//", "/"));
    }
    let article = site.page(&paths[0]).await;
    paths.extend(attributes(&article, ".related h2 a", "href").into_iter().map(|href| format!("/{href}")));
    paths.extend(["/", "/none", "/category/none", "/a/b/c"].map(str::to_owned));
    (site, paths)
}

#[tokio::test]
async fn every_page_is_flawless_html_and_words_stay_words() {
    let (site, paths) = hostile_site().await;

    assert!(paths.len() > 10, "{paths:?}");
    assert!(!Html::parse_document("<!doctype html><title>x</title><p id=a id=b></b>").errors.is_empty());
    for path in paths {
        let answer = site.get(&path, "").await;
        let body = answer.split_once("\r\n\r\n").expect("a body").1;
        let page = Html::parse_document(body);
        assert_eq!(page.errors, Vec::<String>::new(), "{path}\n{body}");
        assert!(all(&page, "svg, img[src=x], iframe, object, form, base, style").is_empty(), "{path}");
        assert!(all(&page, "script:not([type='application/ld+json'])").is_empty(), "{path}");
        for element in all(&page, "*") {
            let attributes: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
            assert!(
                attributes.iter().all(|name| !name.starts_with("on") && *name != "style"),
                "{path}: {attributes:?}"
            );
            let ids = element.attr("id").map(|id| all(&page, &format!("[id='{id}']")).len());
            assert!(ids.is_none_or(|count| count == 1), "{path}: an id twice");
        }
        assert_eq!(all(&page, "h1").len(), 1, "{path}");
        assert_eq!(all(&page, "main").len(), 1, "{path}");
        assert_eq!(all(&page, "html[lang][dir]").len(), 1, "{path}");
    }
}

#[tokio::test]
async fn hostile_words_reach_readers_and_programs_as_they_were_written() {
    let (site, paths) = hostile_site().await;

    let page = site.page(&paths[0]).await;

    let words = HOSTILE.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(texts(&page, "h1"), [words.as_str()]);
    assert_eq!(one(&page, "head meta[property='og:title']", "content"), HOSTILE);
    let ld = json_ld(&page);
    assert_eq!(ld["headline"], HOSTILE);
    assert_eq!(ld["image"][0]["caption"], HOSTILE);
    assert_eq!(ld["correction"][0]["text"], HOSTILE);
    let feed = site.body("/feed.atom").await;
    let feed = Xml::parse(&feed).expect("well-formed");
    assert_eq!(
        child(feed.descendants().find(|node| node.has_tag_name((ATOM, "entry"))).expect("an entry"), "title"),
        HOSTILE
    );
    let comment = feed.descendants().find(|node| node.has_tag_name((TOMBSTONES, "comment")));
    assert_eq!(comment.and_then(|node| node.text()), Some(HOSTILE));
}
