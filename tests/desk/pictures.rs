//! Pictures come in and get their places.

use std::{path::PathBuf, sync::Arc, time::Duration};

use desk::{
    Attach, Words,
    window::{PlacementAsked, Slot},
};
use domain::{checks::Check, markdown, placement::Position};

use crate::newsroom::{Newsroom, draft, fixture, hash_of, photograph};

#[tokio::test]
async fn a_wanted_placement_keeps_the_pages_words_and_takes_from_the_file_what_it_lacks() {
    let newsroom = Newsroom::open().await;
    let article = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));
    let before = &article.placements[1];

    let after =
        newsroom.attach(article.id, Slot::Placement { id: before.id }, "ambassador.jpg", Words::default());

    let placement = &after.placements[1];
    let picture = placement.picture.as_ref().expect("its picture");
    assert_eq!((&placement.caption, &placement.credit_line), (&before.caption, &before.credit_line));
    assert_eq!(
        (picture.hash, picture.words.creator.as_str()),
        (hash_of("ambassador.jpg"), "Stéfan van der Walt")
    );
    assert!(
        !after.findings.iter().any(|f| f.check == Check::PictureWanted && f.placement == Some(before.id))
    );
}

#[tokio::test]
async fn a_new_place_is_filled_with_the_words_in_the_file() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    newsroom.set(article.id, &[("body", "Một.\n\nHai.\n")]);

    let lead = newsroom.attach(article.id, Slot::Lead, "lead.jpg", Words::default());
    let after =
        newsroom.attach(article.id, Slot::InText { after_line: 1 }, "ambassador.jpg", Words::default());

    assert!(lead.placements[0].caption.starts_with("Persidangan yang diadakan"));
    assert_eq!(after.placements[1].caption, "Duta Sweden ke Vietnam, Encik Johan Ndisi.");
    assert_eq!(after.placements[1].credit_line, "PV");
    let reference = markdown::reference(after.placements[1].id);
    assert_eq!(after.body, format!("Một.\n\n{reference}\n\nHai.\n"));
    assert_eq!(after.placements[1].position, Position::InText);
}

#[tokio::test]
async fn the_same_file_is_one_picture_however_often_it_comes() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");

    newsroom.attach(article.id, Slot::Lead, "lead.jpg", Words::default());
    let after = newsroom.attach(article.id, Slot::InText { after_line: 0 }, "lead.jpg", Words::default());

    assert_eq!(after.placements.len(), 2);
    assert_eq!(newsroom.desk.library().expect("the library").len(), 1);
}

#[tokio::test]
async fn another_picture_does_not_inherit_the_words_of_the_one_before() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();

    let after = newsroom.attach(id, Slot::Lead, "ambassador.jpg", Words::default());

    assert_eq!(after.placements[0].caption, "Duta Sweden ke Vietnam, Encik Johan Ndisi.");
    assert_eq!(after.placements[0].alt, "");
}

#[tokio::test]
async fn a_picture_taken_out_is_wanted_again_and_a_place_removed_is_gone_from_the_text() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    newsroom.set(article.id, &[("body", "Một.\n")]);
    let placed = newsroom.attach(article.id, Slot::InText { after_line: 0 }, "lead.jpg", Words::default());
    let asked = PlacementAsked { article: article.id, placement: placed.placements[0].id };

    let out = newsroom.desk.take_out_picture(&asked).expect("taken out");
    let removed = newsroom.desk.remove_placement(&asked).expect("removed");

    assert!(out.placements[0].picture.is_none() && out.body.contains("photo:"));
    assert!(removed.placements.is_empty());
    assert_eq!(removed.body, "Một.\n");
}

#[tokio::test]
async fn what_is_no_picture_changes_nothing() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    let whole = photograph("lead.jpg");
    let files: [&[u8]; 4] = [b"", b"text", &whole[..whole.len() / 2], b"GIF89a\x01\0\x01\0"];

    for bytes in files {
        let attach =
            Attach { article: article.id, slot: Slot::Lead, bytes, name: "a.jpg", words: Words::default() };
        let refused = newsroom.desk.attach(attach);
        assert!(matches!(refused, Err(desk::Error::Picture(_))), "{refused:?}");
    }
    let after = newsroom.desk.show(article.id).expect("the draft");
    assert_eq!((after.placements.len(), after.edits), (0, 0));
    assert!(newsroom.desk.library().expect("the library").is_empty());
    assert_eq!(stored_files(&newsroom), 0);
}

#[tokio::test]
async fn a_picture_for_an_article_that_is_not_there_is_not_stored() {
    let newsroom = Newsroom::open().await;
    let nowhere = domain::ids::ArticleId(uuid::Uuid::nil());
    let bytes = photograph("lead.jpg");

    let refused = newsroom.desk.attach(Attach {
        article: nowhere,
        slot: Slot::Lead,
        bytes: &bytes,
        name: "lead.jpg",
        words: Words::default(),
    });

    assert!(matches!(refused, Err(desk::Error::Store(store::Error::NoArticle(_)))));
    assert_eq!(stored_files(&newsroom), 0);
}

fn stored_files(newsroom: &Newsroom) -> usize {
    fn files(folder: PathBuf) -> usize {
        let entries = std::fs::read_dir(folder).expect("a folder").flatten();
        entries.map(|entry| if entry.path().is_dir() { files(entry.path()) } else { 1 }).sum()
    }
    files(newsroom.folder().join("pictures"))
}

#[tokio::test]
async fn a_picture_put_into_the_watched_folder_is_taken_in_and_the_folder_is_remembered() {
    let mut newsroom = Newsroom::open().await;
    let folder = newsroom.home.path().join("card");
    std::fs::create_dir(&folder).expect("a folder");
    let watch = newsroom.desk.watch(&folder, Duration::from_millis(100)).expect("a watch");
    std::fs::write(folder.join("notes.txt"), "no picture").expect("a file");
    std::fs::write(folder.join("lead.jpg"), photograph("lead.jpg")).expect("a file");

    let desk = Arc::clone(&newsroom.desk);
    let found = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        desk.library().expect("the library").iter().any(|picture| picture.hash == hash_of("lead.jpg"))
    });
    drop(watch);
    drop(desk);
    newsroom.reopen();

    assert!(found);
    assert_eq!(newsroom.desk.library().expect("the library").len(), 1);
    assert_eq!(newsroom.desk.watched_folder().expect("a setting"), Some(folder.display().to_string()));
}
