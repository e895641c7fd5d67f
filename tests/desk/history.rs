//! Revisions are made at natural pauses, are read and compared, and come back; nothing that was there is lost by it.

use desk::{
    Words,
    window::{ArticleShown, CompareAsked, Edit, RestoreAsked, RevisionShown, Slot},
};
use domain::{
    comparison::{Fate, Run, RunIs},
    ids::{ArticleId, Hash},
    revision::Occasion::{self, BeforeRestore, Closing, LongDeletion, Quiet, Restored, Step, TakenIn},
};

use crate::newsroom::{Newsroom, alt, draft, edit, fixture};

fn write(newsroom: &Newsroom, id: ArticleId, body: &str) {
    let article = newsroom.desk.show(id).expect("the article");
    newsroom.save(&Edit { body: Some(body.into()), ..edit(&article) });
}

fn revisions(newsroom: &Newsroom, id: ArticleId) -> Vec<RevisionShown> {
    newsroom.desk.history(id).expect("its history").revisions
}

/// Why each revision was made, newest first.
fn occasions(newsroom: &Newsroom, id: ArticleId) -> Vec<Occasion> {
    revisions(newsroom, id).iter().map(|one| one.occasion).collect()
}

fn restore(newsroom: &Newsroom, id: ArticleId, revision: Hash) -> ArticleShown {
    let edits = newsroom.desk.show(id).expect("the article").edits;
    newsroom.desk.restore_revision(&RestoreAsked { id, edits, revision }).expect("it comes back")
}

fn long(word: &str) -> String {
    (0..80).map(|at| format!("{word} thứ {at} kể chuyện chợ nổi. ")).collect()
}

fn marked(runs: &[Run]) -> String {
    let mark = |run: &Run| match run.is {
        RunIs::Same => run.text.clone(),
        RunIs::Gone => format!("[{}]", run.text),
        RunIs::New => format!("{{{}}}", run.text),
    };
    runs.iter().map(mark).collect()
}

#[tokio::test]
async fn ten_quiet_minutes_after_an_edit_make_one_revision_and_idleness_makes_none() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    write(&newsroom, id, "một");
    let keep = || newsroom.desk.keep_quiet().expect("an answer");

    let at_once = keep();
    newsroom.an_hour_passes();
    let after_quiet = keep();
    newsroom.an_hour_passes();
    let idle = keep();
    write(&newsroom, id, "hai");
    write(&newsroom, id, "một"); // there and back
    newsroom.an_hour_passes();
    let back = keep();

    assert_eq!((at_once, after_quiet, idle, back), (0, 1, 0, 1));
    let kept = revisions(&newsroom, id);
    assert_eq!(kept.len(), 1, "none twice for the same words: {kept:?}");
    assert_eq!((kept[0].occasion, kept[0].person.as_str(), kept[0].is_now), (Quiet, "Lan", true));
}

#[tokio::test]
async fn what_a_desk_was_killed_over_is_kept_at_the_next_start() {
    let mut newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    write(&newsroom, id, "viết dở");

    newsroom.reopen();
    let kept = newsroom.desk.keep_all(Quiet).expect("what is due");

    assert_eq!((kept, occasions(&newsroom, id)), (1, vec![Quiet]));
    assert_eq!(newsroom.desk.keep_all(Quiet).expect("nothing"), 0);
}

#[tokio::test]
async fn of_more_than_can_be_kept_at_closing_what_was_written_last_is_kept() {
    let newsroom = Newsroom::open().await;
    let ids: Vec<ArticleId> = (0..60)
        .map(|at| {
            let id = newsroom.desk.new_article("vi").expect("a draft").id;
            newsroom.hours_pass(1);
            write(&newsroom, id, &format!("bài {at}"));
            id
        })
        .collect();

    let kept = newsroom.desk.keep_all(Closing).expect("an answer");

    assert_eq!(kept, 50);
    assert_eq!(occasions(&newsroom, ids[59]), [Closing]);
    assert_eq!(occasions(&newsroom, ids[0]), []);
    assert_eq!(newsroom.desk.keep_all(Quiet).expect("the rest"), 10);
    assert_eq!(occasions(&newsroom, ids[0]), [Quiet]);
}

#[tokio::test]
async fn a_long_text_that_goes_at_once_is_kept_first() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    write(&newsroom, id, &long("Câu"));
    write(&newsroom, id, &format!("{}Thêm một câu.", long("Câu")));

    write(&newsroom, id, "");

    let kept = revisions(&newsroom, id);
    assert_eq!(kept.iter().map(|one| one.occasion).collect::<Vec<_>>(), [LongDeletion]);
    let back = restore(&newsroom, id, kept[0].id);
    assert_eq!(back.body, format!("{}Thêm một câu.", long("Câu")));
}

