//! The contract, row by row: what the desk relies on, whatever the portal is.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::ids::Hash;
use portal::{Delivered, Fault, read_back};
use portals::{
    article::{Article, decision},
    network::Trouble,
};
use protocol::Act;
use scraper::{Html, Selector};

pub use crate::afterwards::*;
use crate::subject::Subject;

pub async fn it_says_who_it_takes_the_desk_for(portal: &Subject<'_>) -> Result<()> {
    let me = portal.desk()?.me().await?;

    ensure!(!me.name.is_empty(), "{me:?}");
    ensure!(me.may.contains(&Act::Publish) && me.may.contains(&Act::Correct), "{me:?}");
    Ok(())
}

pub async fn a_wrong_password_is_noticed(portal: &Subject<'_>) -> Result<()> {
    let (stranger, article) = (portal.stranger()?, Article::short("Của người lạ"));

    let told = [
        stranger.me().await.map(drop),
        stranger.deliver(&article.delivery(decision())).await.map(drop),
        stranger.receipt_of(&article.delivery(decision()), Duration::MAX).await.map(drop),
    ];

    for answer in told {
        ensure!(matches!(answer, Err(Fault::NeedsPassword(_))), "{answer:?}");
    }
    ensure!(portal.standing(article.id()).await? == (0, 0), "something was made");
    Ok(())
}

/// What it does not promise is true of it, too: the window says so to people.
pub async fn its_promises_are_what_it_does(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    desk.me().await?; // it says what it is
    let caps = desk.caps();
    let delivered = article.publish(&*desk, decision()).await?;
    let page = desk.public_page(&delivered.receipt.url).await?;
    let html = Html::parse_document(&page);
    let language = html.root_element().attr("lang").map(str::to_owned);

    ensure!((language.as_deref() == Some("ms")) == caps.language_as_data, "language {language:?}, {caps:?}");
    ensure!(page.contains("\"creditText\"") == caps.credits_as_data, "credits as data, {caps:?}");
    ensure!(desk.terms().await?.is_empty() != caps.terms, "terms, {caps:?}");
    match portal {
        Subject::Local(_) | Subject::WithPlugin { .. } => {
            ensure!(caps.idempotent && caps.preconditions && caps.pictures_by_hash, "{caps:?}");
        }
        // The rows of doing it twice, and of overwriting, are kept by looking first; here nobody looks.
        Subject::WordPress(site) => {
            let kept = crate::site::keeps_by_itself(site).await?;
            ensure!(
                kept == (caps.idempotent, caps.preconditions, caps.pictures_by_hash),
                "{kept:?}, {caps:?}"
            );
        }
    }
    Ok(())
}

pub async fn a_picture_is_there_once_however_often_it_is_sent(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    let hashes: Vec<Hash> = article.renditions.iter().map(|made| made.hash).collect();
    ensure!(desk.lacks(&hashes).await? == hashes, "they are new");

    article.give_pictures(&*desk).await?;
    ensure!(desk.lacks(&hashes).await?.is_empty(), "they are there");
    desk.take_picture(&article.renditions[0].file()).await?; // whose answer was lost, for example
    let another = portal.desk()?;
    article.give_pictures(&*another).await?;
    another.take_picture(&article.renditions[1].file()).await?;

    let copies = portal.copies(&article).await?;
    ensure!(copies == [1, 1, 1], "{copies:?}");
    Ok(())
}

pub async fn every_part_is_on_the_public_page_once(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());

    let delivered = article.publish(&*desk, decision()).await?;

    ensure!(delivered.differences.is_empty(), "{:?}", delivered.differences);
    let page = desk.public_page(&delivered.receipt.url).await?;
    let document = &article.edition.document;
    let differences = read_back::differences(&page, document, &desk.page_shape());
    ensure!(differences.is_empty(), "{differences:?}");
    let html = Html::parse_document(&page);
    let texts = |what: &str| -> Vec<String> {
        let selector = Selector::parse(what).expect("a selector");
        html.select(&selector).map(|found| found.text().collect::<String>()).collect()
    };
    let captions = texts("figure figcaption");
    for placement in &document.placements {
        let with_both =
            |words: &&String| words.contains(&placement.caption) && words.contains(&placement.credit_line);
        ensure!(captions.iter().filter(with_both).count() == 1, "{} in {captions:?}", placement.caption);
        ensure!(page.contains(&format!("alt=\"{}\"", placement.alt)), "no {}", placement.alt);
    }
    let source = format!("a[href=\"{}\"]", document.fields.source_url);
    ensure!(texts(&source).len() == 1, "the source's address");
    Ok(())
}

