//! The contract of a portal, held by the local portal over HTTP as the desk's own adapter speaks to it.

mod afterwards;
mod described;
mod feeds;
mod openapi;
mod public;
mod uploads;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use domain::{
    article::Fields,
    document::Document,
    ids::{ArticleId, DecisionId, Hash, PlacementId, StoryId},
    picture::PictureWords,
    placement::{Placement, Position},
};
use local_portal::{LocalPortal, Running, Serve};
use portal::{
    Delivery, Fault, PictureFile, Portal as _, Secret,
    native::Native,
    read_back::{self, PageShape},
};
use portals::network::{Network, Trouble};
use protocol::{Act, Edition, PictureRendition, Receipt};
use tempfile::TempDir;
use uuid::Uuid;

use described::{Asked, DESCRIBED};

const TOKEN: &str = "a token of the test";
const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 stands for a JPEG \xff\xd9";

struct Site {
    home: TempDir,
    portal: LocalPortal,
    running: Running,
}

impl Site {
    async fn open() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let portal = LocalPortal::open(&home.path().join("portal"), "Cổng <thử>").expect("a portal");
        let running = portal.serve(Serve { port: None, token: TOKEN.into() }).await.expect("a port");
        Self { home, portal, running }
    }

    fn native(&self) -> Native {
        speak_to(&self.running.url, TOKEN)
    }

    fn host(&self) -> &str {
        self.running.url.trim_start_matches("http://")
    }

    /// Asks as any program might: this request, word for word. What is answered is what docs/openapi.json says.
    async fn raw(&self, request: String) -> String {
        self.told(request.into_bytes()).await.0
    }

    /// Returns the answer, and what was asked by its name in the description.
    async fn told(&self, request: Vec<u8>) -> (String, Option<Asked>) {
        let host = self.host().to_owned();
        let sent = request.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(host).expect("a server");
            stream.write_all(&sent).expect("a request");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("an answer");
            String::from_utf8_lossy(&answer).into_owned()
        })
        .await
        .expect("an answer");
        let asked =
            DESCRIBED.hold(&String::from_utf8_lossy(&request), &answer).expect("docs/openapi.json says so");
        (answer, asked)
    }

    async fn get(&self, path: &str, headers: &str) -> String {
        let host = self.host();
        self.raw(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n")).await
    }
}

fn speak_to(url: &str, token: &str) -> Native {
    Native::with_patience(url, Secret::new(token.into()), None, Duration::from_secs(10)).expect("an address")
}

fn decision() -> DecisionId {
    DecisionId(Uuid::now_v7())
}

/// An edition in Malay with a picture above and one in the text.
fn edition(article: u128, headline: &str, base: Option<&str>) -> Edition {
    let picture = Hash::of(b"the original");
    let in_text = PlacementId(Uuid::from_u128(2));
    let placement = |id, position, caption: &str, credit: &str| Placement {
        id,
        position,
        caption: caption.into(),
        credit_line: credit.into(),
        alt: format!("Alt of {caption}"),
        picture: Some(picture),
    };
    let document = Document {
        fields: Fields {
            language: "ms".into(),
            headline: headline.into(),
            standfirst: "Ringkasan & <lagi>.".into(),
            source_paper: "Báo Nhân Dân".into(),
            source_url: "https://nhandan.example.vn/bai-post929488.html".into(),
            source_date: "2025-12-11".into(),
            ..Fields::default()
        },
        body: format!("Perenggan satu.\n\n![](photo:{in_text})\n\nPerenggan **dua**.\n"),
        placements: vec![
            placement(PlacementId(Uuid::from_u128(1)), Position::Lead, "Persidangan di Hanoi.", "PV"),
            placement(in_text, Position::InText, "Duta Sweden.", "laman web Hospital"),
        ],
    };
    let rendition = Hash::of(PICTURE);
    Edition {
        act: if base.is_some() { Act::Correct } else { Act::Publish },
        article: ArticleId(Uuid::from_u128(article)),
        story: StoryId(Uuid::from_u128(article)),
        content_hash: document.content_hash(),
        base: base.map(str::to_owned),
        document,
        renditions: vec![PictureRendition { picture, rendition, width: 1600, height: 900 }],
        correction_notice: String::new(),
        canonical_url: String::new(),
        decided_at: "2025-12-12T00:00:00Z".into(),
    }
}

