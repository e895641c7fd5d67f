//! An article in one file: carried to another desk whole, and refused whole where it is not what a desk wrote.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read as _, Write as _},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use desk::{
    Desk, Error, Words,
    bundle::{self, Existing, Refused},
    window::{ArticleShown, Slot, TakenIn},
};
use domain::{document::Document, ids::ArticleId, placement::Position, stage::Stage};
use serde_json::{Value, json};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::newsroom::{Newsroom, draft, fixture, hash_of, photograph};

type Entries = Vec<(String, Vec<u8>)>;

/// The seed page with its three pictures, approved and live.
async fn seed_article(newsroom: &Newsroom) -> ArticleId {
    let article = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));
    for (placement, name) in article.placements.iter().zip(["lead.jpg", "ambassador.jpg", "hospital.jpg"]) {
        let words = Words { alt: Some(format!("What {name} shows")), ..Words::default() };
        newsroom.attach(article.id, Slot::Placement { id: placement.id }, name, words);
    }
    newsroom.submit_and_approve(article.id);
    newsroom.publish(article.id);
    newsroom.works().await;
    article.id
}

fn export(desk: &Desk, id: ArticleId, file: &Path) -> Vec<u8> {
    let exported = desk.export_bundle(id, file, Existing::Replace).expect("a bundle");
    let bytes = fs::read(file).expect("its file");
    assert_eq!(exported.size, bytes.len() as u64);
    bytes
}

fn exported(newsroom: &Newsroom, id: ArticleId) -> Vec<u8> {
    export(&newsroom.desk, id, &newsroom.home.path().join("article.toasoan"))
}

fn take_in(desk: &Desk, bundle: &[u8], anyway: bool) -> desk::Result<TakenIn> {
    desk.take_in_bundle(Cursor::new(bundle), anyway)
}

fn entries(bundle: &[u8]) -> Entries {
    let mut archive = ZipArchive::new(Cursor::new(bundle)).expect("an archive");
    let mut entries = Entries::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        entries.push((entry.name().expect("a name").into_owned(), bytes));
    }
    entries
}

fn article_json(bundle: &[u8]) -> Value {
    let entries: BTreeMap<_, _> = entries(bundle).into_iter().collect();
    serde_json::from_slice(&entries["article.json"]).expect("it is JSON")
}

/// What two desks must say of one article; when it was last saved is each desk's own.
fn but_for_the_time(mut article: Value) -> Value {
    article["saved_at"] = Value::Null;
    article
}

fn pack(entries: &Entries) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let stays = name == "mimetype" || bytes.len() > 32 << 20;
        let method = if stays { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).expect("an entry");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Changes what a bundle says, as a sender could who knows the format: the content hash fits again.
fn retold(bundle: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut entries = entries(bundle);
    let (_, json) = entries.iter_mut().find(|(name, _)| name == "article.json").expect("the article");
    let mut article = serde_json::from_slice(json).expect("it is JSON");
    change(&mut article);
    if let Ok(document) = serde_json::from_value::<Document>(article["document"].clone()) {
        article["content_hash"] = json!(document.content_hash());
    }
    *json = serde_json::to_vec(&article).expect("it is JSON");
    pack(&entries)
}

fn replaced(bundle: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut entries = entries(bundle);
    entries
        .iter_mut()
        .filter(|(known, _)| known.starts_with(name))
        .for_each(|(_, old)| *old = bytes.to_vec());
    pack(&entries)
}

fn with(bundle: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut entries = entries(bundle);
    entries.push((name.to_owned(), bytes.to_vec()));
    pack(&entries)
}

fn without(bundle: &[u8], name: &str) -> Vec<u8> {
    pack(&entries(bundle).into_iter().filter(|(known, _)| !known.starts_with(name)).collect())
}

