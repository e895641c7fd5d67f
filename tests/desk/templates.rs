//! Templates: what new articles begin with, who fills what, and files of them from anywhere.

use desk::{
    Error, ExistingTemplates as Existing,
    window::{FromTemplate, StepAsked, TemplateRenamed, TemplateShown, TemplateWanted},
};
use domain::{
    checks::{Check, Place},
    ids::ArticleId,
    placement::Position,
    stage::Step,
};

use crate::newsroom::Newsroom;

fn save_as(newsroom: &Newsroom, article: ArticleId, name: &str) -> desk::Result<Vec<TemplateShown>> {
    newsroom.desk.save_as_template(&TemplateWanted { article, name: name.into(), replace: false })
}

fn names(templates: &[TemplateShown]) -> Vec<&str> {
    templates.iter().map(|one| one.name.as_str()).collect()
}

/// An article with a lead and places to be filled.
fn patterned(newsroom: &Newsroom) -> ArticleId {
    let id = newsroom.ready_article();
    newsroom.set(
        id,
        &[
            ("headline", "{{ai}} ở chợ"),
            ("category_code", "kinh-te"),
            ("keywords", "chợ, sông"),
            ("body", "{{ngày}}: {{bút danh}} gặp {{ai}}.\n"),
        ],
    );
    id
}

#[tokio::test]
async fn an_article_becomes_a_template_and_a_template_another_article() {
    let newsroom = Newsroom::open().await;
    let first = patterned(&newsroom);

    let kept = save_as(&newsroom, first, " Chợ nổi ").expect("a template");
    let new = newsroom
        .desk
        .new_from_template(&FromTemplate { id: kept[0].id, as_it_is: false })
        .expect("an article");

    assert_eq!((kept[0].name.as_str(), kept[0].places, kept[0].pictures), ("Chợ nổi", 2, 1));
    assert_ne!(new.id, first);
    assert_eq!(
        (new.fields.headline.as_str(), new.fields.category_code.as_str()),
        ("{{ai}} ở chợ", "kinh-te")
    );
    assert_eq!(new.fields.keywords, ["chợ", "sông"]);
    assert_eq!(
        (new.fields.source_url.as_str(), new.fields.source_date.as_str()),
        ("", ""),
        "the first article's own"
    );
    assert!(new.body.starts_with("12/12/2025: ") && new.body.ends_with(" gặp {{ai}}.\n"), "{}", new.body);
    assert_eq!(new.placements.len(), 1);
    assert_eq!((new.placements[0].position, new.placements[0].picture.is_none()), (Position::Lead, true));
    assert_eq!(new.placements[0].caption, "Chợ nổi lúc rạng sáng");
}

#[tokio::test]
async fn an_article_with_a_place_left_is_not_submitted_and_is_told_where() {
    let newsroom = Newsroom::open().await;
    let id = patterned(&newsroom);
    let submit = |edits| StepAsked { id, edits, step: Step::Submit, reason: String::new() };

    let refused = newsroom.desk.take_step(&submit(newsroom.desk.show(id).expect("it").edits));
    newsroom.set(id, &[("headline", "Lan ở chợ"), ("body", "Chị Lan. \\{{không phải chỗ trống}}\n")]);
    let taken = newsroom.desk.take_step(&submit(newsroom.desk.show(id).expect("it").edits));

    let Err(Error::ChecksBlock(findings)) = refused else { panic!("{refused:?}") };
    let places: Vec<Place> = findings.iter().map(|finding| finding.place).collect();
    assert!(findings.iter().all(|finding| finding.check == Check::PlaceLeft));
    assert_eq!(places, [Place::Headline, Place::Body]);
    taken.expect("nothing is left to be filled");
}

#[tokio::test]
async fn a_name_is_replaced_only_by_who_was_asked_and_a_removed_template_leaves_its_articles() {
    let newsroom = Newsroom::open().await;
    let (first, second) = (patterned(&newsroom), newsroom.ready_article());
    let id = save_as(&newsroom, first, "Tin vắn").expect("a template")[0].id;
    let made = newsroom.desk.new_from_template(&FromTemplate { id, as_it_is: true }).expect("an article").id;

    let again = save_as(&newsroom, second, "TIN VẮN");
    let replaced = newsroom
        .desk
        .save_as_template(&TemplateWanted { article: second, name: "Tin vắn".into(), replace: true })
        .expect("it is replaced");
    let report = save_as(&newsroom, first, "Phóng sự").expect("another");
    let clash = newsroom.desk.rename_template(&TemplateRenamed { id, name: "phóng sự".into() });
    let renamed =
        newsroom.desk.rename_template(&TemplateRenamed { id, name: "tin Vắn".into() }).expect("renamed");
    let left = newsroom.desk.remove_template(id).expect("removed");

    assert!(matches!(again, Err(Error::TemplateExists(_))) && matches!(clash, Err(Error::TemplateExists(_))));
    assert_eq!((replaced.len(), replaced[0].id, replaced[0].places), (1, id, 0));
    assert_eq!((names(&report), names(&renamed)), (vec!["Phóng sự", "Tin vắn"], vec!["Phóng sự", "tin Vắn"]));
    assert_eq!(names(&left), ["Phóng sự"]);
    assert!(newsroom.desk.show(made).expect("it stays").body.starts_with("{{ngày}}"), "as it was");
    assert!(newsroom.desk.new_from_template(&FromTemplate { id, as_it_is: false }).is_err());
}