async fn deliver(native: &Native, decision: DecisionId, edition: &Edition) -> Result<Receipt, Fault> {
    let delivery = Delivery { decision, edition, earlier_notices: &[], remote_id: None, terms: &[] };
    native.deliver(&delivery).await.map(|delivered| delivered.receipt)
}

async fn take_picture(native: &Native, hash: Hash, bytes: &[u8]) -> Result<(), Fault> {
    native.take_picture(&PictureFile { hash, bytes, words: &PictureWords::default() }).await
}

async fn published(native: &Native, edition: &Edition) -> Receipt {
    take_picture(native, Hash::of(PICTURE), PICTURE).await.expect("the picture");
    deliver(native, decision(), edition).await.expect("a receipt")
}

#[tokio::test]
async fn it_says_who_it_takes_the_desk_for() {
    let site = Site::open().await;

    let me = site.native().me().await.expect("an answer");

    assert_eq!(me.name, "Cổng <thử>");
    assert!(me.may.contains(&Act::Publish) && me.may.contains(&Act::Correct));
}

#[tokio::test]
async fn without_the_token_nothing_but_the_public_pages_is_there() {
    let site = Site::open().await;

    let wrong = speak_to(&site.running.url, "another").me().await;
    let missing = site.get("/dpp/v1/me", "").await;
    let half = site.get("/dpp/v1/me", &format!("Authorization: Bearer {}\r\n", &TOKEN[..5])).await;
    let basic = site.get("/dpp/v1/me", &format!("Authorization: Basic {TOKEN}\r\n")).await;
    let unknown = site.get("/dpp/v1/no/such/thing", "").await;
    let front = site.get("/", "").await;

    assert!(matches!(wrong, Err(Fault::NeedsPassword(_))), "{wrong:?}");
    for answer in [missing, half, basic, unknown] {
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
        assert!(answer.contains("application/problem+json") && !answer.contains(TOKEN));
    }
    assert!(front.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn under_another_name_it_answers_nobody() {
    let site = Site::open().await;
    let port = site.host().rsplit(':').next().expect("a port").to_owned();
    let hosts = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        "127.0.0.1".into(),
        String::new(),
    ];
    for host in hosts {
        for path in ["/", "/dpp/v1/me", "/portal.css"] {
            let answer = site
                .raw(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n"))
                .await;
            assert!(answer.starts_with("HTTP/1.1 421"), "{host}{path}: {answer}");
        }
    }

    let localhost =
        site.raw(format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")).await;
    assert!(localhost.starts_with("HTTP/1.1 200"), "{localhost}");
}

#[tokio::test]
async fn other_sites_are_not_let_in_by_a_browser() {
    let site = Site::open().await;
    let host = site.host();
    let preflight = format!(
        "OPTIONS /dpp/v1/decisions/x HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n"
    );

    let answers = [site.raw(preflight).await, site.get("/", "Origin: https://evil.example\r\n").await];

    for answer in answers {
        assert!(!answer.to_lowercase().contains("access-control-allow"), "{answer}");
        assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
    }
}

#[tokio::test]
async fn pictures_are_known_by_their_hash_and_taken_once() {
    let site = Site::open().await;
    let native = site.native();
    let (there, not_there) = (Hash::of(PICTURE), Hash::of(b"other"));
    assert_eq!(native.lacks(&[there, not_there]).await, Ok(vec![there, not_there]));

    take_picture(&native, there, PICTURE).await.expect("taken");
    take_picture(&native, there, PICTURE).await.expect("taken again");
    let lying = take_picture(&native, not_there, PICTURE).await;
    let text = take_picture(&native, Hash::of(b"text"), b"text").await;

    assert!(matches!(lying, Err(Fault::Refused { status: 400, .. })), "{lying:?}");
    assert!(matches!(text, Err(Fault::Refused { status: 400, .. })), "{text:?}");
    assert_eq!(native.lacks(&[there, not_there]).await, Ok(vec![not_there]));
    let kept = std::fs::read_dir(site.home.path().join("portal/pictures")).expect("its folder").count();
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn the_public_page_carries_every_part_once() {
    let site = Site::open().await;
    let edition = edition(1, "Sweden dan Vietnam \"bekerjasama\"", None);

    let receipt = published(&site.native(), &edition).await;
    let page = site.native().public_page(&receipt.url).await.expect("the page");

    assert_eq!(read_back::differences(&page, &edition.document, &PageShape::OURS), Vec::<String>::new());
    let once = [
        "<html lang=\"ms\" dir=\"ltr\">",
        "<h1>Sweden dan Vietnam \"bekerjasama\"</h1>",
        "<p class=\"standfirst\">Ringkasan &amp; &lt;lagi&gt;.</p>",
        "<span class=\"source-paper\">Báo Nhân Dân</span>",
        "<time datetime=\"2025-12-11\">",
        "<span class=\"caption\">Persidangan di Hanoi.</span>",
        "<span class=\"credit\">PV</span>",
        "<span class=\"credit\">laman web Hospital</span>",
        "alt=\"Alt of Duta Sweden.\"",
        "<a href=\"https://nhandan.example.vn/bai-post929488.html\"",
        "<strong>dua</strong>",
    ];
    for part in once {
        assert_eq!(page.matches(part).count(), 1, "{part}\n{page}");
    }
    assert_eq!(page.matches("<figure").count(), 2);
}

#[tokio::test]
async fn search_engines_are_told_whose_pictures_they_are() {
    let site = Site::open().await;
    let receipt = published(&site.native(), &edition(1, "</script><script>alert(1)</script>", None)).await;

    let page = site.native().public_page(&receipt.url).await.expect("the page");

    let start = page.find("<script type=\"application/ld+json\">").expect("JSON-LD") + 35;
    let end = start + page[start..].find("</script>").expect("its end");
    let told: serde_json::Value = serde_json::from_str(&page[start..end]).expect("JSON");
    assert_eq!(told["@type"], "NewsArticle");
    assert_eq!(told["headline"], "</script><script>alert(1)</script>");
    assert_eq!(told["inLanguage"], "ms");
    assert_eq!(told["isBasedOn"], "https://nhandan.example.vn/bai-post929488.html");
    assert_eq!(told["sourceOrganization"]["name"], "Báo Nhân Dân");
    assert_eq!(
        (&told["image"][0]["creditText"], &told["image"][1]["creditText"]),
        (&"PV".into(), &"laman web Hospital".into())
    );
    assert_eq!(
        told["image"][0]["contentUrl"],
        format!("{}/pictures/{}.jpg", site.running.url, Hash::of(PICTURE))
    );
    assert_eq!(page.matches("<script").count(), 1, "the headline is words, not a script");
}

#[tokio::test]
async fn an_arabic_page_runs_from_right_to_left() {
    let site = Site::open().await;
    let mut edition = edition(1, "السويد وفيتنام", None);
    edition.document.fields.language = "ar".into();
    edition.content_hash = edition.document.content_hash();

    let receipt = published(&site.native(), &edition).await;

    let page = site.native().public_page(&receipt.url).await.expect("the page");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
}

#[tokio::test]
async fn every_public_answer_has_a_policy_of_its_own() {
    let site = Site::open().await;
    let receipt = published(&site.native(), &edition(1, "Tajuk", None)).await;
    let page = receipt.url.trim_start_matches(&site.running.url).to_owned();
    let picture = format!("/pictures/{}.jpg", Hash::of(PICTURE));

    for path in ["/", &page, "/portal.css", &picture, "/no-such-page"] {
        let answer = site.get(path, "").await;
        let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
        let policy =
            head.lines().find(|line| line.starts_with("content-security-policy:")).unwrap_or_default();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {head}"
        );
        assert!(
            !policy.contains("unsafe") && !policy.contains("script-src") && !policy.contains('*'),
            "{policy}"
        );
        assert!(head.contains("x-content-type-options: nosniff"), "{path}: {head}");
    }
}

#[tokio::test]
async fn the_same_decision_twice_has_one_effect_and_one_answer() {
    let site = Site::open().await;
    let native = site.native();
    take_picture(&native, Hash::of(PICTURE), PICTURE).await.expect("the picture");
    let (decision, edition) = (decision(), edition(1, "Tajuk", None));

    let first = deliver(&native, decision, &edition).await.expect("a receipt");
    let again = deliver(&native, decision, &edition).await.expect("a receipt");

    assert_eq!(first, again);
    assert_eq!(native.receipt(decision).await, Ok(Some(first.clone())));
    assert_eq!(
        native.live(edition.article).await.expect("an answer").map(|live| live.version),
        Some(first.version)
    );
}

#[tokio::test]
async fn ten_of_the_same_decision_at_once_have_one_effect() {
    let site = Site::open().await;
    take_picture(&site.native(), Hash::of(PICTURE), PICTURE).await.expect("the picture");
    let (decision, url) = (decision(), site.running.url.clone());
    let sending: Vec<_> = (0..10)
        .map(|_| {
            let native = speak_to(&url, TOKEN);
            tokio::spawn(async move { deliver(&native, decision, &edition(1, "Tajuk", None)).await })
        })
        .collect();

    let mut receipts = Vec::new();
    for sent in sending {
        receipts.push(sent.await.expect("it came back").expect("a receipt"));
    }

    assert!(receipts.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(receipts[0].version, "v1");
}

#[tokio::test]
async fn a_decisions_id_with_other_words_is_refused() {
    let site = Site::open().await;
    let native = site.native();
    let decision = decision();
    take_picture(&native, Hash::of(PICTURE), PICTURE).await.expect("the picture");
    deliver(&native, decision, &edition(1, "Tajuk", None)).await.expect("a receipt");

    let reused = deliver(&native, decision, &edition(1, "Tajuk lain", Some("v1"))).await;

    assert!(matches!(reused, Err(Fault::Refused { status: 422, .. })), "{reused:?}");
    assert_eq!(
        native.live(ArticleId(Uuid::from_u128(1))).await.expect("an answer").expect("live").version,
        "v1"
    );
}

#[tokio::test]
async fn who_has_not_seen_what_is_live_may_not_overwrite_it() {
    let site = Site::open().await;
    let native = site.native();
    published(&native, &edition(1, "Satu", None)).await;
    deliver(&native, decision(), &edition(1, "Dua", Some("v1"))).await.expect("a correction");

    for base in [None, Some("v1"), Some("v3"), Some("")] {
        let stale = deliver(&native, decision(), &edition(1, "Tiga", base)).await;
        assert!(
            matches!(&stale, Err(Fault::ChangedThere { version, .. }) if version == "v2"),
            "{base:?}: {stale:?}"
        );
    }
    let unknown = deliver(&native, decision(), &edition(9, "Lain", Some("v1"))).await;

    assert!(matches!(unknown, Err(Fault::ChangedThere { .. })), "{unknown:?}");
    assert_eq!(
        native.live(ArticleId(Uuid::from_u128(1))).await.expect("an answer").expect("live").version,
        "v2"
    );
}

#[tokio::test]
async fn a_correction_keeps_the_page_and_a_notice_stays() {
    let site = Site::open().await;
    let native = site.native();
    let first = published(&native, &edition(1, "Satu", None)).await;
    let mut corrected = edition(1, "Dua", Some("v1"));
    corrected.correction_notice = "Nama duta telah dibetulkan.".into();

    let second = deliver(&native, decision(), &corrected).await.expect("a receipt");
    deliver(&native, decision(), &edition(1, "Tiga", Some("v2"))).await.expect("a receipt");

    assert_eq!(first.url, second.url);
    let page = native.public_page(&first.url).await.expect("the page");
    assert!(page.contains("<h1>Tiga</h1>") && page.contains("Nama duta telah dibetulkan."));
}

#[tokio::test]
async fn what_arrived_otherwise_than_it_was_approved_is_refused() {
    let site = Site::open().await;
    let native = site.native();
    let mut altered = edition(1, "Tajuk", None);
    altered.document.body.push_str("\nDitambah di jalan.\n");
    let pictureless = edition(1, "Tajuk", None);

    let altered = deliver(&native, decision(), &altered).await;
    let pictureless = deliver(&native, decision(), &pictureless).await;

    assert!(matches!(altered, Err(Fault::Refused { status: 422, .. })), "{altered:?}");
    assert!(matches!(pictureless, Err(Fault::Refused { status: 422, .. })), "{pictureless:?}");
    assert_eq!(native.live(ArticleId(Uuid::from_u128(1))).await, Ok(None));
}

#[tokio::test]
async fn what_is_no_edition_is_refused_in_words() {
    let site = Site::open().await;
    let host = site.host();
    let put = |path: &str, body: &str| {
        format!(
            "PUT /dpp/v1{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let id = Uuid::now_v7();
    for request in [
        put(&format!("/decisions/{id}"), "{}"),
        put(&format!("/decisions/{id}"), "not JSON"),
        put("/decisions/7", "{}"),
        put("/pictures/../../x", "x"),
    ] {
        let answer = site.raw(request.clone()).await;
        assert!(
            answer.starts_with("HTTP/1.1 400") || answer.starts_with("HTTP/1.1 404"),
            "{request}\n{answer}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_after_the_effect_is_found_by_asking() {
    let site = Site::open().await;
    let network = Network::to(&site.running.url);
    let native = speak_to(&network.url, TOKEN);
    take_picture(&native, Hash::of(PICTURE), PICTURE).await.expect("the picture");
    let (id, edition) = (decision(), edition(1, "Tajuk", None));
    network.next("PUT /dpp/v1/decisions", Trouble::LosesAnswer);

    let lost = deliver(&native, id, &edition).await;
    let asked = native.receipt(id).await.expect("an answer").expect("it was applied");
    let never_sent = native.receipt(decision()).await;

    assert!(matches!(lost, Err(Fault::Unknown(_))), "{lost:?}");
    assert_eq!((asked.decision, asked.version.as_str()), (id, "v1"));
    assert_eq!((never_sent, network.seen("PUT /dpp/v1/decisions")), (Ok(None), 1));
}

#[tokio::test]
async fn who_answers_in_the_portals_place_is_not_believed() {
    let site = Site::open().await;
    let network = Network::to(&site.running.url);
    let native = speak_to(&network.url, TOKEN);
    let asking = "GET /dpp/v1/decisions";
    let table = [
        (Trouble::Answers("200 OK", "text/html", "<h1>Log in</h1>"), "NotAPortal"),
        (Trouble::Answers("404 Not Found", "text/html", "nothing here"), "NotAPortal"),
        (Trouble::Answers("302 Found", "text/html", ""), "NotAPortal"),
        (Trouble::Answers("200 OK", "application/json", "[1, 2"), "Unknown"),
        (Trouble::Answers("500 Internal Server Error", "text/html", "oh"), "ServerFailed"),
        (Trouble::Answers("503 Service Unavailable", "text/html", "busy"), "Busy"),
        (Trouble::LosesRequest, "Unknown"),
    ];
    for (trouble, want) in table {
        network.next(asking, trouble.clone());

        let answer = native.receipt(decision()).await.expect_err("it is no answer");

        assert!(format!("{answer:?}").starts_with(want), "{trouble:?}: {answer:?}");
    }
}

#[test]
fn a_password_is_not_sent_where_it_could_be_read() {
    for address in
        ["http://portal.example", "ftp://portal.example", "portal.example", "", "http://127.0.0.1.example:80"]
    {
        assert!(
            matches!(Native::new(address, Secret::new(TOKEN.into()), None), Err(Fault::Address(_))),
            "{address}"
        );
    }
    assert!(Native::new("https://portal.example", Secret::new(TOKEN.into()), None).is_ok());
}

#[tokio::test]
async fn it_comes_back_at_the_same_address_with_everything_that_was_live() {
    let site = Site::open().await;
    let receipt = published(&site.native(), &edition(1, "Tajuk", None)).await;
    let second = LocalPortal::open(&site.home.path().join("portal"), "Cổng");
    assert!(matches!(second, Err(local_portal::Error::InUse(_))), "one process at a time");
    let Site { home, portal, running } = site;
    running.stop().await;
    drop(portal);

    let portal = LocalPortal::open(&home.path().join("portal"), "Cổng").expect("a portal");
    let running = portal.serve(Serve { port: None, token: "a new token".into() }).await.expect("a port");

    assert!(receipt.url.starts_with(&running.url), "{} and {}", receipt.url, running.url);
    let native = speak_to(&running.url, "a new token");
    assert_eq!(native.receipt(receipt.decision).await, Ok(Some(receipt)));
}
