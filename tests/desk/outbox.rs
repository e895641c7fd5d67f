//! Several articles are on their way at once, each job waits for its time by the portal's clock, and what is old asks.

use std::{sync::Arc, time::Duration};

use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId},
    outbox::JobState,
};

use crate::{
    network::Trouble,
    newsroom::{Newsroom, PORTAL},
};

const DECIDING: &str = "PUT /dpp/v1/decisions";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

async fn approved() -> (Newsroom, ArticleId) {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    (newsroom, id)
}

/// A newsroom at half past seven in the morning (UTC 00:40) with an article that waits until 01:10.
async fn embargoed() -> (Newsroom, DecisionId) {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.set(id, &[("embargo", "2025-12-12T01:10:00Z")]);
    newsroom.submit_and_approve(id);
    let decision = newsroom.publish(id);
    (newsroom, decision)
}

async fn until(newsroom: &Newsroom, decision: DecisionId, wanted: JobState) {
    for _ in 0..400 {
        if newsroom.state(decision) == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(newsroom.state(decision), wanted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_whose_portal_does_not_answer_keeps_no_other_waiting() {
    let newsroom = Newsroom::open().await;
    let decisions: Vec<DecisionId> = (0..5)
        .map(|_| {
            let id = newsroom.ready_article();
            newsroom.submit_and_approve(id);
            newsroom.publish(id)
        })
        .collect();
    newsroom.network.next(DECIDING, Trouble::Sleeps(Duration::from_secs(60)));
    let lock = newsroom.desk.folder().lock_worker().expect("the folder").expect("nobody else works");
    let worker = tokio::spawn(desk::work(Arc::clone(&newsroom.desk), lock));

    let sleeping = async {
        loop {
            let states: Vec<JobState> = decisions.iter().map(|decision| newsroom.state(*decision)).collect();
            let confirmed = states.iter().filter(|state| **state == JobState::Confirmed).count();
            if confirmed == 4 {
                return states.iter().filter(|state| **state == JobState::Sending).count();
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    };
    let sending = tokio::time::timeout(Duration::from_secs(30), sleeping).await.expect("four are live");
    worker.abort();

    assert_eq!(sending, 1, "the fifth is still at it");
    assert_eq!(newsroom.effects_and_pages(), (4, 4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_jobs_of_one_article_go_one_after_the_other() {
    let (newsroom, id) = approved().await;
    newsroom.connect_without_network("second").await;
    let slow = newsroom.publish(id);
    let next =
        newsroom.desk.publish_now(id, "second", &desk::Change::default()).expect("to another portal, too");
    newsroom.network.next(DECIDING, Trouble::Sleeps(Duration::from_millis(1500)));
    let lock = newsroom.desk.folder().lock_worker().expect("the folder").expect("nobody else works");
    let worker = tokio::spawn(desk::work(Arc::clone(&newsroom.desk), lock));

    until(&newsroom, slow, JobState::Sending).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let meanwhile = newsroom.desk.job_of(next, "second").expect("the outbox").expect("its job").state;
    worker.abort();

    assert_eq!((newsroom.state(slow), meanwhile), (JobState::Sending, JobState::Ready));
}

#[tokio::test]
async fn where_our_clock_is_fast_the_portals_says_when_the_time_has_come() {
    let (newsroom, decision) = embargoed().await;
    newsroom.only_our_clock_is_set(HOUR);

    newsroom.works().await;
    let early = (newsroom.state(decision), newsroom.effects_and_pages());
    newsroom.clock_is_set(30 * MINUTE + 1000);
    newsroom.works().await;

    assert_eq!(early, (JobState::WaitingTime, (0, 0)), "by our clock it is past");
    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    assert_eq!(newsroom.desk.jobs().expect("the outbox")[0].late_by, None, "it is in time there");
}

#[tokio::test]
async fn where_our_clock_is_slow_by_a_day_it_still_goes_out_in_time() {
    let (newsroom, decision) = embargoed().await;
    newsroom.works().await;
    newsroom.only_our_clock_is_set(-DAY);
    newsroom.works().await;
    let early = newsroom.state(decision);

    newsroom.clock_is_set(31 * MINUTE);
    newsroom.works().await;

    assert_eq!((early, newsroom.state(decision)), (JobState::WaitingTime, JobState::Confirmed));
}

#[tokio::test]
async fn a_machine_that_slept_sends_when_it_wakes_and_says_how_late() {
    let (newsroom, decision) = embargoed().await;
    newsroom.works().await;

    newsroom.clock_is_set(3 * HOUR);
    newsroom.works().await;

    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    let late = newsroom.desk.jobs().expect("the outbox")[0].late_by.expect("it is told");
    assert!((2 * HOUR..3 * HOUR).contains(&late), "{late}");
}

#[tokio::test]
async fn a_portal_that_cannot_be_asked_for_its_time_is_not_sent_to_early() {
    let (newsroom, decision) = embargoed().await;
    newsroom.network.next("GET /dpp/v1/me", Trouble::LosesAnswer);
    newsroom.works().await;
    let early = newsroom.state(decision);

    newsroom.clock_is_set(31 * MINUTE);
    newsroom.works().await;

    assert_eq!((early, newsroom.state(decision)), (JobState::WaitingTime, JobState::Confirmed));
}

#[tokio::test]
async fn what_could_not_be_sent_for_a_day_asks_before_it_goes() {
    let (mut newsroom, id) = approved().await;
    let decision = newsroom.publish(id);
    newsroom.reopen(); // the password is not known after a restart
    newsroom.works().await;
    newsroom.clock_is_set(DAY + HOUR);
    newsroom.remember_password();

    newsroom.works().await;
    let asked = newsroom.desk.jobs().expect("the outbox").remove(0);
    let effects = newsroom.effects_and_pages();
    newsroom.desk.resend(asked.id).expect("yes");
    newsroom.works().await;

    assert_eq!((asked.state, effects), (JobState::AsksAgain, (0, 0)));
    assert!(asked.may_resend && asked.may_cancel);
    assert_eq!((newsroom.state(decision), newsroom.effects_and_pages()), (JobState::Confirmed, (1, 1)));
}

#[tokio::test]
async fn what_may_have_arrived_is_asked_about_however_old_it_is() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let decision = newsroom.publish(id);
    newsroom.works().await;
    newsroom.clock_is_set(9 * DAY);

    newsroom.works().await;

    assert_eq!((newsroom.state(decision), newsroom.effects_and_pages()), (JobState::Confirmed, (1, 1)));
}

#[tokio::test]
async fn what_certainly_did_not_arrive_asks_again_when_it_is_old_and_may_be_decided_anew() {
    let (newsroom, id) = approved().await;
    newsroom.network.next(DECIDING, Trouble::LosesRequest);
    let old = newsroom.publish(id);
    newsroom.works().await;
    newsroom.clock_is_set(9 * DAY);
    newsroom.works().await;
    let asks = newsroom.state(old);

    newsroom.set(id, &[("body", "Bản mới.\n")]);
    newsroom.submit_and_approve(id);
    let new = newsroom.publish(id);
    newsroom.works().await;

    assert_eq!((asks, newsroom.state(old)), (JobState::AsksAgain, JobState::Cancelled));
    assert_eq!((newsroom.state(new), newsroom.effects_and_pages()), (JobState::Confirmed, (1, 1)));
}

#[tokio::test]
async fn publish_stays_publish_and_correct_stays_correct_after_any_retry() {
    let (newsroom, id) = approved().await;
    let busy = Trouble::Answers("503 Service Unavailable", "text/html", "busy");
    for correction in [false, true] {
        newsroom.network.next(DECIDING, busy.clone());
        newsroom.network.next(DECIDING, Trouble::LosesRequest);
        newsroom.network.next(DECIDING, Trouble::LosesAnswer);
        let mut change = desk::Change::default();
        if correction {
            newsroom.set(id, &[("body", "Bản đính chính.\n")]);
            newsroom.submit_and_approve(id);
            change = desk::Change { public_notice: "Giờ sai.".into(), ..desk::Change::of(Act::Correct) };
        }
        let decision = newsroom.publish_as(id, &change).expect("it is on its way");
        for _ in 0..4 {
            newsroom.works().await;
            newsroom.an_hour_passes();
        }
        assert_eq!(newsroom.state(decision), JobState::Confirmed);
    }

    let sent = newsroom.network.requests().into_iter().filter(|request| request.line.starts_with(DECIDING));
    let acts: Vec<String> = sent
        .map(|request| {
            let edition: protocol::Edition = serde_json::from_slice(&request.body).expect("an edition");
            format!("{:?}", edition.act)
        })
        .collect();

    assert_eq!(acts, ["Publish", "Publish", "Publish", "Correct", "Correct", "Correct"]);
    assert_eq!(newsroom.effects_and_pages(), (2, 1));
}

#[tokio::test]
async fn how_far_the_pictures_are_is_told() {
    let (newsroom, id) = approved().await;
    newsroom.publish(id);

    newsroom.works().await;

    let job = newsroom.desk.jobs().expect("the outbox").remove(0);
    assert!(job.bytes_total > 1000, "{}", job.bytes_total);
    assert_eq!((job.bytes_sent, job.portal.as_str()), (job.bytes_total, PORTAL));
}
