//! A picture above 8 MiB goes on where it was cut off, also after the desk that sent it has died; and how much of it is
//! there is told.

use std::sync::Arc;

use domain::outbox::JobState;
use protocol::LARGEST_IN_ONE;

use crate::{
    network::Trouble,
    newsroom::{Newsroom, PORTAL},
};

const SENDING: &str = "PATCH /dpp/v1/uploads";
const PIECE: i64 = 4 << 20;

/// The desk's renditions are never so large by themselves: what it keeps of them is made longer, behind the end of the
/// picture.
async fn with_a_large_rendition() -> (Newsroom, domain::ids::DecisionId) {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.network.next("POST /dpp/v1/pictures/lacking", Trouble::LosesRequest);
    let decision = newsroom.publish(id);
    newsroom.works().await;
    let made = std::fs::read_dir(newsroom.folder().join("renditions")).expect("they are kept");
    let largest = made
        .map(|entry| entry.expect("a file").path())
        .find(|path| path.to_string_lossy().contains("-web-") && !path.to_string_lossy().contains("-small-"))
        .expect("the picture for the page");
    let mut bytes = std::fs::read(&largest).expect("a rendition");
    bytes.extend((0..LARGEST_IN_ONE).map(|at| u8::try_from(at % 241).expect("a byte")));
    std::fs::write(&largest, bytes).expect("it is kept");
    newsroom.an_hour_passes();
    (newsroom, decision)
}

/// The piece with this number, counted from now, has this trouble.
fn at_the_next_piece(newsroom: &Newsroom, number: usize, trouble: Trouble) {
    let mut pieces = 0;
    newsroom.network.scripted(move |line, _| {
        pieces += usize::from(line.starts_with(SENDING));
        (line.starts_with(SENDING) && pieces == number).then(|| trouble.clone())
    });
}

/// Where each piece began that was sent.
fn offsets(newsroom: &Newsroom) -> Vec<i64> {
    let requests = newsroom.network.requests();
    let pieces = requests.iter().filter(|request| request.line.starts_with(SENDING));
    pieces
        .map(|request| {
            let head = String::from_utf8_lossy(&request.whole[..400.min(request.whole.len())]).to_lowercase();
            let value = head.split("upload-offset:").nth(1).expect("it says where it begins");
            value.split("\r\n").next().and_then(|value| value.trim().parse().ok()).expect("a number")
        })
        .collect()
}

#[tokio::test]
async fn a_large_picture_that_was_cut_off_goes_on_and_says_how_far_it_is() {
    let (newsroom, decision) = with_a_large_rendition().await;
    newsroom.network.next(SENDING, Trouble::Twice); // arrives again later: it is refused there, and nothing is lost
    at_the_next_piece(&newsroom, 1, Trouble::LosesRequest);

    newsroom.works().await;
    let cut = newsroom.desk.jobs().expect("the outbox").remove(0);
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(cut.state, JobState::RetryLater);
    assert!(cut.bytes_sent >= PIECE && cut.bytes_sent < cut.bytes_total, "{}", cut.bytes_sent);
    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    let sent = offsets(&newsroom);
    assert_eq!(sent.iter().filter(|offset| **offset == 0).count(), 1, "its first bytes went once: {sent:?}");
    let job = newsroom.desk.jobs().expect("the outbox").remove(0);
    assert_eq!(job.bytes_sent, job.bytes_total);
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}

#[tokio::test]
async fn a_desk_that_died_in_the_middle_goes_on_when_it_is_opened_again() {
    let (mut newsroom, decision) = with_a_large_rendition().await;
    at_the_next_piece(&newsroom, 2, Trouble::Sleeps(std::time::Duration::from_secs(3)));
    let desk = Arc::clone(&newsroom.desk);
    let sending = tokio::spawn(async move { desk.work_once().await });
    while newsroom.network.seen(SENDING) < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    sending.abort();
    sending.await.ok();
    newsroom.reopen();
    newsroom.remember_password();
    let told = newsroom.desk.jobs().expect("the outbox").remove(0);

    let lock = newsroom.desk.folder().lock_worker().expect("the folder").expect("nobody else works");
    let worker = tokio::spawn(desk::work(Arc::clone(&newsroom.desk), lock));
    for _ in 0..800 {
        if newsroom.state(decision) == JobState::Confirmed {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    worker.abort();

    assert_eq!((told.state, told.portal.as_str()), (JobState::Sending, PORTAL));
    assert!(told.bytes_sent >= PIECE, "what is there was written down: {}", told.bytes_sent);
    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    let sent = offsets(&newsroom);
    assert_eq!(sent.iter().filter(|offset| **offset == 0).count(), 1, "its first bytes went once: {sent:?}");
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}
