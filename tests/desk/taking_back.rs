//! Unpublished, taken down, killed: decided once, confirmed by the portal, and gone only when its page is seen to be.

use std::{sync::Arc, time::Duration};

use desk::{
    Error, Result,
    window::{
        ArticleShown, LiveShown, PlaceLive, PublicationState, QueueAsked, QueueList, WithdrawalAsked,
        WithdrawalConfirmed,
    },
};
use domain::{
    decision::Act,
    ids::ArticleId,
    live::{Away, Standing},
    outbox::JobState,
};

use crate::{
    network::Trouble,
    newsroom::{Newsroom, PORTAL, new_decision},
};

const DECIDING: &str = "PUT /dpp/v1/decisions";
const WITHDRAWING: &str = "PUT /dpp/v1/withdrawals";
const BUSY: Trouble = Trouble::Answers("503 Service Unavailable", "text/plain", "");

fn confirmed(article: ArticleId, act: Act) -> WithdrawalConfirmed {
    WithdrawalConfirmed {
        decision: new_decision(),
        article,
        act,
        portal: PORTAL.into(),
        reason: "Tên nhân vật bị nhầm.".into(),
        asked_by: if act == Act::Takedown { "Báo Bình Minh".into() } else { String::new() },
        public_notice: String::new(),
    }
}

fn take(newsroom: &Newsroom, article: ArticleId, act: Act) -> ArticleShown {
    newsroom.desk.withdraw(&confirmed(article, act)).expect("it is decided")
}

fn live(newsroom: &Newsroom, article: ArticleId) -> LiveShown {
    newsroom.desk.live(article).expect("how it stands")
}

/// How the article itself stands on the portal.
fn place(newsroom: &Newsroom, article: ArticleId) -> PlaceLive {
    live(newsroom, article).editions.remove(0).places.remove(0)
}

fn how(newsroom: &Newsroom, article: ArticleId) -> (Standing, Option<Away>) {
    let place = place(newsroom, article);
    (place.standing, place.away)
}

fn path(place: &PlaceLive) -> String {
    place.url.splitn(4, '/').nth(3).map(|path| format!("GET /{path} ")).expect("an address")
}

fn listed(newsroom: &Newsroom, list: QueueList) -> Vec<ArticleId> {
    let asked = QueueAsked { list, find: String::new() };
    newsroom.desk.queue(&asked).expect("the queue").rows.into_iter().map(|row| row.id).collect()
}

fn order(newsroom: &Newsroom, since: usize) -> Vec<String> {
    let sent = newsroom.network.requests().into_iter().skip(since);
    let kind = |line: &str| line.split('/').take(4).collect::<Vec<_>>().join("/");
    sent.map(|request| kind(&request.line)).filter(|line| line.contains("/dpp/v1/")).collect()
}

fn act_refused(answer: Result<ArticleShown>) -> (Standing, Act) {
    match answer {
        Err(Error::Act(refused)) => (refused.from, refused.act),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_unpublished_is_gone_once_its_page_is_and_may_return_to_the_same_address() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    let before = place(&newsroom, id);
    assert_eq!(before.may, [Act::Unpublish, Act::Takedown]);

    take(&newsroom, id, Act::Unpublish);
    let asked = how(&newsroom, id);
    newsroom.works().await;

    assert_eq!(asked, (Standing::Live, Some(Away::Asked)), "deciding takes nothing away yet");
    let away = place(&newsroom, id);
    assert_eq!((away.standing, away.away), (Standing::Unpublished, Some(Away::Gone)));
    assert_eq!((away.page.answer.as_str(), away.may.as_slice()), ("404", &[Act::Takedown][..]));
    let last = away.last_act.expect("the act");
    assert_eq!((last.act, last.reason.as_str()), (Act::Unpublish, "Tên nhân vật bị nhầm."));
    let shown = newsroom.desk.show(id).expect("the article");
    assert_eq!(shown.publications[0].state, PublicationState::Unpublished);
    assert!(shown.may_publish && !shown.publications[0].is_current, "it may be published again");

    newsroom.publish(id);
    newsroom.works().await;

    let back = place(&newsroom, id);
    assert_eq!((back.standing, back.away, &back.url), (Standing::Live, None, &before.url));
    assert_eq!(back.corrections, 0, "coming back is no correction");
}

#[tokio::test]
async fn a_takedown_says_who_asked_for_it_and_tells_readers_what_it_is_told_to() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    let nobody = WithdrawalConfirmed { asked_by: " ".into(), ..confirmed(id, Act::Takedown) };
    assert!(matches!(newsroom.desk.withdraw(&nobody), Err(Error::AskedByMissing)));

    let notice = "Bài được gỡ theo yêu cầu của nguồn tin.";
    let down = WithdrawalConfirmed { public_notice: notice.into(), ..confirmed(id, Act::Takedown) };
    newsroom.desk.withdraw(&down).expect("decided");
    newsroom.works().await;

    let place = place(&newsroom, id);
    assert_eq!((place.standing, place.away), (Standing::TakenDown, Some(Away::Gone)));
    assert_eq!((place.page.answer.as_str(), place.may.len()), ("410", 0));
    let last = place.last_act.expect("the act");
    assert_eq!((last.asked_by.as_str(), last.public_notice.as_str()), ("Báo Bình Minh", notice));
    let sent = newsroom.network.requests().into_iter().find(|sent| sent.line.starts_with(WITHDRAWING));
    let sent = String::from_utf8(sent.expect("it was sent").body).expect("JSON");
    assert!(sent.contains(notice) && !sent.contains("nhầm"), "why is the desk's business: {sent}");
}