/// Changes bytes wherever they stand, in the lists of names too.
fn patched(bundle: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bundle.to_vec();
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn nothing_is_stored(newsroom: &Newsroom) -> bool {
    newsroom.desk.list().expect("the list").is_empty()
        && newsroom.desk.library().expect("the library").is_empty()
        && files_below(&newsroom.folder().join("pictures")).is_empty()
}

#[tokio::test]
async fn an_article_goes_to_another_desk_and_says_the_same_there() {
    let (here, there) = (Newsroom::open().await, Newsroom::open().await);
    let id = seed_article(&here).await;
    let bundle = exported(&here, id);

    let taken_in = draft(take_in(&there.desk, &bundle, false).expect("a draft"));

    let before = here.desk.show(id).expect("the article");
    assert_eq!((taken_in.id, &taken_in.fields, &taken_in.body), (id, &before.fields, &before.body));
    assert_eq!(taken_in.leftovers, before.leftovers);
    assert_eq!(words(&taken_in), words(&before));
    for name in ["lead.jpg", "ambassador.jpg", "hospital.jpg"] {
        assert!(
            taken_in
                .placements
                .iter()
                .any(|one| one.picture.as_ref().is_some_and(|p| p.hash == hash_of(name)))
        );
    }
    let again = exported(&there, id);
    assert_eq!(but_for_the_time(article_json(&again)), but_for_the_time(article_json(&bundle)));
    let files = |bundle: &[u8]| without_article(entries(bundle));
    assert_eq!(files(&again), files(&bundle));
    assert_eq!(files(&bundle)["source-page.txt"], fixture("pages/seed-ms.txt"));
}

fn without_article(entries: Entries) -> BTreeMap<String, Vec<u8>> {
    entries.into_iter().filter(|(name, _)| name != "article.json").collect()
}

fn words(article: &ArticleShown) -> Vec<[String; 4]> {
    let words = article
        .placements
        .iter()
        .map(|one| [one.caption.clone(), one.credit_line.clone(), one.alt.clone(), one.seen_as.clone()]);
    words.collect()
}

#[tokio::test]
async fn approval_and_publication_stay_at_their_desk() {
    let (here, there) = (Newsroom::open().await, Newsroom::open().await);
    let id = seed_article(&here).await;
    let sent = here.desk.show(id).expect("the article");
    assert!(!sent.publications.is_empty());

    let taken_in = draft(take_in(&there.desk, &exported(&here, id), false).expect("a draft"));

    assert_eq!(taken_in.stage, Stage::Draft);
    assert!(taken_in.publications.is_empty() && taken_in.jobs.is_empty() && taken_in.last_decision.is_none());
    assert!(!taken_in.may_publish);
}

#[tokio::test]
async fn the_same_article_makes_the_same_bytes_and_is_known_by_them() {
    let newsroom = Newsroom::open().await;
    let id = seed_article(&newsroom).await;
    let (one, other) = (newsroom.home.path().join("one.toasoan"), newsroom.home.path().join("holiday.jpg"));

    let bytes = export(&newsroom.desk, id, &one);
    newsroom.an_hour_passes();

    assert_eq!(export(&newsroom.desk, id, &other), bytes);
    assert!(bytes[30..].starts_with(b"mimetypeapplication/vnd.toasoan.article+zip"));
    assert!(bundle::is_bundle(&other) && !bundle::is_bundle(newsroom.home.path()));
    let there = Newsroom::open().await;
    assert_eq!(draft(there.desk.take_in_file(&other, false).expect("a draft")).id, id);
}

#[tokio::test]
async fn taken_in_twice_it_is_found_and_only_copied_when_asked_for() {
    let newsroom = Newsroom::open().await;
    let id = seed_article(&newsroom).await;
    let bundle = exported(&newsroom, id);

    let again = take_in(&newsroom.desk, &bundle, false).expect("an answer");
    assert!(matches!(again, TakenIn::OnTheDesk { id: there, .. } if there == id), "{again:?}");
    assert_eq!(newsroom.desk.list().expect("the list").len(), 1);
    let copy = draft(take_in(&newsroom.desk, &bundle, true).expect("a draft"));

    let first = newsroom.desk.show(id).expect("the first");
    assert_ne!(copy.id, id);
    assert_eq!((words(&copy), copy.placements.len()), (words(&first), 3));
    assert_eq!(first.stage, Stage::Approved);
    for (one, other) in copy.placements.iter().zip(&first.placements) {
        assert_ne!(one.id, other.id);
        let in_text = one.position == Position::InText;
        assert_eq!(copy.body.contains(&format!("![](photo:{})", one.id)), in_text);
        assert!(!copy.body.contains(&other.id.to_string()));
    }
}

#[tokio::test]
async fn another_article_from_the_same_source_is_found_too() {
    let (here, there) = (Newsroom::open().await, Newsroom::open().await);
    let bundle = exported(&here, seed_article(&here).await);
    let first = draft(there.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));

    let found = take_in(&there.desk, &bundle, false).expect("an answer");

    assert!(matches!(found, TakenIn::OnTheDesk { id, .. } if id == first.id), "{found:?}");
    assert_ne!(draft(take_in(&there.desk, &bundle, true).expect("a draft")).id, first.id);
}