pub async fn what_is_live_is_told(portal: &Subject<'_>) -> Result<()> {
    let (desk, article, other) = (portal.desk()?, Article::short("Một"), Article::short("Hai"));
    let before = desk.live(article.id()).await?;

    let receipt = article.publish(&*desk, decision()).await?.receipt;

    let live = desk.live(article.id()).await?.context("it is live")?;
    ensure!(before.is_none() && desk.live(other.id()).await?.is_none(), "nothing else is");
    ensure!((&live.url, &live.version) == (&receipt.url, &receipt.version), "{live:?}, {receipt:?}");
    ensure!(live.content_hash == article.edition.content_hash, "{live:?}");
    Ok(())
}

pub async fn the_same_decision_twice_has_one_effect(portal: &Subject<'_>) -> Result<()> {
    let (desk, article, decision) = (portal.desk()?, Article::short("Hai lần"), decision());

    let first = article.publish(&*desk, decision).await?.receipt;
    let again = article.publish(&*portal.desk()?, decision).await?.receipt;

    ensure!(first == again, "{first:?}, {again:?}");
    let standing = portal.standing(article.id()).await?;
    ensure!(standing == (1, 1), "{standing:?}");
    Ok(())
}

pub async fn an_answer_lost_anywhere_leaves_one_article_and_three_pictures(
    portal: &Subject<'_>,
) -> Result<()> {
    has_one_effect_whatever_befalls(portal, &Trouble::LosesAnswer).await
}

pub async fn a_request_lost_anywhere_leaves_one_article_and_three_pictures(
    portal: &Subject<'_>,
) -> Result<()> {
    has_one_effect_whatever_befalls(portal, &Trouble::LosesRequest).await
}

/// Every request of a publication has this trouble once, each in a publication of its own.
async fn has_one_effect_whatever_befalls(portal: &Subject<'_>, trouble: &Trouble) -> Result<()> {
    let requests = requests_of_a_publication(portal).await?;
    ensure!(requests >= 5, "{requests} requests: three pictures are among them");
    for number in 1..=requests {
        let (network, article) = (portal.network(), Article::seed());
        network.at(number, trouble.clone());

        let desk = portal.desk_at(&network.url)?;
        let delivered = article.work_off(&*desk, decision()).await;

        let at = || format!("{trouble:?} at request {number} of {requests}: {:?}", lines(&network));
        let delivered = delivered.with_context(at)?;
        ensure!(says_no_worse(&delivered), "{}: {:?}", at(), delivered.differences);
        let (standing, copies) = (portal.standing(article.id()).await?, portal.copies(&article).await?);
        ensure!(standing == (1, 1) && copies == [1, 1, 1], "{}: {standing:?}, {copies:?}", at());
    }
    Ok(())
}

/// It was the reading back that was lost: it is live, and a person is told that nobody looked.
fn says_no_worse(delivered: &Delivered) -> bool {
    delivered.differences.iter().all(|said| said.starts_with("it could not be read back"))
}

async fn requests_of_a_publication(portal: &Subject<'_>) -> Result<usize> {
    let network = portal.network();
    let article = Article::seed();
    article.work_off(&*portal.desk_at(&network.url)?, decision()).await?;
    Ok(network.requests().len())
}

