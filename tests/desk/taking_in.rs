//! The seed page is taken in.

use domain::{
    checks::Check,
    leftover::Why,
    placement::Position::{InText, Lead},
};

use crate::newsroom::{Newsroom, draft, fixture};

#[tokio::test]
async fn the_seed_page_becomes_a_draft_with_its_pictures_wanted() {
    let newsroom = Newsroom::open().await;

    let article = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));

    assert_eq!((article.fields.language.as_str(), article.fields.source_date.as_str()), ("ms", "2025-12-11"));
    assert_eq!(article.fields.source_paper, "Báo Nhân dân");
    let places: Vec<_> = article
        .placements
        .iter()
        .map(|p| (p.position, p.credit_line.as_str(), p.picture.is_none()))
        .collect();
    assert_eq!(
        places,
        [
            (Lead, "PV", true),
            (InText, "PV", true),
            (InText, "laman web Hospital Kanak-kanak Nasional Hanoi", true)
        ]
    );
    let wanted = article.findings.iter().filter(|finding| finding.check == Check::PictureWanted);
    assert_eq!(wanted.count(), 3);
}

#[tokio::test]
async fn what_is_in_no_field_is_kept_beside_the_draft() {
    let newsroom = Newsroom::open().await;

    let article = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));

    let left = |why| {
        article
            .leftovers
            .iter()
            .filter(|left| left.why == why)
            .map(|left| left.text.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(left(Why::FileName), ["vntd1.jpg", "bvnhi.jpg"]);
    assert!(left(Why::Comments).contains(&"Komen (0)"));
    assert!(left(Why::Repeated).iter().any(|line| line.starts_with("Persidangan yang diadakan")));
    assert_eq!(newsroom.desk.show(article.id).expect("the article").leftovers, article.leftovers);
}

#[tokio::test]
async fn the_same_source_twice_is_told_and_only_taken_in_when_asked_for() {
    let newsroom = Newsroom::open().await;
    let page = fixture("pages/seed-ms.txt");
    let first = draft(newsroom.desk.take_in(&page, false).expect("a draft"));

    let again = newsroom.desk.take_in(&page, false).expect("an answer");
    let count_after_again = newsroom.desk.list().expect("the list").len();
    let anyway = draft(newsroom.desk.take_in(&page, true).expect("a draft"));

    assert!(matches!(again, desk::window::TakenIn::OnTheDesk { id, .. } if id == first.id), "{again:?}");
    assert_eq!(count_after_again, 1);
    assert_ne!(anyway.id, first.id);
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_refused_in_a_sentence_and_nothing_is_stored() {
    let newsroom = Newsroom::open().await;
    let home = newsroom.home.path();
    let file = |name: &str, bytes: &[u8]| {
        let path = home.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    };
    let paths = [
        file("empty.html", b""),
        file("picture.html", &crate::newsroom::photograph("lead.jpg")),
        file("large.txt", &vec![b'a'; 50 << 20]),
        file("nothing.html", b"<html><body><h1>404</h1></body></html>"),
        home.to_owned(),
        home.join("no such page.txt"),
    ];

    for path in paths {
        let refused = newsroom.desk.take_in_file(&path, false).expect_err("it is refused").to_string();
        assert!((15..250).contains(&refused.len()), "{}: {refused}", path.display());
    }
    assert!(newsroom.desk.list().expect("the list").is_empty());
}
