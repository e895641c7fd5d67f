//! What programs read of the site: the feed and the sitemap for news search.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use protocol::Withdrawal;
use roxmltree::{Document as Xml, Node};

use super::{
    afterwards::{take_away, withdrawal},
    public::{again, changed},
    *,
};

pub const ATOM: &str = "http://www.w3.org/2005/Atom";
pub const TOMBSTONES: &str = "http://purl.org/atompub/tombstones/1.0";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

impl Site {
    /// A site whose clock stands still until it is set (milliseconds since 1970).
    async fn with_clock(clock: &Arc<AtomicI64>) -> Self {
        let (home, time) = (tempfile::tempdir().expect("a folder"), Arc::clone(clock));
        let now = move || jiff::Timestamp::from_millisecond(time.load(Ordering::SeqCst)).expect("a time");
        let portal = LocalPortal::open_with_clock(&home.path().join("portal"), "Cổng <thử>", now);
        let portal = portal.expect("a portal");
        let running = portal.serve(Serve { port: None, token: TOKEN.into() }).await.expect("a port");
        Self { home, portal, running }
    }
}

pub fn child(node: Node<'_, '_>, name: &str) -> String {
    let found: Vec<_> = node.children().filter(|child| child.tag_name().name() == name).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0].text().unwrap_or_default().to_owned()
}

/// What RFC 4287 asks of a feed and its entries, and RFC 6721 of tombstones.
fn is_valid_atom(feed: &Xml<'_>) {
    let root = feed.root_element();
    assert!(root.has_tag_name((ATOM, "feed")));
    let is_time = |time: String| assert!(time.parse::<jiff::Timestamp>().is_ok(), "{time}");
    let mut ids = BTreeSet::new();
    for holder in [root].into_iter().chain(root.children().filter(|node| node.has_tag_name((ATOM, "entry"))))
    {
        let id = child(holder, "id");
        assert!(id.starts_with("http://") || id.starts_with("urn:uuid:"), "{id}");
        assert!(ids.insert(id), "an id twice");
        assert!(!child(holder, "title").is_empty());
        is_time(child(holder, "updated"));
        let author = holder.children().find(|node| node.has_tag_name((ATOM, "author"))).expect("an author");
        assert!(!child(author, "name").is_empty());
        let links: Vec<_> = holder.children().filter(|node| node.has_tag_name((ATOM, "link"))).collect();
        let alternate = links.iter().filter(|link| link.attribute("rel") == Some("alternate"));
        assert_eq!(alternate.count(), 1);
        assert!(links.iter().all(|link| link.attribute("href").is_some_and(|href| href.starts_with("http"))));
    }
    for entry in root.children().filter(|node| node.has_tag_name((ATOM, "entry"))) {
        is_time(child(entry, "published"));
        assert!(entry.children().filter(|node| node.has_tag_name((ATOM, "summary"))).count() <= 1);
        for category in entry.children().filter(|node| node.has_tag_name((ATOM, "category"))) {
            assert!(category.attribute("term").is_some_and(|term| !term.is_empty()));
        }
    }
    for grave in root.children().filter(|node| node.has_tag_name((TOMBSTONES, "deleted-entry"))) {
        let reference = grave.attribute("ref").expect("what it was");
        assert!(!ids.contains(reference), "{reference} is there and is not");
        is_time(grave.attribute("when").expect("when it went").to_owned());
        assert!(grave.children().filter(|node| node.is_element()).count() <= 1);
    }
}