#[tokio::test]
async fn a_long_text_that_goes_bit_by_bit_is_kept_once_as_it_was_at_its_longest() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    write(&newsroom, id, &long("Câu"));
    newsroom.desk.leave_article(id).expect("a revision of it");
    let fullest = format!("{}{}", long("Câu"), long("Thêm"));
    let mut letters: Vec<char> = fullest.chars().collect();
    write(&newsroom, id, &fullest);

    while !letters.is_empty() {
        letters.truncate(letters.len().saturating_sub(150));
        write(&newsroom, id, &letters.iter().collect::<String>());
    }

    let kept = revisions(&newsroom, id);
    assert_eq!(kept.iter().map(|one| one.occasion).collect::<Vec<_>>(), [LongDeletion, Closing]);
    assert_eq!(restore(&newsroom, id, kept[0].id).body, fullest);
}

#[tokio::test]
async fn an_article_of_which_no_revision_can_be_kept_stops_no_other_and_is_told() {
    let newsroom = Newsroom::open().await;
    let ids: Vec<ArticleId> = (0..3)
        .map(|at| {
            let id = newsroom.desk.new_article("vi").expect("a draft").id;
            write(&newsroom, id, &format!("bài {at}"));
            id
        })
        .collect();
    let other = rusqlite::Connection::open(newsroom.folder().join("desk.sqlite")).expect("the database");
    let id = ids[1].0.simple();
    other
        .execute_batch(&format!(
            "CREATE TRIGGER broken BEFORE INSERT ON revisions WHEN NEW.article = x'{id}' BEGIN SELECT RAISE(ABORT, 'broken'); END"
        ))
        .expect("it is broken");
    newsroom.an_hour_passes();
    let failed =
        || ids.iter().map(|id| newsroom.desk.history(*id).expect("its history").failed).collect::<Vec<_>>();

    let kept = newsroom.desk.keep_quiet().expect("the others are kept");

    assert_eq!((kept, failed()), (2, vec![false, true, false]));
    assert_eq!((occasions(&newsroom, ids[0]), occasions(&newsroom, ids[1])), (vec![Quiet], vec![]));
    assert!(newsroom.desk.keep_quiet().is_err(), "where nothing can be kept that is an error");

    other.execute_batch("DROP TRIGGER broken").expect("it is whole again");
    assert_eq!((newsroom.desk.keep_quiet().expect("the last one"), failed()), (1, vec![false; 3]));
}

#[tokio::test]
async fn a_deletion_that_is_refused_keeps_nothing() {
    let newsroom = Newsroom::open().await;
    let article = newsroom.desk.new_article("vi").expect("a draft");
    write(&newsroom, article.id, &long("Câu"));

    let stale = newsroom.desk.save(&Edit { body: Some(String::new()), ..edit(&article) });

    assert!(stale.is_err());
    assert_eq!(occasions(&newsroom, article.id), []);
}

#[tokio::test]
async fn an_article_that_is_left_is_kept_if_anything_was_written() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    let leave = || newsroom.desk.leave_article(id).expect("it is left");

    leave();
    write(&newsroom, id, "một");
    leave();
    leave();

    assert_eq!(occasions(&newsroom, id), [Closing]);
}

#[tokio::test]
async fn a_page_is_kept_as_it_was_taken_in_and_a_step_as_it_was_taken() {
    let newsroom = Newsroom::open().await;
    let id = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft")).id;
    write(&newsroom, id, "viết lại");
    let submitted = newsroom.desk.take_step_now(id, domain::stage::Step::Submit).expect("it is submitted");

    let kept = revisions(&newsroom, submitted.id);
    assert_eq!(kept.iter().map(|one| one.occasion).collect::<Vec<_>>(), [Step, TakenIn]);
    assert_eq!((kept[0].acts.clone(), kept[1].acts.clone()), (vec!["submit".to_owned()], vec![]));
    let change = kept[0].change.expect("a size");
    assert!(change.added == 2 && change.removed > 100, "{change:?}");
}

#[tokio::test]
async fn an_older_revision_comes_back_whole_and_what_was_there_can_come_back_too() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.desk.leave_article(id).expect("a revision of it");
    let first = newsroom.desk.show(id).expect("the article");
    newsroom.set(id, &[("headline", "Tít khác"), ("body", "Thân bài khác.\n"), ("keywords", "lũ")]);
    let placement = first.placements[0].id;
    newsroom
        .desk
        .remove_placement(&desk::window::PlacementAsked { article: id, placement })
        .expect("the picture goes");
    newsroom.attach(
        id,
        Slot::Lead,
        "hospital.jpg",
        Words { caption: Some("Ảnh khác".into()), ..Words::default() },
    );
    let second = newsroom.desk.show(id).expect("the article");
    let old = revisions(&newsroom, id)[0].id;

    let back = restore(&newsroom, id, old);

    assert_eq!((&back.fields, &back.body), (&first.fields, &first.body));
    assert_eq!(format!("{:?}", back.placements), format!("{:?}", first.placements));
    assert!(back.edits > second.edits, "a window that has the old text is told");
    assert_eq!(occasions(&newsroom, id), [Restored, BeforeRestore, Closing]);

    let again = restore(&newsroom, id, revisions(&newsroom, id)[1].id);
    assert_eq!((&again.fields, &again.body), (&second.fields, &second.body));
    assert_eq!(format!("{:?}", again.placements), format!("{:?}", second.placements));
    assert_eq!(occasions(&newsroom, id), [Restored, Restored, BeforeRestore, Closing]);
}