#[tokio::test]
async fn a_new_name_is_refused_where_it_is_none() {
    let newsroom = Newsroom::open().await;
    let article = patterned(&newsroom);

    for name in ["", "   ", "hai\ndòng"] {
        assert!(matches!(save_as(&newsroom, article, name), Err(Error::Template(_))), "{name:?}");
    }
}

#[tokio::test]
async fn templates_go_to_another_desk_in_a_file_whole() {
    let (here, there) = (Newsroom::open().await, Newsroom::open().await);
    let article = patterned(&here);
    save_as(&here, article, "Chợ nổi").expect("a template");
    save_as(&here, article, "Tin vắn").expect("a template");

    let one = here.desk.export_templates(&["chợ nổi".into()]).expect("a file");
    let all = here.desk.export_templates(&[]).expect("a file");
    let first = there.desk.import_templates(one.as_bytes(), Existing::Keep).expect("it is taken in");
    let again = there.desk.import_templates(all.as_bytes(), Existing::Keep);
    let after_refusal = there.desk.templates().expect("a list");
    let replaced = there.desk.import_templates(all.as_bytes(), Existing::Replace).expect("they are replaced");

    assert_eq!((names(&first), first[0].places, first[0].pictures), (vec!["Chợ nổi"], 2, 1));
    assert!(matches!(again, Err(Error::TemplateExists(_))));
    assert_eq!(after_refusal, first, "all or none");
    assert_eq!(names(&replaced), ["Chợ nổi", "Tin vắn"]);
    assert_eq!(there.desk.export_templates(&[]).expect("a file"), all, "nothing is lost on the way");
    assert!(matches!(here.desk.export_templates(&["khác".into()]), Err(Error::NoTemplate(_))));
}

#[tokio::test]
async fn a_file_that_is_no_file_of_templates_is_refused_in_words_and_nothing_is_kept() {
    let newsroom = Newsroom::open().await;
    let with =
        |templates: &str| format!(r#"{{"format":"toasoan-templates","version":1,"templates":{templates}}}"#);
    let table = [
        ("%PDF-1.7".to_owned(), "toasoan template export"),
        (r#"{"format":"ninjs","version":3}"#.to_owned(), "ninjs"),
        (r#"{"format":"toasoan-templates","version":2,"templates":[]}"#.to_owned(), "newer"),
        (with("[]"), "0 templates"),
        (with(r#"[{"name":"A","fields":{"language":"vi"},"script":"x"}]"#), "script"),
        (with(r#"[{"name":"A","fields":{"language":"vi","title":"x"}}]"#), "title"),
        (with(r#"[{"name":"A","fields":{"language":7}}]"#), "string"),
        (with(r#"[{"name":"A","fields":{}}]"#), "language"),
        (with(r#"[{"name":"","fields":{"language":"vi"}}]"#), "name"),
        (
            with(&format!(
                r#"[{{"name":"A","fields":{{"language":"vi","headline":"{}"}}}}]"#,
                "x".repeat(3000)
            )),
            "too long",
        ),
        (
            with(
                r#"[{"name":"A","fields":{"language":"vi"},"body":"![](photo:01900000-0000-7000-8000-000000000009)"}]"#,
            ),
            "picture",
        ),
        (
            with(r#"[{"name":"A","fields":{"language":"vi"}},{"name":"a","fields":{"language":"vi"}}]"#),
            "two templates",
        ),
        (with(&"[".repeat(100_000)), "toasoan template export"),
        (" ".repeat((4 << 20) + 1), "larger than 4 MB"),
    ];

    for (file, says) in table {
        let refused = newsroom.desk.import_templates(file.as_bytes(), Existing::Keep).expect_err(says);
        assert!(refused.to_string().contains(says), "{refused} does not say {says}");
        assert!(refused.to_string().len() < 600, "a sentence, not the file");
    }
    assert_eq!(newsroom.desk.templates().expect("a list"), []);
}

#[tokio::test]
async fn the_sample_newsroom_has_templates_and_a_backup_has_them_too() {
    let mut newsroom = Newsroom::open().await;
    newsroom.desk.open_sample().expect("the sample");
    let had = newsroom.desk.templates().expect("a list");
    let backup = newsroom.desk.back_up().expect("a backup").name;
    for one in &had {
        newsroom.desk.remove_template(one.id).expect("removed");
    }

    newsroom.while_closed(|folder| {
        desk::restore(folder, &backup, &desk::Clock::system()).expect("it is put back");
    });

    assert_eq!(names(&had), ["Bài khai thác", "Phóng sự ảnh", "Tin vắn"]);
    assert_eq!(newsroom.desk.templates().expect("a list"), had);
    for one in &had {
        newsroom.desk.new_from_template(&FromTemplate { id: one.id, as_it_is: false }).expect("an article");
    }
}
