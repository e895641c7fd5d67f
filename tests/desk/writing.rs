//! Words are saved, and are there afterwards.

use desk::window::{Caret, PlacementWords, UndoKept};

use crate::newsroom::{Newsroom, draft, edit, fixture};

#[tokio::test]
async fn what_was_saved_is_there_after_the_process_died_with_article_and_caret() {
    let mut newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("an untitled draft");
    newsroom.save(&desk::window::Edit { body: Some("Câu đầu\u{302}".into()), ..edit(&article) });
    let caret = Caret { field: "body".into(), anchor: 3, head: 7 };
    newsroom.desk.remember_caret(article.id, &caret).expect("the caret");

    newsroom.reopen();

    let start = newsroom.desk.start("1").expect("a start");
    let found = newsroom.desk.show(article.id).expect("the draft");
    assert_eq!(start.open, Some(article.id));
    assert_eq!((found.body.as_str(), found.caret), ("Câu đầu\u{302}", Some(caret)));
}

#[tokio::test]
async fn a_stale_window_is_told_and_overwrites_nothing() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    newsroom.save(&desk::window::Edit { body: Some("first".into()), ..edit(&article) });

    let late = newsroom.desk.save(&desk::window::Edit { body: Some("late".into()), ..edit(&article) });

    assert!(
        matches!(late, Err(desk::Error::Store(store::Error::Stale { expected: 0, actual: 1, .. }))),
        "{late:?}"
    );
    assert_eq!(newsroom.desk.show(article.id).expect("the draft").body, "first");
}

#[tokio::test]
async fn a_placements_words_are_saved_one_by_one() {
    let newsroom = Newsroom::open().await;
    let article = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));
    let id = article.placements[1].id;
    let words = PlacementWords { id, caption: Some("Duta Sweden.".into()), credit_line: None, alt: None };

    newsroom.save(&desk::window::Edit { placements: vec![words], ..edit(&article) });

    let found = newsroom.desk.show(article.id).expect("the draft");
    assert_eq!(
        (found.placements[1].caption.as_str(), found.placements[1].credit_line.as_str()),
        ("Duta Sweden.", "PV")
    );
    assert_eq!(found.placements[0].caption, article.placements[0].caption);
    assert_eq!(found.edits, article.edits + 1);
}

#[tokio::test]
async fn a_placement_of_another_article_cannot_be_written_to() {
    let newsroom = Newsroom::open().await;
    let seed = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));
    let other = newsroom.desk.new_article("vi").expect("a draft");
    let words =
        PlacementWords { id: seed.placements[0].id, caption: Some("x".into()), credit_line: None, alt: None };

    let refused = newsroom.desk.save(&desk::window::Edit {
        body: Some("not kept either".into()),
        placements: vec![words],
        ..edit(&other)
    });

    assert!(matches!(refused, Err(desk::Error::Store(store::Error::Missing(_)))), "{refused:?}");
    assert_eq!(newsroom.desk.show(other.id).expect("the draft").body, "");
}

#[tokio::test]
async fn what_can_be_undone_is_kept_with_its_article_and_the_newest_counts() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;
    let kept = |history: &str| UndoKept {
        article,
        body_length: 7,
        body_hash: "0a1b".into(),
        history: history.into(),
    };

    newsroom.desk.remember_undo(kept("{}")).expect("kept");
    newsroom.desk.remember_undo(kept(r#"{"done":[]}"#)).expect("kept");

    assert_eq!(newsroom.desk.undo_history(article).expect("a history"), Some(kept(r#"{"done":[]}"#)));

    newsroom.desk.remember_undo(kept(&"x".repeat(600 << 10))).expect("too much, and so none");

    assert_eq!(newsroom.desk.undo_history(article).expect("an answer"), None);
}