#[tokio::test]
async fn words_of_the_library_follow_it_unless_this_one_says_something_else() {
    let here = Newsroom::open().await;
    let id = here.desk.new_article("vi").expect("an article").id;
    here.attach(id, Slot::Lead, "lead.jpg", Words::default());
    let told = |words: &str| Words { caption: Some(words.into()), ..Words::default() };
    here.desk.describe_picture(hash_of("lead.jpg"), &told("The market at dawn")).expect("its words");
    let bundle = exported(&here, id);
    let (empty, other) = (Newsroom::open().await, Newsroom::open().await);
    other.desk.take_in_picture(&photograph("lead.jpg"), "x.jpg").expect("a picture");
    other.desk.describe_picture(hash_of("lead.jpg"), &told("Boats")).expect("its words");

    for newsroom in [&empty, &other] {
        let article = draft(take_in(&newsroom.desk, &bundle, false).expect("a draft"));
        assert_eq!(article.placements[0].caption, "The market at dawn");
        newsroom.desk.describe_picture(hash_of("lead.jpg"), &told("Later")).expect("its words");
    }

    let caption =
        |newsroom: &Newsroom| newsroom.desk.show(id).expect("the article").placements[0].caption.clone();
    assert_eq!(caption(&empty), "Later");
    assert_eq!(caption(&other), "The market at dawn");
}

#[tokio::test]
async fn a_bundle_never_touches_what_is_on_the_desk() {
    let newsroom = Newsroom::open().await;
    let id = seed_article(&newsroom).await;
    let before = newsroom.desk.show(id).expect("the article");
    let stranger = ArticleId(uuid::Uuid::now_v7());
    let bundle = retold(&exported(&newsroom, id), |article| {
        article["article"] = json!(stranger);
        article["document"]["source_url"] = json!("");
        for place in article["document"]["placements"].as_array_mut().expect("a list") {
            place["caption"] = json!("stolen");
        }
    });

    let taken_in = draft(take_in(&newsroom.desk, &bundle, false).expect("a draft"));

    assert_eq!((taken_in.id, words(&taken_in)[0][0].as_str()), (stranger, "stolen"));
    let after = newsroom.desk.show(id).expect("the article");
    assert_eq!((words(&after), after.stage, after.edits), (words(&before), before.stage, before.edits));
}

