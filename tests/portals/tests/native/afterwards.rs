//! After it is live: fixed, updated, corrected, taken away; found again by a desk that does not have it.

use domain::live::Standing;
use portal::{TakenAway, Withdrawing};
use protocol::Withdrawal;

use super::*;

pub fn withdrawal(act: Act, article: u128, base: Option<&str>) -> Withdrawal {
    Withdrawal {
        act,
        article: ArticleId(Uuid::from_u128(article)),
        story: StoryId(Uuid::from_u128(article)),
        base: base.map(str::to_owned),
        public_notice: String::new(),
        decided_at: "2025-12-12T00:00:00Z".into(),
    }
}

pub async fn take_away(
    native: &Native,
    decision: DecisionId,
    withdrawal: &Withdrawal,
) -> Result<TakenAway, Fault> {
    native.withdraw(&Withdrawing { decision, withdrawal, remote_id: None, unsettled: None }).await
}

fn of(act: Act, headline: &str, base: &str) -> Edition {
    Edition { act, ..edition(1, headline, Some(base)) }
}

#[tokio::test]
async fn readers_are_told_of_an_update_and_of_no_minor_fix() {
    let site = Site::open().await;
    let native = site.native();
    let first = published(&native, &edition(1, "Satu", None)).await;

    deliver(&native, decision(), &of(Act::MinorFix, "Dua", "v1")).await.expect("a fix");
    let fixed = native.live(edition(1, "", None).article).await.expect("an answer").expect("live");
    deliver(&native, decision(), &of(Act::Update, "Tiga", "v2")).await.expect("an update");
    let updated = native.live(edition(1, "", None).article).await.expect("an answer").expect("live");

    assert_eq!((fixed.version.as_str(), fixed.updated.as_str()), ("v2", ""));
    assert_eq!(updated.version, "v3");
    assert!(!updated.updated.is_empty() && updated.corrections.is_empty());
    let page = native.public_page(&first.url).await.expect("the page");
    assert!(page.contains("<h1>Tiga</h1>"), "{page}");
}

#[tokio::test]
async fn every_correction_stays_on_the_page_for_ever() {
    let site = Site::open().await;
    let native = site.native();
    let first = published(&native, &edition(1, "Satu", None)).await;

    for (version, notice) in [("v1", "Umur itu salah."), ("v2", "Nama itu salah.")] {
        let corrected = Edition { correction_notice: notice.into(), ..of(Act::Correct, "Betul", version) };
        deliver(&native, decision(), &corrected).await.expect("a correction");
    }
    deliver(&native, decision(), &of(Act::MinorFix, "Betul juga", "v3")).await.expect("a fix");

    let live = native.live(edition(1, "", None).article).await.expect("an answer").expect("live");
    let notices: Vec<&str> = live.corrections.iter().map(|one| one.notice.as_str()).collect();
    assert_eq!(notices, ["Umur itu salah.", "Nama itu salah."]);
    let page = native.public_page(&first.url).await.expect("the page");
    assert!(page.contains("Umur itu salah.") && page.contains("Nama itu salah."), "{page}");
}

#[tokio::test]
async fn what_is_unpublished_is_gone_without_a_word_and_may_return() {
    let site = Site::open().await;
    let native = site.native();
    let first = published(&native, &edition(1, "Satu", None)).await;
    let picture = format!("{}/pictures/{}.jpg", site.running.url, Hash::of(PICTURE));
    assert_eq!(native.page_status(&picture).await, Ok(200));

    let id = decision();
    let unpublish = withdrawal(Act::Unpublish, 1, Some("v1"));
    let away = take_away(&native, id, &unpublish).await.expect("a receipt");
    let again = take_away(&native, id, &unpublish).await.expect("the same receipt");

    assert_eq!(away, again);
    assert_eq!((away.receipt.standing, away.receipt.version.as_str()), (Standing::Unpublished, "v2"));
    assert_eq!(native.page_status(&first.url).await, Ok(404));
    assert_eq!(native.page_status(&picture).await, Ok(404), "no reader has its pictures");
    assert_eq!(native.live(edition(1, "", None).article).await, Ok(None));
    assert!(!site.get("/", "").await.contains("Satu"), "nor is it on the front page");

    let back = deliver(&native, decision(), &of(Act::Publish, "Dua", "v2")).await.expect("a receipt");
    assert_eq!(back.url, first.url);
    assert_eq!(native.page_status(&first.url).await, Ok(200));
    assert_eq!(native.page_status(&picture).await, Ok(200));
}