#[tokio::test]
async fn from_where_an_edition_stands_an_act_leads_somewhere_or_is_refused() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    let wordless = WithdrawalConfirmed { reason: "  ".into(), ..confirmed(id, Act::Unpublish) };

    for act in [Act::Unpublish, Act::Takedown, Act::Kill] {
        let never = newsroom.desk.withdraw(&confirmed(id, act));
        assert_eq!(act_refused(never), (Standing::Never, act), "nothing of it was ever there");
    }
    assert!(matches!(newsroom.desk.withdraw(&wordless), Err(Error::ReasonMissing)));
    let id = newsroom.live_article().await;
    let update = newsroom.desk.withdraw(&confirmed(id, Act::Update));
    assert_eq!(act_refused(update).1, Act::Update, "this takes nothing away");
    take(&newsroom, id, Act::Takedown);
    let meanwhile = newsroom.desk.withdraw(&confirmed(id, Act::Takedown));
    assert!(meanwhile.is_ok(), "one that was not sent gives way to a newer decision: {meanwhile:?}");
    newsroom.works().await;
    let again = newsroom.desk.withdraw(&confirmed(id, Act::Unpublish));

    assert_eq!(act_refused(again), (Standing::TakenDown, Act::Unpublish));
    assert_eq!(newsroom.network.seen(WITHDRAWING), 1);
}

#[tokio::test]
async fn pressing_twice_is_one_decision_one_job_one_effect() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    let asked = WithdrawalAsked { id, act: Act::Kill, portal: String::new() };
    let summary = newsroom.desk.summarise_withdrawal(&asked).expect("what it would do");
    let kill = WithdrawalConfirmed { decision: summary.decision, ..confirmed(id, Act::Kill) };

    for _ in 0..3 {
        newsroom.desk.withdraw(&kill).expect("pressed");
        newsroom.works().await;
    }

    let jobs = newsroom.desk.show(id).expect("the article").jobs;
    assert_eq!(jobs.iter().filter(|job| job.act == Act::Kill).count(), 1);
    assert_eq!(newsroom.network.seen(WITHDRAWING), 1);
}

#[tokio::test]
async fn what_was_killed_is_gone_for_good_and_leaves_the_lists() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    take(&newsroom, id, Act::Kill);
    let while_on_its_way = listed(&newsroom, QueueList::Live);
    newsroom.works().await;

    assert_eq!(how(&newsroom, id), (Standing::Killed, Some(Away::Gone)));
    assert_eq!(while_on_its_way, [id], "readers still get it");
    for list in [QueueList::Mine, QueueList::Live, QueueList::ToReview, QueueList::Failed] {
        assert_eq!(listed(&newsroom, list), [], "{list:?}");
    }
    let shown = newsroom.desk.show(id).expect("the desk keeps it");
    assert!(!shown.may_publish && !shown.body.is_empty());
    let again = newsroom.press(new_decision(), id);
    assert!(matches!(again, Err(Error::Killed)), "{again:?}");
    assert_eq!(act_refused(newsroom.desk.withdraw(&confirmed(id, Act::Kill))).0, Standing::Killed);
    assert!(live(&newsroom, id).killed.is_some() && !live(&newsroom, id).may_kill);
}