#[tokio::test]
async fn what_no_desk_wrote_is_refused_in_a_sentence_and_nothing_is_stored() {
    let (here, there) = (Newsroom::open().await, Newsroom::open().await);
    let good = exported(&here, seed_article(&here).await);
    let picture = format!("pictures/{}.jpg", hash_of("lead.jpg"));
    let mut docx = ZipWriter::new(Cursor::new(Vec::new()));
    docx.start_file("word/document.xml", SimpleFileOptions::default()).expect("an entry");
    let mut link = ZipWriter::new_append(Cursor::new(good.clone())).expect("an archive");
    link.add_symlink("etc", "/etc", SimpleFileOptions::default()).expect("an entry");
    let spaces = vec![b' '; 4 << 20];
    let (open, close) = ("[".repeat(1 << 17), "]".repeat(1 << 17));
    let deep = format!(r#"{{"format": 1, "document": {{"x": {open}{close}}}}}"#);
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("another kind of archive", docx.finish().expect("an archive").into_inner(), "no article bundle"),
        (
            "an archive of nothing",
            b"PK\x05\x06".iter().copied().chain([0; 18]).collect(),
            "no article bundle",
        ),
        ("a newer one", retold(&good, |article| article["format"] = json!(3)), "newer"),
        ("cut off", good[..good.len() - 400].to_vec(), "damaged"),
        ("a picture that is another", replaced(&good, &picture, &photograph("hospital.jpg")), "damaged"),
        ("a page that is another", replaced(&good, "source-page", b"another page"), "damaged"),
        ("no picture", without(&good, &picture), "missing"),
        ("no article", without(&good, "article.json"), "missing"),
        ("a path out of it", with(&good, "../../escaped.html", b"x"), "belong"),
        ("a path from the root", with(&good, "/etc/cron.d/x", b"x"), "belong"),
        ("something hidden", with(&good, "pictures/extra.jpg", &photograph("lead.jpg")), "belong"),
        ("a folder", with(&good, "folder/", b""), "belong"),
        ("a link", link.finish().expect("an archive").into_inner(), "belong"),
        (
            "two of one name",
            patched(&with(&good, "article.jsoX", b"{}"), b"article.jsoX", b"article.json"),
            "belong",
        ),
        ("two names for one entry", patched_in_the_list(&good), "damaged"),
        ("more than can be listed", many(&good), "entries"),
        ("an article that bursts", replaced(&good, "article.json", &spaces), "burst"),
        ("a page that bursts", replaced(&good, "source-page", &vec![b'a'; 9 << 20]), "burst"),
        ("an article that is too large", replaced(&good, "article.json", &vec![b' '; 33 << 20]), "bytes"),
        ("JSON without a floor", replaced(&good, "article.json", deep.as_bytes()), "recursion limit"),
        ("no JSON", replaced(&good, "article.json", b"\xff\xfe"), "damaged"),
        ("a word too many", retold(&good, |article| article["stage"] = json!("approved")), "damaged"),
        ("an article that was changed", changed_by_hand(&good), "not the one that was exported"),
        ("two leads", retold(&good, |article| each_place(article, "position", &json!("lead"))), "two lead"),
        ("one id twice", retold(&good, one_id), "one id"),
        (
            "a picture nobody named",
            retold(&good, |article| each_place(article, "picture", &Value::Null)),
            "pictures",
        ),
        ("no picture at all", a_page_as_picture(&good), "not a picture but"),
        ("leftovers of nothing", retold(&good, |article| article["source_page"] = Value::Null), "leftovers"),
        ("no time", retold(&good, |article| article["created_at"] = json!("yesterday")), "damaged"),
    ];

    for (what, bundle, says) in table {
        let file = there.home.path().join("bundle");
        fs::write(&file, bundle).expect("a file");
        let refused = there.desk.take_in_file(&file, true).expect_err(what);
        let sentence = refused.to_string();
        assert!(matches!(refused, Error::Bundle(_)), "{what}: {sentence}");
        assert!(sentence.contains(says) && (20..400).contains(&sentence.len()), "{what}: {sentence}");
        assert!(nothing_is_stored(&there), "{what}");
    }
    assert!(!there.home.path().join("escaped.html").exists());
}

