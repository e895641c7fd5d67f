//! The network loses things, portals refuse and go away, the process dies: the job stays, and nothing happens twice.

use std::sync::Arc;

use domain::{ids::ArticleId, outbox::JobState};

use crate::{
    network::Trouble,
    newsroom::{Newsroom, PORTAL},
};

const DECIDING: &str = "PUT /dpp/v1/decisions";
const ASKING: &str = "GET /dpp/v1/decisions";
const PROBLEM: &str = "application/problem+json";

async fn approved() -> (Newsroom, ArticleId) {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    (newsroom, id)
}

#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for_and_nothing_is_sent_again() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let decision = newsroom.publish(id);

    newsroom.works().await;
    let lost = newsroom.state(decision);
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!((lost, newsroom.state(decision)), (JobState::Unknown, JobState::Confirmed));
    assert_eq!((newsroom.network.seen(DECIDING), newsroom.network.seen(ASKING)), (1, 1));
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}

#[tokio::test]
async fn a_request_that_was_lost_is_sent_again_once_the_portal_says_it_has_none() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesRequest);
    let decision = newsroom.publish(id);

    newsroom.works().await;
    let lost = (newsroom.state(decision), newsroom.effects_and_pages());
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(lost, (JobState::Unknown, (0, 0)));
    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}

#[tokio::test]
async fn while_the_portal_cannot_be_asked_what_is_unknown_stays_unknown() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    newsroom.network.next(ASKING, Trouble::LosesRequest);
    newsroom.network.next(ASKING, Trouble::Answers("503 Service Unavailable", "text/html", "busy"));
    newsroom.network.next(ASKING, Trouble::Answers("200 OK", "text/html", "<h1>Log in</h1>"));
    let decision = newsroom.publish(id);
    newsroom.works().await;

    for _ in 0..3 {
        assert_eq!(newsroom.state(decision), JobState::Unknown);
        assert!(
            newsroom.desk.cancel(newsroom.desk.jobs().expect("the outbox")[0].id).is_err(),
            "it may be live"
        );
        newsroom.an_hour_passes();
        newsroom.works().await;
    }
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    assert_eq!((newsroom.network.seen(DECIDING), newsroom.effects_and_pages()), (1, (1, 1)));
}

#[tokio::test]
async fn a_login_page_in_between_is_no_answer() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::Answers("200 OK", "text/html", "<h1>Wi-Fi: log in</h1>"));
    let decision = newsroom.publish(id);

    newsroom.works().await;
    let captive = newsroom.desk.job_of(decision, PORTAL).expect("the outbox").expect("its job");
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(captive.state, JobState::Unknown);
    assert!(captive.last_answer.contains("login page"), "{}", captive.last_answer);
    assert_eq!((newsroom.state(decision), newsroom.effects_and_pages()), (JobState::Confirmed, (1, 1)));
}

#[tokio::test]
async fn a_refusal_stops_at_once_in_the_portals_words_and_can_be_sent_again_or_cancelled() {
    let (newsroom, id) = approved().await;
    let refusal = r#"{"type":"content-mismatch","status":422,"detail":"Chuyên mục này đã đóng."}"#;
    newsroom.network.next(DECIDING, Trouble::Answers("422 Unprocessable Entity", PROBLEM, refusal));
    newsroom.network.next(DECIDING, Trouble::Answers("422 Unprocessable Entity", PROBLEM, refusal));
    let decision = newsroom.publish(id);
    newsroom.works().await;
    newsroom.an_hour_passes();
    newsroom.works().await;

    let refused = newsroom.desk.jobs().expect("the outbox").remove(0);
    assert_eq!((refused.state, refused.last_answer.as_str()), (JobState::Refused, "Chuyên mục này đã đóng."));
    assert!(refused.may_resend && refused.may_cancel);
    assert_eq!(newsroom.network.seen(DECIDING), 1, "it is not tried again by itself");

    newsroom.desk.resend(refused.id).expect("sent again");
    newsroom.works().await;
    assert_eq!(newsroom.state(decision), JobState::Refused);
    newsroom.desk.cancel(refused.id).expect("cancelled");
    newsroom.works().await;
    assert_eq!(newsroom.state(decision), JobState::Cancelled);
    assert!(newsroom.desk.resend(refused.id).is_err(), "what is cancelled stays so");

    let second = newsroom.publish(id);
    newsroom.works().await;
    assert_eq!((newsroom.state(second), newsroom.effects_and_pages()), (JobState::Confirmed, (1, 1)));
}

