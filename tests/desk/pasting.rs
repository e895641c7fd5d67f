//! What was pasted is saved with the text that names it, and goes with it.

use desk::window::{Edit, PasteAsked, PlacementWords, TextPasted, UndoKept};
use domain::{checks::Check, ids::ArticleId};

use crate::newsroom::{Newsroom, photograph};

const FIGURE: &str = "<p>Nước rút.</p><figure><img src=\"https://a.vn/lu.jpg\" alt=\"Đường ngập\"><figcaption>Nước lũ ở \
    Huế. Ảnh: Lan/TTXVN</figcaption></figure>";

fn paste(newsroom: &Newsroom, article: ArticleId, html: &str) -> TextPasted {
    newsroom.desk.paste(&PasteAsked { article, html: html.into() }).expect("it can be read").0
}

fn save(newsroom: &Newsroom, id: ArticleId, body: &str) {
    let edits = newsroom.desk.show(id).expect("the draft").edits;
    let edit = Edit { id, edits, body: Some(body.into()), fields: None, placements: Vec::new(), caret: None };
    newsroom.desk.save(&edit).expect("it is saved");
}

#[tokio::test]
async fn a_pasted_picture_is_wanted_once_the_text_that_names_it_is_saved() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;

    let pasted = paste(&newsroom, article, FIGURE);
    assert!(newsroom.desk.show(article).expect("the draft").placements.is_empty());
    save(&newsroom, article, &pasted.markdown);

    let shown = newsroom.desk.show(article).expect("the draft");
    let place = &shown.placements[0];
    assert_eq!((place.caption.as_str(), place.credit_line.as_str()), ("Nước lũ ở Huế.", "Lan/TTXVN"));
    assert_eq!((place.alt.as_str(), place.seen_as.as_str()), ("Đường ngập", "lu.jpg"));
    assert!(place.picture.is_none());
    assert!(shown.findings.iter().any(|finding| finding.check == Check::PictureWanted));
    assert_eq!(shown.edits, 1, "text and picture are one edit");
}

#[tokio::test]
async fn an_undo_takes_the_pictures_back_with_the_text_and_a_redo_brings_them_again() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;
    let pasted = paste(&newsroom, article, FIGURE);
    let places = || newsroom.desk.show(article).expect("the draft").placements.len();

    save(&newsroom, article, &pasted.markdown);
    assert_eq!(places(), 1);
    save(&newsroom, article, "");
    assert_eq!(places(), 0);
    save(&newsroom, article, &pasted.markdown);
    assert_eq!(places(), 1);
}

/// The window keeps what can be undone, closes, and opens the article again after the desk was closed too.
fn restart(newsroom: &mut Newsroom, article: ArticleId, history: &str) {
    let kept = UndoKept { article, body_length: 0, body_hash: "1".into(), history: history.into() };
    newsroom.desk.remember_undo(kept).expect("it is kept");
    newsroom.reopen();
    newsroom.desk.undo_history(article).expect("what can be undone");
}

#[tokio::test]
async fn a_redo_after_a_restart_brings_the_pictures_again() {
    let mut newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;
    let pasted = paste(&newsroom, article, FIGURE);
    save(&newsroom, article, &pasted.markdown);
    let before = format!("{:?}", newsroom.desk.show(article).expect("the draft").placements);
    save(&newsroom, article, "");

    restart(&mut newsroom, article, &format!("[0,{:?}]", pasted.markdown));
    save(&newsroom, article, &pasted.markdown);

    assert_eq!(format!("{:?}", newsroom.desk.show(article).expect("the draft").placements), before);
}

#[tokio::test]
async fn an_undo_after_a_restart_takes_the_pictures_back_and_a_redo_brings_them_again() {
    let mut newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;
    let pasted = paste(&newsroom, article, FIGURE);
    save(&newsroom, article, &pasted.markdown);

    restart(&mut newsroom, article, "[1]");
    save(&newsroom, article, "");
    let undone = newsroom.desk.show(article).expect("the draft").placements.len();
    restart(&mut newsroom, article, &format!("[0,{:?}]", pasted.markdown));
    save(&newsroom, article, &pasted.markdown);

    assert_eq!((undone, newsroom.desk.show(article).expect("the draft").placements.len()), (0, 1));
}

#[tokio::test]
async fn a_pasted_place_is_forgotten_once_nothing_can_bring_it_back() {
    let mut newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;
    let pasted = paste(&newsroom, article, FIGURE);
    save(&newsroom, article, &pasted.markdown);
    save(&newsroom, article, "");
    let kept = |newsroom: &Newsroom| {
        let conn = rusqlite::Connection::open(newsroom.folder().join("desk.sqlite")).expect("the database");
        let count = "SELECT count(*) FROM pasted_placements";
        conn.query_row(count, [], |row| row.get::<_, u32>(0)).expect("a count")
    };

    newsroom.desk.undo_history(article).expect("none yet");
    assert_eq!(kept(&newsroom), 1, "the window may know more than it told");
    restart(&mut newsroom, article, &pasted.markdown);
    assert_eq!(kept(&newsroom), 1, "it can come again");
    restart(&mut newsroom, article, "[]");
    assert_eq!(kept(&newsroom), 0);
}

#[tokio::test]
async fn a_place_into_which_somebody_has_put_words_stays() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;
    let pasted = paste(&newsroom, article, FIGURE);
    save(&newsroom, article, &pasted.markdown);
    let place = newsroom.desk.show(article).expect("the draft").placements[0].id;

    let words =
        PlacementWords { id: place, caption: Some("Một câu khác.".into()), credit_line: None, alt: None };
    let edit = Edit { id: article, edits: 1, body: None, fields: None, placements: vec![words], caret: None };
    newsroom.desk.save(&edit).expect("it is saved");
    save(&newsroom, article, "");

    assert_eq!(newsroom.desk.show(article).expect("the draft").placements[0].caption, "Một câu khác.");
}

#[tokio::test]
async fn a_picture_in_the_markup_is_taken_in_and_one_that_cannot_be_is_wanted() {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;
    let photo = STANDARD.encode(photograph("lead.jpg"));
    let html = format!(
        "<p>Một<img src='data:image/jpeg;base64,{photo}'></p><p>Hai<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></p>"
    );

    let pasted = paste(&newsroom, article, &html);
    save(&newsroom, article, &pasted.markdown);

    let places = newsroom.desk.show(article).expect("the draft").placements;
    assert_eq!(pasted.pictures, 2);
    assert!(places[0].picture.is_some() && places[1].picture.is_none());
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_nothing_is_stored() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft").id;

    for html in ["", "<p>&nbsp;</p>", &"<div>".repeat(5_000)] {
        let refused = newsroom.desk.paste(&PasteAsked { article, html: html.to_owned() });
        assert!(matches!(refused, Err(desk::Error::Paste(_))), "{refused:?}");
    }
}
