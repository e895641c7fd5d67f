//! Schedule and embargo: the later wins, an embargo holds for every edition and blocks sending alone, and a job that waits
//! may be given another time.

use desk::window::{JobRetimed, JobShown, QueueAsked, QueueList, TimeRead, TimeTyped};
use domain::{ids::ArticleId, outbox::JobState, stage::Step};

use crate::newsroom::{Newsroom, PORTAL, edit, new_decision};

const MINUTE: i64 = 60_000;
/// The newsroom's clock begins at 00:40 UTC.
const AT_1: &str = "2025-12-12T01:00:00Z[Asia/Ho_Chi_Minh]";
const AT_2: &str = "2025-12-12T02:00:00Z[Europe/Berlin]";
const YESTERDAY: &str = "2025-12-10T18:00:00Z[Europe/Berlin]";

async fn approved() -> (Newsroom, ArticleId) {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    (newsroom, id)
}

fn first_job(newsroom: &Newsroom) -> JobShown {
    newsroom.desk.jobs().expect("the outbox").remove(0)
}

#[tokio::test]
async fn a_time_given_with_the_decision_is_kept_with_its_zone_and_shown_in_the_queue() {
    let (newsroom, id) = approved().await;
    let decision = new_decision();
    newsroom.press_for(decision, id, AT_2, "").expect("it waits");

    newsroom.works().await;

    let job = first_job(&newsroom);
    assert_eq!((job.state, job.zone.as_str()), (JobState::WaitingTime, "Europe/Berlin"));
    let asked = QueueAsked { list: QueueList::Scheduled, find: String::new() };
    let row = newsroom.desk.queue(&asked).expect("the queue").rows.remove(0);
    assert_eq!((row.goes_out, row.zone.as_str()), (job.not_before, "Europe/Berlin"));
    newsroom.clock_is_set(81 * MINUTE);
    newsroom.works().await;
    assert_eq!((newsroom.state(decision), newsroom.effects_and_pages()), (JobState::Confirmed, (1, 1)));
}

#[tokio::test]
async fn the_later_of_schedule_and_embargo_wins_and_a_past_one_is_none() {
    let table =
        [(AT_1, AT_2, true), (AT_2, AT_1, true), (AT_2, YESTERDAY, true), (YESTERDAY, YESTERDAY, false)];
    for (schedule, embargo, waits) in table {
        let (newsroom, id) = approved().await;
        let decision = new_decision();
        newsroom.press_for(decision, id, schedule, embargo).expect("it is decided");
        newsroom.clock_is_set(30 * MINUTE); // ten past one
        newsroom.works().await;

        let early = newsroom.state(decision);
        newsroom.clock_is_set(51 * MINUTE);
        newsroom.works().await;

        let wanted = if waits { JobState::WaitingTime } else { JobState::Confirmed };
        assert_eq!((early, newsroom.state(decision)), (wanted, JobState::Confirmed), "{schedule} {embargo}");
    }
}

#[tokio::test]
async fn an_embargo_holds_for_every_edition_of_the_story_and_blocks_no_edit() {
    let newsroom = Newsroom::open().await;
    let (id, other) = (newsroom.ready_article(), newsroom.ready_article());
    newsroom.of_one_story(id, other);
    newsroom.set(other, &[("embargo", AT_2)]);
    newsroom.submit_and_approve(id);
    let decision = newsroom.publish(id);
    newsroom.works().await;
    let summary = newsroom.desk.summarise_publication(id, PORTAL).expect("a summary");

    let article = newsroom.desk.show(id).expect("the article");
    let typed = desk::window::Edit { body: Some("Sửa khi đang cấm.\n".into()), ..edit(&article) };
    let saved = newsroom.desk.save(&typed);

    assert_eq!(newsroom.state(decision), JobState::WaitingTime);
    assert_eq!(summary.embargo, AT_2);
    assert!(saved.is_ok(), "editing goes on");
}

#[tokio::test]
async fn an_embargo_set_with_a_decision_holds_for_the_next_one_too_until_it_is_cancelled() {
    let newsroom = Newsroom::open().await;
    let (id, other) = (newsroom.ready_article(), newsroom.ready_article());
    newsroom.of_one_story(id, other);
    newsroom.submit_and_approve(id);
    newsroom.submit_and_approve(other);
    newsroom.press_for(new_decision(), id, "", AT_2).expect("it waits");
    let job = first_job(&newsroom);

    let held = newsroom.publish(other);
    newsroom.works().await;
    let under_embargo = newsroom.state(held);
    newsroom.desk.cancel(job.id).expect("it is cancelled");
    let waiting = first_job(&newsroom);
    newsroom.desk.retime(&JobRetimed { id: waiting.id, schedule: String::new() }).expect("at once");
    newsroom.works().await;

    assert_eq!((under_embargo, newsroom.state(held)), (JobState::WaitingTime, JobState::Confirmed));
}