#[tokio::test]
async fn a_new_decision_takes_the_place_of_a_refused_one() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::Answers("422 Unprocessable Entity", PROBLEM, "{}"));
    let first = newsroom.publish(id);
    newsroom.works().await;

    let second = newsroom.publish(id);
    newsroom.works().await;

    assert_eq!((newsroom.state(first), newsroom.state(second)), (JobState::Cancelled, JobState::Confirmed));
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}

#[tokio::test]
async fn a_portal_that_is_away_is_tried_again_later() {
    let (newsroom, id) = approved().await;
    // The network stays up but nothing is behind it: an account straight at the portal's own address is needed.
    newsroom.connect_without_network("far").await;
    let away = newsroom.portal_goes_away().await;

    let decision = away.desk.publish_now(id, "far", &desk::Change::default()).expect("it is in the outbox");
    while away.desk.work_once().await.expect("the outbox") {}
    let first = away.desk.job_of(decision, "far").expect("the outbox").expect("its job");
    let attempts = away.desk.jobs().expect("the outbox")[0].attempts;
    away.an_hour_passes();
    while away.desk.work_once().await.expect("the outbox") {}

    assert_eq!((first.state, attempts), (JobState::RetryLater, 1));
    assert!(first.last_answer.contains("cannot be reached"), "{}", first.last_answer);
    let job = &away.desk.jobs().expect("the outbox")[0];
    assert_eq!((job.state, job.attempts), (JobState::RetryLater, 2));
    assert!(away.home.path().exists());
}

#[tokio::test]
async fn a_job_waits_for_its_password_and_goes_when_it_is_given() {
    let (mut newsroom, id) = approved().await;
    let decision = newsroom.publish(id);
    newsroom.reopen(); // the password was for the session only

    newsroom.works().await;
    let waiting = newsroom.state(decision);
    newsroom.remember_password();
    newsroom.works().await;

    assert_eq!((waiting, newsroom.state(decision)), (JobState::NeedsPassword, JobState::Confirmed));
}

#[tokio::test]
async fn publishing_again_what_is_still_on_its_way_is_the_same_decision() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let first = newsroom.publish(id);
    newsroom.works().await;

    let again = newsroom.publish(id);
    newsroom.works().await;
    let anew = newsroom.publish(id);
    newsroom.works().await;

    assert_eq!((first, newsroom.state(first)), (again, JobState::Confirmed), "without waiting for the hour");
    assert_ne!(first, anew, "what is settled is settled");
    assert_eq!(newsroom.effects_and_pages(), (2, 1));
}

#[tokio::test]
async fn publishing_again_something_else_waits_for_the_first_to_be_settled() {
    let (newsroom, id) = approved().await;
    newsroom.publish(id);
    newsroom.set(id, &[("body", "Khác.\n")]);
    newsroom.submit_and_approve(id);

    let second = newsroom.desk.publish_now(id, PORTAL, &desk::Change::default());

    assert!(matches!(second, Err(desk::Error::UnfinishedJob { .. })), "{second:?}");
}

#[tokio::test]
async fn a_wrong_password_waits_for_the_right_one() {
    let (newsroom, id) = approved().await;
    newsroom.desk.keep_secret(PORTAL, portal::Secret::new("wrong".into())).expect("the portal is known");
    let decision = newsroom.publish(id);

    newsroom.works().await;
    let refused = newsroom.desk.job_of(decision, PORTAL).expect("the outbox").expect("its job");
    newsroom.remember_password();
    newsroom.works().await;

    assert_eq!(refused.state, JobState::NeedsPassword);
    assert!(!refused.last_answer.contains("wrong\""), "no password in an answer");
    assert_eq!((newsroom.state(decision), newsroom.effects_and_pages()), (JobState::Confirmed, (1, 1)));
}