#[tokio::test]
async fn a_kill_takes_every_edition_cancels_what_waits_and_asks_about_what_may_have_arrived() {
    let newsroom = Newsroom::open().await;
    let (live_one, waits, unknown, other) = (
        newsroom.live_article().await,
        newsroom.ready_article(),
        newsroom.ready_article(),
        newsroom.live_article().await,
    );
    newsroom.are_editions_of_one_story(&[live_one, waits, unknown]);
    newsroom.set(waits, &[("schedule", "2026-12-12T01:10:00Z")]);
    for id in [waits, unknown] {
        newsroom.submit_and_approve(id);
    }
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let sent = newsroom.publish(unknown);
    newsroom.works().await;
    assert_eq!(newsroom.state(sent), JobState::Unknown);
    let scheduled = newsroom.publish(waits);
    let asked = WithdrawalAsked { id: live_one, act: Act::Kill, portal: String::new() };

    let summary = newsroom.desk.summarise_withdrawal(&asked).expect("what it would do");
    take(&newsroom, live_one, Act::Kill);
    let cancelled = newsroom.state(scheduled);
    let since = newsroom.network.requests().len();
    newsroom.works().await;

    assert_eq!((summary.editions, summary.portals, summary.cancelled), (2, 1, 1));
    assert_eq!(cancelled, JobState::Cancelled, "with the decision itself");
    assert_eq!(newsroom.state(sent), JobState::Confirmed, "it had arrived: nobody guesses");
    for id in [live_one, unknown] {
        assert_eq!(how(&newsroom, id), (Standing::Killed, Some(Away::Gone)));
        assert_eq!(newsroom.live(id).await, None);
    }
    assert_eq!(live(&newsroom, live_one).editions.len(), 3, "edition by edition");
    let asked_first = order(&newsroom, since);
    let about = asked_first.iter().position(|line| line.contains("GET /dpp/v1/decisions"));
    let killed = asked_first.iter().rposition(|line| line.contains(WITHDRAWING));
    assert!(about < killed, "{asked_first:?}");
    let refused = newsroom.press(new_decision(), waits);
    assert!(matches!(refused, Err(Error::Killed)), "nor does the one that waited go any more: {refused:?}");
    assert_eq!(how(&newsroom, other).0, Standing::Live, "another story is left alone");
}

#[tokio::test]
async fn a_kill_of_what_never_arrived_is_proven_and_holds_it_off() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.network.next(DECIDING, Trouble::LosesRequest);
    let sent = newsroom.publish(id);
    newsroom.works().await;

    take(&newsroom, id, Act::Kill);
    newsroom.works().await;

    assert_eq!(newsroom.state(sent), JobState::Cancelled);
    let place = place(&newsroom, id);
    assert_eq!((place.standing, place.away), (Standing::Killed, Some(Away::Gone)));
    assert_eq!((place.url.as_str(), newsroom.effects_and_pages()), ("", (0, 0)));
    newsroom.hours_pass(2);
    newsroom.works().await;
    assert_eq!(newsroom.network.seen(DECIDING), 1, "it is never sent again");
}

#[tokio::test]
async fn a_portal_that_cannot_say_what_became_of_a_create_keeps_no_kill_waiting() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let sent = newsroom.publish(id);
    newsroom.works().await;
    let broken = Trouble::Answers("500 Internal Server Error", "text/plain", "");
    newsroom.network.next("GET /dpp/v1/decisions", broken);

    take(&newsroom, id, Act::Kill);
    newsroom.works().await;

    assert_eq!(how(&newsroom, id), (Standing::Killed, Some(Away::Gone)));
    assert_eq!(newsroom.state(sent), JobState::Cancelled, "whatever became of it, it is over");
    assert_eq!(newsroom.live(id).await, None);
}

#[tokio::test]
async fn a_kill_goes_before_whatever_waits() {
    let newsroom = Newsroom::open().await;
    let killed = newsroom.live_article().await;
    let waiting: Vec<_> = (0..3)
        .map(|_| {
            let id = newsroom.ready_article();
            newsroom.submit_and_approve(id);
            newsroom.publish(id);
            id
        })
        .collect();
    let since = newsroom.network.requests().len();

    take(&newsroom, killed, Act::Kill);
    newsroom.works().await;

    assert!(order(&newsroom, since)[0].starts_with(WITHDRAWING), "{:?}", order(&newsroom, since));
    assert!(waiting.iter().all(|id| how(&newsroom, *id).0 == Standing::Live));
}

