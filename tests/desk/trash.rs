//! The trash: nothing leaves it by itself, everything comes out of it again, and what readers may have seen stays.

use std::fs;

use desk::window::{Edit, EmptyTrash, QueueAsked, QueueList, Trashed};
use domain::{ids::ArticleId, stage::Stage};

use crate::newsroom::{Newsroom, edit};

fn ids(articles: &[Trashed]) -> Vec<ArticleId> {
    articles.iter().map(|one| one.id).collect()
}

fn empty(newsroom: &Newsroom, articles: &[ArticleId]) -> u32 {
    newsroom.desk.empty_trash(&EmptyTrash { articles: articles.to_vec() }).expect("it is emptied")
}

fn in_list(newsroom: &Newsroom, list: QueueList) -> Vec<ArticleId> {
    let queue = newsroom.desk.queue(&QueueAsked { list, find: String::new() }).expect("a list");
    queue.rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn a_draft_without_a_name_goes_into_the_trash_and_comes_out_again() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;

    newsroom.desk.put_into_trash(id).expect("it goes");
    assert_eq!(
        (in_list(&newsroom, QueueList::Mine), in_list(&newsroom, QueueList::Trash)),
        (vec![], vec![id])
    );
    let back = newsroom.desk.take_out_of_trash(id).expect("it comes back");

    assert_eq!(back.stage, Stage::Draft);
    assert_eq!(
        (in_list(&newsroom, QueueList::Mine), in_list(&newsroom, QueueList::Trash)),
        (vec![id], vec![])
    );
}

#[tokio::test]
async fn nothing_goes_by_itself_and_thirty_days_are_told_from_more() {
    let newsroom = Newsroom::open().await;
    let (old, recent) = (newsroom.ready_article(), newsroom.desk.new_article("vi").expect("a draft").id);
    newsroom.desk.put_into_trash(old).expect("it goes");
    newsroom.hours_pass(31 * 24);
    newsroom.desk.put_into_trash(recent).expect("it goes");

    let trash = newsroom.desk.trash().expect("the trash");

    assert_eq!((ids(&trash.old), ids(&trash.recent), ids(&trash.stay)), (vec![old], vec![recent], vec![]));
}

#[tokio::test]
async fn what_was_published_stays_however_it_is_asked() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.publish(id);
    newsroom.works().await;
    newsroom.set(id, &[("headline", "Sửa sau khi đăng")]);
    newsroom.desk.put_into_trash(id).expect("it goes into the trash");

    let gone = empty(&newsroom, &[id]);
    let file = newsroom.folder().join("desk.sqlite");
    let by_hand = rusqlite::Connection::open(file)
        .expect("the database")
        .execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM revisions; DELETE FROM decisions");

    assert_eq!((gone, ids(&newsroom.desk.trash().expect("the trash").stay)), (0, vec![id]));
    assert!(by_hand.is_err(), "the database itself refuses");
    assert_eq!(newsroom.desk.show(id).expect("it is there").stage, Stage::Spiked);
}

#[tokio::test]
async fn an_article_that_is_not_in_the_trash_does_not_go() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();

    assert_eq!(empty(&newsroom, &[id]), 0);
    newsroom.desk.show(id).expect("it is there");
}

#[tokio::test]
async fn no_word_of_what_went_for_good_is_left_in_the_database() {
    let newsroom = Newsroom::open().await;
    let (id, other) = (newsroom.ready_article(), newsroom.ready_article());
    newsroom.set(id, &[("body", &"mật danh Hải Âu ".repeat(2000)), ("headline", "Mật danh Hải Âu")]);
    newsroom.desk.leave_article(id).expect("a revision");
    newsroom.desk.put_into_trash(id).expect("it goes into the trash");
    let left = || {
        let files = fs::read_dir(newsroom.folder()).expect("the folder").flatten().map(|entry| entry.path());
        let bytes: Vec<u8> =
            files.filter(|path| path.is_file()).flat_map(|path| fs::read(path).expect("a file")).collect();
        let words = "mật danh Hải Âu".as_bytes();
        bytes.windows(words.len()).filter(|window| *window == words).count()
    };
    let before = left();

    let gone = empty(&newsroom, &[id]);

    assert!(before > 1000 && gone == 1, "{before}");
    assert_eq!(left(), 0);
    assert!(newsroom.desk.show(id).is_err());
    newsroom.desk.show(other).expect("the other one is there");
    assert!(!newsroom.desk.library().expect("the library").is_empty(), "pictures stay");
    newsroom.desk.look_through().expect("the database is whole");
}

#[tokio::test]
async fn who_types_into_an_article_in_the_trash_takes_it_out() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    let article = newsroom.desk.put_into_trash(id).expect("it goes");

    let saved = newsroom.save(&Edit { body: Some("còn viết".into()), ..edit(&article) });

    assert_eq!(saved.stage, Stage::Draft);
    assert_eq!(newsroom.desk.show(id).expect("it").body, "còn viết");
}