/// The list at the end names an entry otherwise than the entry itself does.
fn patched_in_the_list(bundle: &[u8]) -> Vec<u8> {
    let mut bytes = bundle.to_vec();
    let at = bytes.windows(12).rposition(|part| part == b"article.json").expect("the list");
    bytes[at..at + 12].copy_from_slice(b"article.jsoX");
    bytes
}

fn many(bundle: &[u8]) -> Vec<u8> {
    let more = (0..2000).map(|number| (format!("pictures/{number}"), Vec::new()));
    pack(&entries(bundle).into_iter().chain(more).collect())
}

fn changed_by_hand(bundle: &[u8]) -> Vec<u8> {
    let mut article = article_json(bundle);
    article["document"]["headline"] = json!("Another headline");
    replaced(bundle, "article.json", article.to_string().as_bytes())
}

fn each_place(article: &mut Value, name: &str, value: &Value) {
    for place in article["document"]["placements"].as_array_mut().expect("a list") {
        place[name] = value.clone();
    }
}

fn one_id(article: &mut Value) {
    for list in ["/document/placements", "/placements"] {
        let places = article.pointer_mut(list).and_then(Value::as_array_mut).expect("a list");
        let id = places[0]["id"].clone();
        places.iter_mut().for_each(|place| place["id"] = id.clone());
    }
}

/// A web page under its own hash, said to be a JPEG.
fn a_page_as_picture(bundle: &[u8]) -> Vec<u8> {
    let page = b"<html><script>alert(1)</script></html>";
    let (old, new) = (hash_of("lead.jpg").to_string(), domain::ids::Hash::of(page).to_string());
    let retold = retold(bundle, |article| {
        *article = serde_json::from_str(&article.to_string().replace(&old, &new)).expect("it is JSON");
    });
    let mut entries = entries(&retold);
    for (name, bytes) in &mut entries {
        if name.contains(&old) {
            (*name, *bytes) = (name.replace(&old, &new), page.to_vec());
        }
    }
    pack(&entries)
}

/// A small generator of numbers, the same at every run (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("it is below")
    }
}

#[tokio::test]
async fn whatever_happens_to_its_bytes_it_is_whole_or_refused() {
    let (here, there) = (Newsroom::open().await, Newsroom::open().await);
    let id = here.ready_article();
    let good = exported(&here, id);
    let said = but_for_the_time(article_json(&good));
    let picture = hash_of("lead.jpg");
    let mut chance = Chance(42);
    let mut refused = 0;

    for round in 0..600 {
        let mut bytes = good.clone();
        // Most of the bytes are the picture's: what is around it is where the reader can be led astray.
        let edges = [chance.below(4000), bytes.len() - 1 - chance.below(1200), chance.below(bytes.len())];
        for _ in 0..=round % 3 {
            bytes[edges[round % 3]] ^= 1 << chance.below(8);
        }
        if round % 5 == 0 {
            bytes.truncate(edges[(round / 5) % 3]);
        }
        match take_in(&there.desk, &bytes, true) {
            Ok(taken_in) => {
                // The damage was where nothing is said: the article is whole.
                let article = draft(taken_in);
                let copy = article_json(&exported(&there, article.id));
                assert_eq!(copy["document"]["headline"], said["document"]["headline"], "round {round}");
                assert_eq!(article.placements[0].picture.as_ref().map(|one| one.hash), Some(picture));
            }
            Err(error) => {
                refused += 1;
                assert!(matches!(error, Error::Bundle(_)), "round {round}: {error:?}");
            }
        }
    }

    let stored = there.desk.list().expect("the list").len();
    assert_eq!(stored + refused, 600);
    assert!(refused > 500, "{refused}");
    assert!(files_below(&there.folder().join("pictures")).len() <= 1);
}