#[tokio::test]
async fn a_portal_that_is_down_is_tried_every_minute_and_nothing_is_called_gone_before_it_is() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    for _ in 0..9 {
        newsroom.network.next(WITHDRAWING, BUSY);
    }
    take(&newsroom, id, Act::Kill);

    for attempt in 1..=9 {
        newsroom.clock_is_set(61_000);
        newsroom.works().await;
        let seen = newsroom.network.seen(WITHDRAWING);
        assert!(seen >= attempt, "attempt {attempt}: {seen}");
        if seen <= 9 {
            assert_eq!(how(&newsroom, id), (Standing::Live, Some(Away::Asked)), "attempt {attempt}");
        }
        let job = newsroom.desk.jobs().expect("the outbox").remove(0);
        assert!(!job.may_cancel, "a kill is for good from the moment it is decided");
    }
    newsroom.clock_is_set(61_000);
    newsroom.works().await;

    assert_eq!(how(&newsroom, id), (Standing::Killed, Some(Away::Gone)));
}

#[tokio::test]
async fn readers_who_still_get_the_page_are_told_of_until_they_do_not() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    let page = path(&place(&newsroom, id));
    let cached = Trouble::Answers("200 OK", "text/html", "<h1>Chợ nổi</h1>");
    newsroom.network.next(&page, cached);
    newsroom.network.next(&page, BUSY);

    take(&newsroom, id, Act::Kill);
    newsroom.works().await;
    let first = place(&newsroom, id);
    newsroom.clock_is_set(3_000);
    newsroom.works().await;
    let failing = place(&newsroom, id);
    let in_sight = listed(&newsroom, QueueList::Failed);
    newsroom.an_hour_passes();
    newsroom.works().await;
    let last = place(&newsroom, id);

    assert_eq!((first.standing, first.away), (Standing::Killed, Some(Away::StillReadable)));
    assert_eq!((first.page.answer.as_str(), first.page.looks), ("200", 1));
    assert!(first.page.look_at > first.page.looked_at);
    assert_eq!(failing.away, Some(Away::StillReadable), "a server that fails says nothing of the page");
    assert_eq!((failing.page.answer.as_str(), in_sight), ("503", vec![id]));
    assert_eq!((last.away, last.page.answer.as_str()), (Some(Away::Gone), "410"));
    assert!(last.page.gone_at.is_some() && last.page.look_at.is_none());
    assert_eq!(newsroom.network.seen(WITHDRAWING), 1, "looking is not killing again");
}

#[tokio::test]
async fn a_desk_that_is_closed_in_between_looks_on_when_it_is_opened() {
    let mut newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    let page = path(&place(&newsroom, id));
    newsroom.network.next(&page, Trouble::LosesAnswer);
    take(&newsroom, id, Act::Takedown);
    newsroom.works().await;
    assert_eq!(how(&newsroom, id), (Standing::TakenDown, Some(Away::Accepted)), "nobody has seen it yet");

    newsroom.reopen();
    newsroom.an_hour_passes();
    newsroom.works().await;
    let without_password = how(&newsroom, id);
    newsroom.remember_password();
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(without_password.1, Some(Away::Accepted));
    assert_eq!(how(&newsroom, id), (Standing::TakenDown, Some(Away::Gone)));
}

#[tokio::test]
async fn an_answer_that_is_lost_is_settled_by_asking() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    newsroom.network.next(WITHDRAWING, Trouble::LosesAnswer);
    take(&newsroom, id, Act::Unpublish);
    newsroom.works().await;
    let unknown = how(&newsroom, id);
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(unknown, (Standing::Live, Some(Away::Asked)), "as far as the portal has confirmed");
    assert_eq!(how(&newsroom, id), (Standing::Unpublished, Some(Away::Gone)));
    assert_eq!(newsroom.network.seen(WITHDRAWING), 1, "it was asked about, not sent again");
}

#[tokio::test]
async fn what_the_portal_refuses_stays_live_and_can_be_sent_again() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    let no = r#"{"type":"failed","status":403,"detail":"Tài khoản này không được gỡ bài."}"#;
    newsroom.network.next(WITHDRAWING, Trouble::Answers("403 Forbidden", "application/problem+json", no));

    let decision = confirmed(id, Act::Takedown);
    newsroom.desk.withdraw(&decision).expect("decided");
    newsroom.works().await;

    assert_eq!(newsroom.state(decision.decision), JobState::Refused);
    assert_eq!(how(&newsroom, id), (Standing::Live, Some(Away::Asked)));
    let job = newsroom.desk.jobs().expect("the outbox").remove(0);
    assert_eq!(job.last_answer, "Tài khoản này không được gỡ bài.");
    assert!(job.may_resend && job.may_cancel);
    newsroom.desk.resend(job.id).expect("again");
    newsroom.works().await;
    assert_eq!(how(&newsroom, id), (Standing::TakenDown, Some(Away::Gone)));
}