#[tokio::test]
async fn an_embargo_that_is_set_or_made_longer_after_the_decision_holds_what_waits() {
    let (newsroom, id) = approved().await;
    let (scheduled, decision) = (newsroom.ready_article(), new_decision());
    newsroom.of_one_story(id, scheduled);
    newsroom.press_for(decision, id, AT_1, "").expect("it waits");
    newsroom.works().await;

    newsroom.set(scheduled, &[("embargo", AT_2)]);
    newsroom.clock_is_set(30 * MINUTE);
    newsroom.works().await;
    let job = first_job(&newsroom);
    newsroom.clock_is_set(51 * MINUTE);
    newsroom.works().await;

    assert_eq!((job.state, job.zone.as_str()), (JobState::WaitingTime, "Europe/Berlin"));
    assert_eq!(newsroom.state(decision), JobState::Confirmed);
}

#[tokio::test]
async fn where_our_clock_is_fast_an_embargo_that_is_over_here_still_holds_there() {
    let (newsroom, id) = approved().await;
    newsroom.only_our_clock_is_set(60 * MINUTE); // 01:40 here, 00:40 there
    let decision = new_decision();
    newsroom.press_for(decision, id, "", AT_1).expect("it is decided");

    newsroom.works().await;
    let early = (newsroom.state(decision), newsroom.effects_and_pages(), first_job(&newsroom).clock_ahead);
    newsroom.clock_is_set(20 * MINUTE + 1000);
    newsroom.works().await;

    assert_eq!((early.0, early.1), (JobState::WaitingTime, (0, 0)));
    assert!(early.2.is_some_and(|ahead| (-61 * MINUTE..-59 * MINUTE).contains(&ahead)), "{:?}", early.2);
    assert_eq!((newsroom.state(decision), first_job(&newsroom).late_by), (JobState::Confirmed, None));
}

#[tokio::test]
async fn a_job_that_waits_is_given_another_time_but_never_one_before_an_embargo() {
    let (newsroom, id) = approved().await;
    let decision = new_decision();
    newsroom.press_for(decision, id, AT_2, AT_1).expect("it waits");
    newsroom.works().await;
    let job = first_job(&newsroom);

    newsroom.desk.retime(&JobRetimed { id: job.id, schedule: String::new() }).expect("as soon as may be");
    let retimed = first_job(&newsroom);
    newsroom.works().await;
    let early = newsroom.state(decision);
    newsroom.clock_is_set(21 * MINUTE);
    newsroom.works().await;

    assert_eq!((retimed.zone.as_str(), early), ("Asia/Ho_Chi_Minh", JobState::WaitingTime));
    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    let late = newsroom.desk.retime(&JobRetimed { id: job.id, schedule: AT_2.into() });
    assert!(matches!(late, Err(desk::Error::Job { .. })), "it is live");
}

#[tokio::test]
async fn a_time_that_is_none_is_refused_in_words() {
    let (newsroom, id) = approved().await;

    let refused = newsroom.press_for(new_decision(), id, "mai 6:00", "").expect_err("no stored time");

    assert!(matches!(refused, desk::Error::Field { .. }), "{refused}");
    assert!(newsroom.desk.jobs().expect("the outbox").is_empty());
}

#[tokio::test]
async fn what_somebody_types_is_read_by_the_desks_clock() {
    let newsroom = Newsroom::open().await;
    let read =
        |text: &str| newsroom.desk.read_time(&TimeTyped { text: text.into(), zone: "Asia/Saigon".into() });

    let TimeRead::Time { time } = read("mai 6:00") else { panic!("a time") };

    assert_eq!(time.stored, "2025-12-12T23:00:00Z[Asia/Saigon]"); // 07:40 of the 12th there
    assert!(!time.is_past);
}

#[tokio::test]
async fn what_is_held_or_not_approved_any_more_does_not_go_out_at_its_time() {
    for step in [Step::Hold, Step::Withdraw] {
        let (newsroom, id) = approved().await;
        let decision = new_decision();
        newsroom.press_for(decision, id, AT_1, "").expect("it waits");
        newsroom.works().await;

        newsroom.desk.take_step_now(id, step).expect("it is taken");
        newsroom.clock_is_set(30 * MINUTE);
        newsroom.works().await;

        assert_eq!(
            (newsroom.state(decision), newsroom.effects_and_pages()),
            (JobState::Cancelled, (0, 0)),
            "{step:?}"
        );
    }
}