#[tokio::test]
async fn a_feed_tells_of_what_came_and_of_what_went() {
    let clock = Arc::new(AtomicI64::new(1_765_500_000_000));
    let site = Site::with_clock(&clock).await;
    let native = site.native();
    let control = changed(1, "Satu\u{b}\u{1f} & <dua>", |edition| {
        edition.document.fields.category_code = "kinh-te".into();
    });
    let live = published(&native, &control).await;
    for (article, act, notice) in
        [(2, Act::Unpublish, ""), (3, Act::Takedown, "Atas permintaan."), (4, Act::Kill, "")]
    {
        published(&native, &edition(article, "Pergi", None)).await;
        let away = Withdrawal { public_notice: notice.into(), ..withdrawal(act, article, None) };
        take_away(&native, decision(), &away).await.expect("a receipt");
    }

    let text = site.body("/feed.atom").await;
    let feed = Xml::parse(&text).expect("well-formed");

    is_valid_atom(&feed);
    let entries: Vec<_> = feed.descendants().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(child(entries[0], "title"), "Satu & <dua>");
    assert_eq!(child(entries[0], "id"), format!("urn:uuid:{}", control.article));
    let links: Vec<_> = entries[0].children().filter_map(|node| node.attribute("href")).collect();
    assert!(
        links.contains(&live.url.as_str()) && links.contains(&control.document.fields.source_url.as_str())
    );
    let graves: Vec<_> =
        feed.descendants().filter(|node| node.has_tag_name((TOMBSTONES, "deleted-entry"))).collect();
    assert_eq!(graves.len(), 3);
    assert_eq!(
        graves.iter().filter_map(|grave| grave.first_element_child()?.text()).collect::<Vec<_>>(),
        ["Atas permintaan."]
    );
    assert!(!text.contains("Pergi"), "nothing of it is told");

    deliver(&native, decision(), &again(&edition(3, "Kembali", None), Act::Publish, "v2", |_| {}))
        .await
        .expect("back");
    let text = site.body("/feed.atom").await;
    is_valid_atom(&Xml::parse(&text).expect("well-formed"));
    assert_eq!((text.matches("<entry").count(), text.matches("<at:deleted-entry").count()), (2, 2));

    clock.fetch_add(91 * 24 * 3_600_000, Ordering::SeqCst);
    let text = site.body("/feed.atom").await;
    is_valid_atom(&Xml::parse(&text).expect("well-formed"));
    assert_eq!((text.matches("<entry").count(), text.matches("<at:deleted-entry").count()), (2, 0));
    assert_eq!(site.body("/feed.atom?lang=vi").await.matches("<entry").count(), 0);
}

#[tokio::test]
async fn news_search_is_told_of_the_last_two_days() {
    let clock = Arc::new(AtomicI64::new(1_765_500_000_000));
    let site = Site::with_clock(&clock).await;
    let native = site.native();
    published(&native, &edition(1, "Lama", None)).await;
    clock.fetch_add(49 * 3_600_000, Ordering::SeqCst);
    let new = published(
        &native,
        &changed(2, "Baru & <satu>", |edition| edition.document.fields.language = "zh-Hant".into()),
    )
    .await;
    published(&native, &edition(3, "Pergi", None)).await;
    take_away(&native, decision(), &withdrawal(Act::Kill, 3, None)).await.expect("a receipt");

    let text = site.body("/news-sitemap.xml").await;
    let sitemap = Xml::parse(&text).expect("well-formed");

    let urls: Vec<_> = sitemap.root_element().children().filter(Node::is_element).collect();
    assert!(sitemap.root_element().has_tag_name((SITEMAP, "urlset")) && urls.len() == 1, "{text}");
    assert!(urls[0].has_tag_name((SITEMAP, "url")));
    assert_eq!(child(urls[0], "loc"), new.url);
    let news = urls[0].children().find(|node| node.has_tag_name((NEWS, "news"))).expect("news");
    let names: Vec<_> = news.children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
    assert_eq!(names, ["publication", "publication_date", "title"]);
    let publication = news.first_element_child().expect("the publication");
    assert_eq!(
        (child(publication, "name"), child(publication, "language")),
        ("Cổng <thử>".into(), "zh-tw".into())
    );
    assert_eq!(child(news, "title"), "Baru & <satu>");
    assert!(child(news, "publication_date").parse::<jiff::Timestamp>().is_ok());
    assert!(
        site.body("/robots.txt").await.contains(&format!("Sitemap: {}/news-sitemap.xml\n", site.running.url))
    );
}
