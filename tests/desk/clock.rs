//! The machine's clock is set forward or back by a day. Nothing that was written hangs on it.

use domain::{outbox::JobState, stage::Stage};

use crate::{
    network::Trouble,
    newsroom::{Newsroom, PORTAL, edit},
};

const DAY: i64 = 24 * 3_600_000;

#[tokio::test]
async fn a_clock_set_back_or_forward_by_a_day_changes_no_save() {
    for by in [-DAY, DAY] {
        let mut newsroom = Newsroom::open().await;
        let mut article = newsroom.desk.new_article("vi").expect("a draft");
        newsroom.save(&desk::window::Edit { body: Some("trước".into()), ..edit(&article) });
        newsroom.clock_is_set(by);

        article.edits += 1;
        let saved = newsroom.save(&desk::window::Edit { body: Some("sau".into()), ..edit(&article) });
        newsroom.reopen();

        let found = newsroom.desk.show(article.id).expect("the draft");
        assert_eq!((found.body.as_str(), found.edits), ("sau", saved.edits));
    }
}

#[tokio::test]
async fn what_was_decided_last_counts_though_the_clock_was_set_back_before() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.publish(id);
    newsroom.works().await;
    newsroom.clock_is_set(-DAY);

    newsroom.set(id, &[("body", "Thuyền về muộn hơn.\n")]);
    let approved = newsroom.submit_and_approve(id);
    let correction = newsroom.publish(id);
    newsroom.works().await;

    assert!((approved.stage, approved.may_publish) == (Stage::Approved, true), "{:?}", approved.stage);
    assert_eq!(newsroom.state(correction), JobState::Confirmed);
    let shown = newsroom.desk.show(id).expect("the article");
    assert!(shown.publications.iter().all(|live| live.is_current), "the correction is what is live");
    assert_eq!(newsroom.effects_and_pages(), (2, 1));
}

#[tokio::test]
async fn a_job_that_is_to_be_tried_again_does_not_wait_for_a_clock_that_was_set_back() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom
        .network
        .next("PUT /dpp/v1/decisions", Trouble::Answers("503 Service Unavailable", "text/html", "busy"));
    let decision = newsroom.publish(id);
    newsroom.works().await;
    let waits = newsroom.state(decision);

    newsroom.clock_is_set(-DAY);
    newsroom.works().await;

    assert_ne!(waits, JobState::Confirmed);
    assert_eq!(
        newsroom.desk.job_of(decision, PORTAL).expect("the outbox").expect("its job").state,
        JobState::Confirmed
    );
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}