/// The same for a correction: what is live is what was decided, on the page where it was.
pub async fn a_correction_that_loses_anything_is_made_once(portal: &Subject<'_>) -> Result<()> {
    let desk = portal.desk()?;
    let published = async |headline: &str| -> Result<_> {
        let article = Article::short(headline);
        let live = article.publish(&*desk, decision()).await?.receipt;
        Ok((article, live))
    };
    let (article, live) = published("Đếm").await?;
    let network = portal.network();
    article.corrected("Đếm lại", &live).work_off(&*portal.desk_at(&network.url)?, decision()).await?;
    let requests = network.requests().len();
    for (number, trouble) in
        (1..=requests).flat_map(|number| [(number, Trouble::LosesAnswer), (number, Trouble::LosesRequest)])
    {
        let (article, live) = published("Thứ nhất").await?;
        let network = portal.network();
        network.at(number, trouble.clone());

        let corrected = article.corrected("Thứ hai", &live);
        let delivered = corrected.work_off(&*portal.desk_at(&network.url)?, decision()).await;

        let at = || format!("{trouble:?} at request {number} of {requests}: {:?}", lines(&network));
        let delivered = delivered.with_context(at)?;
        ensure!(delivered.receipt.remote_id == live.remote_id, "{}: {:?}", at(), delivered.receipt);
        ensure!(says_no_worse(&delivered), "{}: {:?}", at(), delivered.differences);
        let page = desk.public_page(&live.url).await?;
        ensure!(page.contains("Thứ hai") && !page.contains("Thứ nhất"), "{}: the page says otherwise", at());
        ensure!(portal.standing(article.id()).await? == (1, 1), "{}: a second page", at());
    }
    Ok(())
}

fn lines(network: &portals::network::Network) -> Vec<String> {
    let to_where = |line: &str| line.split(['?', ' ']).take(2).collect::<Vec<_>>().join(" ");
    network.requests().iter().map(|request| to_where(&request.line)).collect()
}

/// Login pages, other networks, servers before the portal: each is taken for what it is, and later all is well.
pub async fn who_answers_in_its_place_is_not_believed(portal: &Subject<'_>) -> Result<()> {
    let table = [
        (Trouble::Answers("200 OK", "text/html", "<h1>Log in</h1>"), "NotAPortal"),
        (Trouble::Answers("302 Found", "text/html", ""), "NotAPortal"),
        (Trouble::Answers("404 Not Found", "text/html", "nothing here"), "NotAPortal"),
        (Trouble::Answers("200 OK", "application/json", "[1, 2"), "Unknown"),
        (Trouble::Answers("500 Internal Server Error", "text/html", "<p>Critical error</p>"), "ServerFailed"),
        (Trouble::Answers("502 Bad Gateway", "text/html", "<h1>502</h1>"), "ServerFailed"),
        (Trouble::Answers("503 Service Unavailable", "text/html", "busy"), "Busy"),
        (Trouble::Answers("429 Too Many Requests", "text/html", "busy"), "Busy"),
        (Trouble::LosesRequest, "Unknown"),
    ];
    for (trouble, want) in table {
        let (network, article, decision) = (portal.network(), Article::short("Ai trả lời?"), decision());
        let desk = portal.desk_at(&network.url)?;
        network.at(1, trouble.clone());

        let fault = desk.deliver(&article.delivery(decision)).await.err().context("it is no answer")?;
        ensure!(format!("{fault:?}").starts_with(want), "{trouble:?}: {fault:?}");
        article.work_off(&*desk, decision).await.with_context(|| format!("after {trouble:?}"))?;

        ensure!(portal.standing(article.id()).await? == (1, 1), "{trouble:?}");
    }
    Ok(())
}

pub async fn what_was_never_sent_was_not_applied(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::short("Chưa gửi"));

    let applied = desk.receipt_of(&article.delivery(decision()), Duration::MAX).await?;

    ensure!(applied.is_none(), "{applied:?}");
    Ok(())
}