#[tokio::test]
async fn a_refused_takedown_that_is_given_up_leaves_the_article_as_it_was() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    let no = Trouble::Answers("403 Forbidden", "application/problem+json", "{}");
    newsroom.network.next(WITHDRAWING, no);
    take(&newsroom, id, Act::Takedown);
    newsroom.works().await;
    let job = newsroom.desk.jobs().expect("the outbox").remove(0);

    newsroom.desk.cancel(job.id).expect("given up");

    let place = place(&newsroom, id);
    assert_eq!((place.standing, place.away), (Standing::Live, None));
    assert_eq!(place.may, [Act::Unpublish, Act::Takedown]);
    assert_eq!(place.last_act.expect("an act").act, Act::Publish);
}

#[tokio::test]
async fn what_was_changed_there_is_not_unpublished_unseen_and_taken_down_all_the_same() {
    let newsroom = Newsroom::open().await;
    let (seen, urgent) = (newsroom.live_article().await, newsroom.live_article().await);
    for id in [seen, urgent] {
        newsroom.changed_on_the_portal(id);
    }

    take(&newsroom, seen, Act::Unpublish);
    take(&newsroom, urgent, Act::Takedown);
    newsroom.works().await;

    assert_eq!(how(&newsroom, urgent), (Standing::TakenDown, Some(Away::Gone)), "what must go goes");
    assert_eq!(how(&newsroom, seen), (Standing::Live, Some(Away::Asked)));
    let jobs = newsroom.desk.jobs().expect("the outbox");
    let job = jobs.iter().find(|job| job.article == seen).expect("its job");
    assert_eq!((job.state, job.may_replace), (JobState::Refused, true));
    newsroom.desk.replace_there(job.id).expect("seen, and wanted");
    newsroom.works().await;
    assert_eq!(how(&newsroom, seen), (Standing::Unpublished, Some(Away::Gone)));
}

#[tokio::test]
async fn a_takedown_waits_until_it_is_known_what_became_of_a_correction() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.live_article().await;
    newsroom.set(id, &[("body", "Bản khác.\n")]);
    newsroom.submit_and_approve(id);
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let correction = newsroom.publish(id);
    newsroom.works().await;
    newsroom.network.next("GET /dpp/v1/decisions", BUSY);

    take(&newsroom, id, Act::Takedown);
    newsroom.works().await;
    let waits = (how(&newsroom, id), newsroom.network.seen(WITHDRAWING));
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(waits, ((Standing::Live, Some(Away::Asked)), 0));
    assert_eq!(newsroom.state(correction), JobState::Confirmed);
    assert_eq!(how(&newsroom, id), (Standing::TakenDown, Some(Away::Gone)));
    assert_eq!(newsroom.network.seen(DECIDING), 2, "the correction was not sent again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_does_not_wait_for_pictures_on_their_way_nor_for_hands_that_are_full() {
    let newsroom = Newsroom::open().await;
    let live_one = newsroom.live_article().await;
    let slow: Vec<ArticleId> = (0..4)
        .map(|at| {
            let id = newsroom.ready_article();
            newsroom.set(id, &[("body", &format!("Bài {at}.\n"))]);
            newsroom.submit_and_approve(id);
            newsroom.network.next("POST /dpp/v1/pictures", Trouble::Sleeps(Duration::from_secs(60)));
            newsroom.publish(id);
            id
        })
        .collect();
    newsroom.are_editions_of_one_story(&[live_one, slow[0]]);
    let lock = newsroom.desk.folder().lock_worker().expect("the folder").expect("nobody else works");
    let worker = tokio::spawn(desk::work(Arc::clone(&newsroom.desk), lock));
    until(|| newsroom.network.seen("POST /dpp/v1/pictures") >= 5).await;

    take(&newsroom, live_one, Act::Kill);
    until(|| how(&newsroom, live_one) == (Standing::Killed, Some(Away::Gone))).await;
    let overtaken = newsroom.desk.show(slow[0]).expect("the article").jobs.remove(0).state;
    let others = newsroom.desk.show(slow[1]).expect("the article").jobs.remove(0).state;
    worker.abort();

    assert_eq!((overtaken, others), (JobState::Cancelled, JobState::Sending));
    assert_eq!(newsroom.live(slow[0]).await, None);
}

async fn until(is: impl Fn() -> bool) {
    for _ in 0..400 {
        if is() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it never came to that");
}