#[tokio::test]
async fn whatever_is_done_to_its_words_the_article_is_the_one_that_was_exported_or_refused() {
    let (here, there) = (Newsroom::open().await, Newsroom::open().await);
    let good = exported(&here, here.ready_article());
    let said = article_json(&good);
    let json = said.to_string().into_bytes();
    let mut chance = Chance(43);
    let mut refused = 0;

    for round in 0..150 {
        let mut changed = json.clone();
        let at = chance.below(changed.len());
        match round % 3 {
            0 => changed[at] ^= 1 << chance.below(8),
            1 => changed.truncate(at),
            _ => drop(changed.remove(at)),
        }
        match take_in(&there.desk, &replaced(&good, "article.json", &changed), true) {
            Ok(taken_in) => {
                let copy = article_json(&exported(&there, draft(taken_in).id));
                assert_eq!(copy["document"]["headline"], said["document"]["headline"], "round {round}");
                assert_eq!(copy["document"]["body"], said["document"]["body"], "round {round}");
            }
            Err(error) => {
                refused += 1;
                assert!(matches!(error, Error::Bundle(_)), "round {round}: {error:?}");
            }
        }
    }

    assert_eq!(there.desk.list().expect("the list").len() + refused, 150);
    assert!(refused > 100, "{refused}");
}

#[tokio::test]
async fn what_cannot_be_exported_leaves_no_file() {
    let newsroom = Newsroom::open().await;
    let (desk, home) = (&newsroom.desk, newsroom.home.path().join("out"));
    fs::create_dir(&home).expect("a folder");
    let id = newsroom.ready_article();
    let file = home.join("article.toasoan");
    let refused = |id, file: &Path| desk.export_bundle(id, file, Existing::Keep).expect_err("it is refused");

    assert!(matches!(refused(ArticleId(uuid::Uuid::nil()), &file), Error::Store(store::Error::NoArticle(_))));
    assert!(matches!(refused(id, &home), Error::NotAFile(_)));
    let nowhere = refused(id, &home.join("nowhere/article.toasoan")).to_string();
    assert!(nowhere.contains("nowhere/article.toasoan cannot be written"), "{nowhere}");
    let kept = files_below(&newsroom.folder().join("pictures"));
    let whole = fs::read(&kept[0]).expect("the picture");
    fs::write(&kept[0], &whole[1..]).expect("a bad disk");
    assert!(matches!(refused(id, &file), Error::Bundle(Refused::PictureAltered(_))));
    fs::remove_file(&kept[0]).expect("a bad hand");
    assert!(matches!(refused(id, &file), Error::Vault(_)));
    assert_eq!(files_below(&home), Vec::<PathBuf>::new());

    fs::write(&kept[0], whole).expect("a good disk");
    fs::write(&file, "somebody's").expect("a file");
    assert!(refused(id, &file).to_string().contains("there already"));
    assert_eq!(fs::read(&file).expect("the file"), b"somebody's");
    export(desk, id, &file);
    assert_eq!(files_below(&home), [file]);
}

#[tokio::test]
async fn a_second_start_hands_its_file_to_the_window_that_is_there() {
    let newsroom = Newsroom::open().await;
    let desk = std::sync::Arc::clone(&newsroom.desk);
    let file = PathBuf::from("/home/lan/Tải về/bài.toasoan");
    let wanted = file.clone();

    let second = thread::spawn(move || desk.hand_over(&wanted, Duration::from_secs(20)));
    let mut opened = Vec::new();
    while opened.is_empty() {
        opened = newsroom.desk.handed_over().expect("what was handed over");
        thread::sleep(Duration::from_millis(5));
    }

    assert_eq!(opened, [file]);
    assert!(second.join().expect("it ends").expect("an answer"));
    assert!(newsroom.desk.handed_over().expect("nothing more").is_empty());
}

#[tokio::test]
async fn where_no_window_answers_the_second_start_says_so_and_nothing_opens_later() {
    let newsroom = Newsroom::open().await;

    let taken = newsroom.desk.hand_over(Path::new("/x.toasoan"), Duration::from_millis(250));

    assert!(!taken.expect("an answer"));
    assert!(newsroom.desk.handed_over().expect("nothing").is_empty());
}