pub async fn an_edition_whose_picture_is_missing_is_not_published(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    desk.take_picture(&article.renditions[0].file()).await?;

    let answer = desk.deliver(&article.delivery(decision())).await;

    // Our own portal says no; the adapter of another sends the picture again before anything is made.
    ensure!(matches!(answer, Err(Fault::Refused { .. } | Fault::Busy { .. })), "{answer:?}");
    ensure!(portal.standing(article.id()).await? == (0, 0), "something was made");
    Ok(())
}

pub async fn a_correction_keeps_the_page(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    let first = article.publish(&*desk, decision()).await?.receipt;
    let mut corrected = article.corrected("Tajuk yang dibetulkan", &first);
    corrected.edition.correction_notice = "Nama duta telah dibetulkan.".into();

    let delivered = corrected.publish(&*desk, decision()).await?;

    let second = delivered.receipt;
    ensure!(delivered.differences.is_empty(), "{:?}", delivered.differences);
    ensure!((&first.url, &first.remote_id) == (&second.url, &second.remote_id), "{first:?}, {second:?}");
    ensure!(first.version != second.version, "{second:?}");
    let page = desk.public_page(&second.url).await?;
    let differences = read_back::differences(&page, &corrected.edition.document, &desk.page_shape());
    ensure!(differences.is_empty(), "{differences:?}");
    ensure!(page.contains("Nama duta telah dibetulkan."), "no notice");

    let mut again = corrected.corrected("Tajuk yang dibetulkan lagi", &second);
    again.earlier_notices.push("Nama duta telah dibetulkan.".into());
    again.edition.correction_notice = "Umur itu salah.".into();
    let third = again.publish(&*desk, decision()).await?.receipt;
    let page = desk.public_page(&third.url).await?;
    let both = ["Nama duta telah dibetulkan.".to_owned(), "Umur itu salah.".to_owned()];
    let missing = read_back::notices(&page, &both, &desk.page_shape());
    ensure!(missing.is_none(), "{missing:?}");
    ensure!(portal.standing(article.id()).await? == (1, 1), "a second page");
    Ok(())
}

pub async fn what_the_desk_has_not_seen_is_not_overwritten(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::short("Thứ nhất"));
    let first = article.publish(&*desk, decision()).await?.receipt;
    let second = article.corrected("Thứ hai", &first).publish(&*desk, decision()).await?.receipt;

    for base in [first.version.as_str(), "a version nobody had"] {
        let stale = article.corrected("Thứ ba", &first).over(base).publish(&*desk, decision()).await;
        ensure!(is_refused(&stale), "{base}: {stale:?}");
    }
    let unaware = article.publish(&*desk, decision()).await;

    ensure!(is_refused(&unaware), "{unaware:?}");
    let live = desk.live(article.id()).await?.context("it is live")?;
    ensure!(live.version == second.version, "{live:?}, {second:?}");
    let page = desk.public_page(&live.url).await?;
    ensure!(page.contains("Thứ hai") && !page.contains("Thứ ba"), "it was overwritten");
    Ok(())
}

/// Our own portal says no (412); where the adapter looks first, it says what it found.
fn is_refused<T>(answer: &Result<T, Fault>) -> bool {
    matches!(answer, Err(Fault::Refused { status: 412, .. } | Fault::ChangedThere { .. }))
}

/// Two desks with the same approved article, each with a decision of its own.
pub async fn two_desks_at_once_publish_once(portal: &Subject<'_>) -> Result<()> {
    for round in 1..=20 {
        let (article, one, other) = (Article::short("Hai bàn cùng lúc"), portal.desk()?, portal.desk()?);

        let (first, second) =
            tokio::join!(article.work_off(&*one, decision()), article.work_off(&*other, decision()));

        let (live, there) = portal.standing(article.id()).await?;
        let said = || format!("round {round}: {live} live of {there}; {first:?}, {second:?}");
        ensure!((live, there) == (1, 1), "{}", said());
        ensure!(first.is_ok() || second.is_ok(), "{}", said());
        if let (Ok(first), Ok(second)) = (&first, &second) {
            ensure!(first.receipt.remote_id == second.receipt.remote_id, "{}", said());
        }
    }
    Ok(())
}