#[tokio::test]
async fn what_is_taken_down_says_so_and_may_return() {
    let site = Site::open().await;
    let native = site.native();
    let first = published(&native, &edition(1, "Satu", None)).await;

    let notice = "Diturunkan atas permintaan <sumber>.";
    let down = Withdrawal { public_notice: notice.into(), ..withdrawal(Act::Takedown, 1, None) };
    take_away(&native, decision(), &down).await.expect("a receipt");

    assert_eq!(native.page_status(&first.url).await, Ok(410));
    let path = first.url.trim_start_matches(&site.running.url);
    let page = site.get(path, "").await;
    assert!(page.contains("Diturunkan atas permintaan &lt;sumber&gt;."), "{page}");
    assert!(!page.contains("Satu") && !page.contains("Persidangan"), "nothing of it is left: {page}");
    deliver(&native, decision(), &of(Act::Publish, "Dua", "v2")).await.expect("cleared");
    assert_eq!(native.page_status(&first.url).await, Ok(200));
}

#[tokio::test]
async fn what_is_killed_is_gone_and_never_comes_back() {
    let site = Site::open().await;
    let native = site.native();
    let first = published(&native, &edition(1, "Satu", None)).await;
    let id = decision();

    take_away(&native, id, &withdrawal(Act::Kill, 1, None)).await.expect("a receipt");

    assert_eq!(native.page_status(&first.url).await, Ok(410));
    for base in [None, Some("v1"), Some("v2")] {
        let late = deliver(&native, decision(), &edition(1, "Satu", base)).await;
        assert!(matches!(late, Err(Fault::Refused { status: 410, .. })), "{base:?}: {late:?}");
    }
    let softer = take_away(&native, decision(), &withdrawal(Act::Unpublish, 1, None)).await;
    assert_eq!(softer.expect("a receipt").receipt.standing, Standing::Killed, "it stays killed");
    let asked = withdrawal(Act::Kill, 1, None);
    let asked = Withdrawing { decision: id, withdrawal: &asked, remote_id: None, unsettled: None };
    assert!(native.withdrawn(&asked).await.expect("an answer").is_some());
}

