//! From approved to live: one effect per decision, one page per article.

use desk::Change;
use domain::{
    decision::Act,
    outbox::JobState,
    stage::{Stage, Step},
};

use desk::window::PublicationState;

use crate::newsroom::{Newsroom, PORTAL, draft, edit, fixture, new_decision};

#[tokio::test]
async fn the_seed_article_goes_all_the_way_and_its_page_carries_every_part_once() {
    let newsroom = Newsroom::open().await;
    let desk = &newsroom.desk;
    let article = draft(desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));
    for (at, name) in ["lead.jpg", "ambassador.jpg", "hospital.jpg"].into_iter().enumerate() {
        let words = desk::Words { alt: Some(format!("Gambar nombor {at}")), ..desk::Words::default() };
        newsroom.attach(
            article.id,
            desk::window::Slot::Placement { id: article.placements[at].id },
            name,
            words,
        );
    }
    newsroom.submit_and_approve(article.id);

    let decision = newsroom.publish(article.id);
    newsroom.works().await;

    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    let shown = desk.show(article.id).expect("the article");
    let publication = &shown.publications[0];
    assert_eq!((publication.state, publication.is_current), (PublicationState::Live, true));
    assert_eq!(publication.differences, Vec::<String>::new(), "read back and compared");
    assert_eq!(
        desk.public_url(article.id, PORTAL).expect("an address").as_deref(),
        Some(publication.url.as_str())
    );
}

#[tokio::test]
async fn publish_a_correct_to_b_back_to_a_and_publish_a_again_are_four_effects_on_one_page() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    let (a, b) = ("Bản A.\n", "Bản B.\n");
    let mut pages = Vec::new();
    for (number, body) in [a, b, a, a].into_iter().enumerate() {
        newsroom.set(id, &[("body", body)]);
        if newsroom.desk.show(id).expect("the article").stage != Stage::Approved {
            newsroom.submit_and_approve(id);
        }

        let correct = Change { public_notice: format!("Lần {number}."), ..Change::of(Act::Correct) };
        let change = if number == 0 { Change::default() } else { correct };
        let decision = newsroom.publish_as(id, &change).expect("it is on its way");
        newsroom.works().await;

        assert_eq!(newsroom.state(decision), JobState::Confirmed, "decision {number}");
        let live = newsroom.live(id).await.expect("it is live");
        assert_eq!(live.version, format!("v{}", number + 1));
        pages.push((live.url, live.content_hash));
    }

    assert_eq!(newsroom.effects_and_pages(), (4, 1));
    assert!(pages.iter().all(|(url, _)| *url == pages[0].0));
    assert_ne!(pages[0].1, pages[1].1);
    assert_eq!((pages[0].1, pages[0].1), (pages[2].1, pages[3].1));
    let shown = newsroom.desk.show(id).expect("the article");
    assert_eq!((shown.publications.len(), shown.publications[0].state), (1, PublicationState::Corrected));
    assert!(shown.publications[0].is_current);
}

#[tokio::test]
async fn pressing_twice_is_one_decision_one_job_one_effect() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    let summary = newsroom.desk.summarise_publication(id, PORTAL).expect("what it would do");

    newsroom.press(summary.decision, id).expect("pressed");
    newsroom.press(summary.decision, id).expect("pressed twice");
    newsroom.works().await;
    newsroom.press(summary.decision, id).expect("and once more");
    newsroom.works().await;

    assert_eq!(newsroom.desk.show(id).expect("the article").jobs.len(), 1);
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}

#[tokio::test]
async fn a_second_decision_waits_for_the_first_to_be_settled() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.publish(id);

    let second = newsroom.press(new_decision(), id);

    assert!(matches!(second, Err(desk::Error::UnfinishedJob { .. })), "{second:?}");
    assert_eq!(newsroom.desk.jobs().expect("the outbox").len(), 1);
}

#[tokio::test]
async fn what_was_approved_leaves_even_when_the_article_is_edited_meanwhile() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    let approved = newsroom.submit_and_approve(id);
    newsroom.publish(id);
    newsroom.save(&desk::window::Edit { body: Some("Chưa duyệt.\n".into()), ..edit(&approved) });

    newsroom.works().await;

    let shown = newsroom.desk.show(id).expect("the article");
    assert_eq!((shown.stage, shown.publications[0].is_current), (Stage::Draft, false));
    let url = shown.publications[0].url.clone();
    let page = tokio::task::spawn_blocking(move || public_page(&url)).await.expect("a page");
    assert!(page.contains("Ai cũng vui.") && !page.contains("Chưa duyệt."));
}

/// Gets a page as a reader's browser does.
fn public_page(url: &str) -> String {
    use std::io::{Read as _, Write as _};
    let (host, path) = url.trim_start_matches("http://").split_once('/').expect("an address");
    let mut stream = std::net::TcpStream::connect(host).expect("a server");
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut page = String::new();
    stream.read_to_string(&mut page).expect("an answer");
    page
}

#[tokio::test]
async fn nothing_that_is_not_approved_can_be_published() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();

    let draft = newsroom.press(new_decision(), id);
    newsroom.desk.take_step_now(id, Step::Submit).expect("submitted");
    let submitted = newsroom.press(new_decision(), id);
    newsroom.desk.take_step_now(id, Step::Approve).expect("approved");
    let nowhere = newsroom.desk.publish_now(id, "nowhere", &desk::Change::default());

    assert!(matches!(draft, Err(desk::Error::NotApproved)));
    assert!(matches!(submitted, Err(desk::Error::NotApproved)));
    assert!(matches!(nowhere, Err(desk::Error::NoPortal(_))));
    assert!(newsroom.desk.jobs().expect("the outbox").is_empty());
}

#[tokio::test]
async fn an_embargo_keeps_the_job_at_home_until_its_time() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.set(id, &[("embargo", "2025-12-12T01:10:00Z")]);
    newsroom.submit_and_approve(id);
    let decision = newsroom.publish(id);

    newsroom.works().await;
    let before = newsroom.state(decision);
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!((before, newsroom.state(decision)), (JobState::WaitingTime, JobState::Confirmed));
}

#[tokio::test]
async fn a_picture_that_is_live_is_not_sent_again() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.publish(id);
    newsroom.works().await;
    let sent = newsroom.network.seen("PUT /dpp/v1/pictures/");

    newsroom.set(id, &[("body", "Bản mới.\n")]);
    newsroom.submit_and_approve(id);
    newsroom.publish(id);
    newsroom.works().await;

    assert_eq!(
        (sent, newsroom.network.seen("PUT /dpp/v1/pictures/")),
        (1, 1),
        "both sizes of a small picture are one file"
    );
    assert_eq!(newsroom.effects_and_pages(), (2, 1));
}