#[tokio::test]
async fn of_two_sides_written_at_once_both_can_come_back_whichever_was_chosen() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    let seen = newsroom.desk.show(id).expect("the article");
    let mine =
        Edit { body: Some("của tôi".into()), placements: vec![alt(&seen, 0, "Chợ")], ..edit(&seen) };
    write(&newsroom, id, "của họ");
    assert!(newsroom.desk.save(&mine).is_err(), "somebody saved in between");

    newsroom.desk.keep_both(&mine).expect("both are kept");

    let kept = revisions(&newsroom, id);
    assert_eq!(
        kept.iter().map(|one| (one.occasion, one.is_now)).collect::<Vec<_>>(),
        [(BeforeRestore, true), (BeforeRestore, false)]
    );
    assert_eq!(newsroom.desk.show(id).expect("the article").body, "của họ", "nothing is chosen by it");
    let back = restore(&newsroom, id, kept[1].id);
    assert_eq!((back.body.as_str(), back.placements[0].alt.as_str()), ("của tôi", "Chợ"));
    assert_eq!(restore(&newsroom, id, kept[0].id).body, "của họ");
}

#[tokio::test]
async fn bringing_back_what_is_there_changes_nothing() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    let before = newsroom.desk.show(id).expect("the article");

    let after = restore(&newsroom, id, revisions(&newsroom, id)[0].id);

    assert_eq!((after.stage, after.edits, after.may_publish), (before.stage, before.edits, true));
    assert_eq!(occasions(&newsroom, id), [Step]);
}

#[tokio::test]
async fn an_approval_does_not_hold_for_what_comes_back() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.desk.leave_article(id).expect("a revision of it");
    newsroom.set(id, &[("headline", "Tít được duyệt")]);
    newsroom.submit_and_approve(id);

    let back = restore(&newsroom, id, revisions(&newsroom, id)[1].id);

    assert_eq!((back.stage, back.may_publish), (domain::stage::Stage::Draft, false));
    assert!(back.approval_lapsed.is_some());
}

#[tokio::test]
async fn two_revisions_are_compared_and_each_with_what_is_there_now() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    for body in ["Mưa to.\n\nNước lên.", "Mưa rất to.\n\nNước lên.", "Nước lên nhanh lắm.\n\nMưa rất to."]
    {
        write(&newsroom, id, body);
        newsroom.desk.leave_article(id).expect("a revision of it");
    }
    write(&newsroom, id, "Nước lên nhanh lắm.\n\nMưa rất to. Hết.");
    let kept = revisions(&newsroom, id);
    let compare = |before, after| {
        let asked = CompareAsked { id, before, after };
        let compared = newsroom.desk.compare_revisions(&asked).expect("it is compared").comparison;
        compared.body.iter().map(|one| (one.fate, marked(&one.runs))).collect::<Vec<_>>()
    };

    let first = compare(Some(kept[2].id), Some(kept[1].id));
    let now = compare(Some(kept[0].id), None);

    assert_eq!(first, [(Fate::Changed, "Mưa {rất }to.".into()), (Fate::Same, "Nước lên.".into())]);
    assert_eq!(now[1], (Fate::Changed, "Mưa rất to. {Hết.}".into()));
    assert!(!newsroom.desk.history(id).expect("its history").is_kept, "looking makes no revision");
}

#[tokio::test]
async fn a_revision_of_another_article_is_not_shown_for_this_one() {
    let newsroom = Newsroom::open().await;
    let (one, other) = (newsroom.ready_article(), newsroom.desk.new_article("vi").expect("a draft").id);
    newsroom.desk.leave_article(one).expect("a revision of it");
    let before = Some(revisions(&newsroom, one)[0].id);

    let refused = newsroom.desk.compare_revisions(&CompareAsked { id: other, before, after: None });

    assert!(matches!(refused, Err(desk::Error::Store(store::Error::Missing(_)))), "{refused:?}");
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_no_old_revision() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.desk.new_article("vi").expect("a draft").id;
    write(&newsroom, id, "một");
    newsroom.desk.leave_article(id).expect("a revision of it");
    newsroom.hours_pass(-5);
    write(&newsroom, id, "hai");
    newsroom.desk.leave_article(id).expect("another");

    let kept = revisions(&newsroom, id);
    assert!(kept[0].is_now && kept[0].made_at >= kept[1].made_at, "{kept:?}");
}
