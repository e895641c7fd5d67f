//! After it is live: what the change is called, what readers are told of it, and what they are not.

use desk::{Change, Error, window::PublishSummary};
use domain::{decision::Act, ids::ArticleId, live::NotMinor, outbox::JobState};

use crate::{
    network::Trouble,
    newsroom::{Newsroom, PORTAL},
};

const DECIDING: &str = "PUT /dpp/v1/decisions";

async fn live() -> (Newsroom, ArticleId) {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.publish(id);
    newsroom.works().await;
    (newsroom, id)
}

/// Changes the body, has that approved, and says what may be done with it.
fn changed(newsroom: &Newsroom, id: ArticleId, body: &str) -> PublishSummary {
    newsroom.set(id, &[("body", body)]);
    newsroom.submit_and_approve(id);
    newsroom.desk.summarise_publication(id, PORTAL).expect("what it would do")
}

fn correction(notice: &str) -> Change {
    Change { public_notice: notice.into(), ..Change::of(Act::Correct) }
}

async fn goes_out(newsroom: &Newsroom, id: ArticleId, change: &Change) {
    let decision = newsroom.publish_as(id, change).expect("it is on its way");
    newsroom.works().await;
    assert_eq!(newsroom.state(decision), JobState::Confirmed, "{change:?}");
}

fn differences(newsroom: &Newsroom, id: ArticleId) -> Vec<String> {
    newsroom.desk.show(id).expect("the article").publications[0].differences.clone()
}

#[tokio::test]
async fn what_is_not_live_is_published_and_what_is_live_is_changed() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    let first = newsroom.desk.summarise_publication(id, PORTAL).expect("what it would do");
    let too_early = newsroom.publish_as(id, &correction("Tên sai."));

    newsroom.publish(id);
    newsroom.works().await;
    let slip = changed(&newsroom, id, "Thuyền cập bến từ bốn giờ sang.\n\nAi cũng vui.\n");
    let fact = changed(&newsroom, id, "Thuyền cập bến từ 5 giờ sáng.\n\nAi cũng vui.\n");

    assert_eq!(first.acts, [Act::Publish]);
    assert!(matches!(too_early, Err(Error::Act(_))), "{too_early:?}");
    assert_eq!((slip.acts, slip.not_minor), (vec![Act::MinorFix, Act::Update, Act::Correct], vec![]));
    assert_eq!((fact.acts, fact.not_minor), (vec![Act::Update, Act::Correct], vec![NotMinor::Number]));
}

#[tokio::test]
async fn a_change_that_is_not_named_or_not_what_it_is_called_stays_here() {
    let (newsroom, id) = live().await;
    changed(&newsroom, id, "Thuyền cập bến từ 5 giờ sáng.\n");

    let unnamed = newsroom.publish_as(id, &Change::default());
    let no_slip = newsroom.publish_as(id, &Change::of(Act::MinorFix));
    let no_notice = newsroom.publish_as(id, &correction("  \n"));
    let no_step = newsroom.publish_as(id, &Change::of(Act::Kill));

    assert!(matches!(unnamed, Err(Error::ChangeNotNamed)), "{unnamed:?}");
    assert!(matches!(no_slip, Err(Error::NotMinor(_))), "{no_slip:?}");
    assert!(matches!(no_notice, Err(Error::NoticeMissing)), "{no_notice:?}");
    assert!(matches!(no_step, Err(Error::Act(_))), "{no_step:?}");
    assert_eq!(newsroom.desk.jobs().expect("the outbox").len(), 1, "only what is live went out");
}

#[tokio::test]
async fn every_correction_is_counted_and_its_notice_stays_on_the_page() {
    let (newsroom, id) = live().await;
    for (body, notice) in
        [("Năm giờ sáng.\n", "Giờ cập bến sai."), ("Sáu giờ sáng.\n", "Giờ cập bến lại sai.")]
    {
        changed(&newsroom, id, body);
        goes_out(&newsroom, id, &correction(notice)).await;
        assert_eq!(differences(&newsroom, id), [] as [&str; 0], "read back");
    }
    let slip = changed(&newsroom, id, "Sáu giờ sang.\n");
    goes_out(&newsroom, id, &Change::of(Act::MinorFix)).await;

    let told: Vec<&str> = slip.notices.iter().map(|one| one.notice.as_str()).collect();
    assert_eq!(told, ["Giờ cập bến sai.", "Giờ cập bến lại sai."]);
    let there = newsroom.live(id).await.expect("it is live");
    assert_eq!(there.corrections, slip.notices, "the desk and the portal say the same, with the same times");
    assert_eq!(differences(&newsroom, id), [] as [&str; 0], "both are on the page still");
    assert_eq!(newsroom.effects_and_pages(), (4, 1));
}

#[tokio::test]
async fn readers_are_told_when_there_are_new_facts_and_not_of_a_slip() {
    let (newsroom, id) = live().await;

    changed(&newsroom, id, "Thuyền cập bến từ bốn giờ sang.\n\nAi cũng vui.\n");
    goes_out(&newsroom, id, &Change::of(Act::MinorFix)).await;
    let fixed = newsroom.live(id).await.expect("it is live");
    changed(&newsroom, id, "Thuyền cập bến từ 5 giờ sáng.\n");
    goes_out(&newsroom, id, &Change { reason: "Giờ mới".into(), ..Change::of(Act::Update) }).await;
    let updated = newsroom.live(id).await.expect("it is live");

    assert_eq!(fixed.updated, "");
    assert!(!updated.updated.is_empty() && updated.corrections.is_empty(), "{updated:?}");
    let decided = newsroom.desk.show(id).expect("the article").last_decision.expect("it was decided");
    assert_eq!((decided.act.as_str(), decided.reason.as_str()), ("update", "Giờ mới"));
}

#[tokio::test]
async fn a_correction_whose_answer_is_lost_is_told_once() {
    let (newsroom, id) = live().await;
    changed(&newsroom, id, "Năm giờ sáng.\n");
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);

    let decision = newsroom.publish_as(id, &correction("Giờ cập bến sai.")).expect("it is on its way");
    newsroom.works().await;
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!((newsroom.state(decision), newsroom.effects_and_pages()), (JobState::Confirmed, (2, 1)));
    assert_eq!(newsroom.live(id).await.expect("it is live").corrections.len(), 1);
    assert_eq!(newsroom.desk.summarise_publication(id, PORTAL).expect("a summary").notices.len(), 1);
}