#[tokio::test]
async fn a_kill_that_overtakes_its_article_holds_it_off() {
    let site = Site::open().await;
    let native = site.native();
    take_picture(&native, Hash::of(PICTURE), PICTURE).await.expect("the picture");

    let killed = take_away(&native, decision(), &withdrawal(Act::Kill, 1, None)).await.expect("a receipt");
    let late = deliver(&native, decision(), &edition(1, "Satu", None)).await;

    assert_eq!((killed.receipt.standing, killed.receipt.url.as_str()), (Standing::Killed, ""));
    assert!(matches!(late, Err(Fault::Refused { status: 410, .. })), "{late:?}");
    assert_eq!(native.list().await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_create_that_its_kill_overtakes_on_the_way_is_refused_when_it_arrives() {
    let site = Site::open().await;
    let network = Network::to(&site.running.url);
    let (slow, native) = (speak_to(&network.url, TOKEN), site.native());
    take_picture(&native, Hash::of(PICTURE), PICTURE).await.expect("the picture");
    network.next("PUT /dpp/v1/decisions", Trouble::Sleeps(Duration::from_millis(800)));
    let create = edition(1, "Satu", None);
    let kill = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        take_away(&native, decision(), &withdrawal(Act::Kill, 1, None)).await
    };

    let (late, killed) = tokio::join!(deliver(&slow, decision(), &create), kill);

    assert_eq!(killed.expect("a receipt").receipt.standing, Standing::Killed);
    assert!(matches!(late, Err(Fault::Refused { status: 410, .. })), "{late:?}");
    assert_eq!(native.list().await, Ok(Vec::new()));
}

#[tokio::test]
async fn whatever_takes_away_and_loses_its_answer_is_settled_by_asking_and_has_one_effect() {
    let ways = [
        (Act::Unpublish, Standing::Unpublished),
        (Act::Takedown, Standing::TakenDown),
        (Act::Kill, Standing::Killed),
    ];
    for (act, standing) in ways {
        let site = Site::open().await;
        let network = Network::to(&site.running.url);
        let native = speak_to(&network.url, TOKEN);
        published(&native, &edition(1, "Satu", None)).await;
        let (id, sent) = (decision(), withdrawal(act, 1, None));
        let asked = Withdrawing { decision: id, withdrawal: &sent, remote_id: None, unsettled: None };

        network.next("PUT /dpp/v1/withdrawals", Trouble::LosesRequest);
        let never_arrived = native.withdraw(&asked).await;
        let nothing = native.withdrawn(&asked).await;
        network.next("PUT /dpp/v1/withdrawals", Trouble::LosesAnswer);
        let unanswered = native.withdraw(&asked).await;
        let settled = native.withdrawn(&asked).await.expect("an answer").expect("it was applied");
        let again = native.withdraw(&asked).await.expect("the same receipt");

        assert!(matches!(never_arrived, Err(Fault::Unknown(_))), "{act:?}: {never_arrived:?}");
        assert_eq!(nothing, Ok(None), "{act:?}");
        assert!(matches!(unanswered, Err(Fault::Unknown(_))), "{act:?}: {unanswered:?}");
        assert_eq!((settled.receipt.standing, settled.receipt.version.as_str()), (standing, "v2"), "{act:?}");
        assert_eq!(again, settled, "{act:?}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_in_words() {
    let site = Site::open().await;
    let native = site.native();
    published(&native, &edition(1, "Satu", None)).await;

    let nothing_there = take_away(&native, decision(), &withdrawal(Act::Takedown, 9, None)).await;
    let unseen = take_away(&native, decision(), &withdrawal(Act::Unpublish, 1, Some("v7"))).await;
    let no_withdrawal = take_away(&native, decision(), &withdrawal(Act::Update, 1, None)).await;
    let no_edition = deliver(&native, decision(), &of(Act::Kill, "Satu", "v1")).await;
    let id = decision();
    take_away(&native, id, &withdrawal(Act::Unpublish, 1, None)).await.expect("a receipt");
    let reused = take_away(&native, id, &withdrawal(Act::Kill, 1, None)).await;

    assert!(matches!(nothing_there, Err(Fault::Refused { status: 404, .. })), "{nothing_there:?}");
    assert!(matches!(unseen, Err(Fault::ChangedThere { .. })), "{unseen:?}");
    assert!(matches!(no_withdrawal, Err(Fault::Refused { status: 400, .. })), "{no_withdrawal:?}");
    assert!(matches!(no_edition, Err(Fault::Refused { status: 400, .. })), "{no_edition:?}");
    assert!(matches!(reused, Err(Fault::Refused { status: 422, .. })), "{reused:?}");
}

#[tokio::test]
async fn an_edition_is_found_by_its_page_and_read_whole() {
    let site = Site::open().await;
    let native = site.native();
    let (one, other) = (edition(1, "Satu", None), edition(2, "Dua", None));
    let receipt = published(&native, &one).await;
    published(&native, &other).await;

    let listed = native.list().await.expect("a list");
    let found = native.find(&format!("{}?x=1#top", receipt.url)).await.expect("an answer").expect("found");
    let whole = native.whole(&found.remote_id).await.expect("an answer").expect("it is there");
    let nothing = native.find(&format!("{}/khong-co", site.running.url)).await;

    let headlines: Vec<&str> = listed.iter().map(|there| there.headline.as_str()).collect();
    assert_eq!(headlines, ["Dua", "Satu"], "the newest first");
    assert_eq!((found.article, found.url.as_str()), (Some(one.article), receipt.url.as_str()));
    assert_eq!(whole.document, one.document);
    assert_eq!((whole.there.version.as_str(), whole.lost.len()), ("v1", 0));
    assert_eq!(native.picture(&whole.pictures[0].address).await.expect("its bytes"), PICTURE);
    assert_eq!(nothing, Ok(None));
}