#[tokio::test]
async fn what_a_dead_worker_was_sending_is_asked_about_by_the_next() {
    let (mut newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let decision = newsroom.publish(id);
    let desk = Arc::clone(&newsroom.desk);
    // The worker dies while it sends: the job is leased, and nobody writes what became of it.
    let sending = tokio::spawn(async move { desk.work_once().await });
    while newsroom.network.seen(DECIDING) == 0 {
        tokio::task::yield_now().await;
    }
    sending.abort();
    sending.await.ok();
    newsroom.reopen();
    newsroom.remember_password();
    assert_eq!(newsroom.state(decision), JobState::Sending);

    let lock = newsroom.desk.folder().lock_worker().expect("the folder").expect("nobody else works");
    let worker = tokio::spawn(desk::work(Arc::clone(&newsroom.desk), lock));
    for _ in 0..200 {
        if newsroom.state(decision) == JobState::Confirmed {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    worker.abort();

    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    assert!(newsroom.network.seen(ASKING) >= 1, "it was asked about");
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}

#[tokio::test]
async fn an_answer_that_could_not_be_written_down_is_asked_for_once_there_is_room() {
    let (newsroom, id) = approved().await;
    let other = rusqlite::Connection::open(newsroom.folder().join("desk.sqlite")).expect("its database");
    other
        .execute_batch(
            "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.state = 'confirmed'
             BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;",
        )
        .expect("no room for a receipt");
    let decision = newsroom.publish(id);
    let lock = newsroom.desk.folder().lock_worker().expect("the folder").expect("nobody else works");
    let worker = tokio::spawn(desk::work(Arc::clone(&newsroom.desk), lock));
    while newsroom.effects_and_pages() != (1, 1) {
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(500)).await; // the page is read back, the receipt finds no room

    other.execute_batch("DROP TRIGGER full").expect("room again");
    for _ in 0..400 {
        if newsroom.state(decision) == JobState::Confirmed {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    worker.abort();

    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    assert!(newsroom.network.seen(ASKING) >= 1, "it was asked about");
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}

#[tokio::test]
async fn a_job_that_may_have_arrived_is_asked_about_and_cannot_be_cancelled_whatever_it_waits_for() {
    let (mut newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let decision = newsroom.publish(id);
    newsroom.works().await;
    newsroom.reopen(); // the password is not known after a restart
    newsroom.an_hour_passes();
    newsroom.works().await;
    let waiting = newsroom.desk.show(id).expect("the article").jobs[0].clone();

    let cancelled = newsroom.desk.cancel(waiting.id);
    newsroom.desk.resend(waiting.id).expect("sent again");

    assert_eq!((waiting.state, waiting.may_cancel), (JobState::NeedsPassword, false));
    assert!(matches!(cancelled, Err(desk::Error::Job { .. })), "{cancelled:?}");
    assert_eq!(newsroom.state(decision), JobState::Unknown);
}

#[tokio::test]
async fn a_job_that_never_left_can_be_cancelled_and_is_not_asked_about() {
    let (mut newsroom, id) = approved().await;
    newsroom.reopen(); // the password is not known after a restart
    let decision = newsroom.publish(id);
    newsroom.works().await;
    let waiting = newsroom.desk.show(id).expect("the article").jobs[0].clone();

    newsroom.desk.resend(waiting.id).expect("sent again");

    assert_eq!((waiting.state, waiting.may_cancel), (JobState::NeedsPassword, true));
    assert_eq!(newsroom.state(decision), JobState::Ready);
}

#[tokio::test]
async fn only_what_was_found_changed_may_be_replaced() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    newsroom.publish(id);
    newsroom.works().await;
    let unknown = newsroom.desk.show(id).expect("the article").jobs[0].clone();

    let replaced = newsroom.desk.replace_there(unknown.id);

    assert_eq!((unknown.state, unknown.may_replace), (JobState::Unknown, false));
    assert!(matches!(replaced, Err(desk::Error::Job { .. })), "{replaced:?}");
}

#[tokio::test]
async fn a_portal_that_was_changed_elsewhere_is_not_overwritten() {
    let (newsroom, id) = approved().await;
    newsroom.publish(id);
    newsroom.works().await;
    // Another desk corrects the page: the portal's version moves on.
    let conn =
        rusqlite::Connection::open(newsroom.home.path().join("portal/portal.sqlite")).expect("its database");
    conn.execute_batch(
        "INSERT INTO versions (article, version, content_hash, edition, applied_at)
         SELECT article, version + 1, content_hash, edition, applied_at FROM versions;
         UPDATE editions SET version = version + 1;",
    )
    .expect("a correction by somebody else");

    newsroom.set(id, &[("body", "Bản của mình.\n")]);
    newsroom.submit_and_approve(id);
    let decision = newsroom.publish(id);
    newsroom.works().await;

    let job = newsroom.desk.job_of(decision, PORTAL).expect("the outbox").expect("its job");
    assert_eq!(job.state, JobState::Refused);
    assert!(job.last_answer.contains("changed here meanwhile"), "{}", job.last_answer);
    assert_eq!(newsroom.effects_and_pages(), (2, 1));
}
