//! ninjs: what other programs get of an article is of the standard, and says every part.

use std::{env, fs, path::Path};

use desk::{Error, Words, bundle::Existing, window::Slot};
use domain::{ids::ArticleId, stage::Step};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::newsroom::{Newsroom, WORD_FIELDS, draft, fixture, hash_of};

/// The properties of the standard that are written: docs/ninjs.schema.json. Where `NINJS_SCHEMA` names IPTC's own file
/// (ninjs-schema_3.1.json), that too.
fn schemas() -> Vec<Validator> {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/ninjs.schema.json");
    let theirs = env::var("NINJS_SCHEMA").ok();
    let files = [Some(ours.to_owned()), theirs].into_iter().flatten();
    files
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
            // It names the schema of GeoJSON elsewhere, which nothing of ours has.
            let text =
                text.replace("https://geojson.org/schema/GeoJSON.json#", "#/$defs/truncatedDateTimeType");
            let schema: Value = serde_json::from_str(&text).expect("JSON");
            jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
        })
        .collect()
}

fn is_of_the_standard(item: &Value) {
    for schema in schemas() {
        let errors: Vec<String> =
            schema.iter_errors(item).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{item:#}");
    }
}

fn seed_article(newsroom: &Newsroom) -> ArticleId {
    let article = draft(newsroom.desk.take_in(&fixture("pages/seed-ms.txt"), false).expect("a draft"));
    for (placement, name) in article.placements.iter().zip(["lead.jpg", "ambassador.jpg"]) {
        let words = Words { alt: Some(format!("What {name} shows")), ..Words::default() };
        newsroom.attach(article.id, Slot::Placement { id: placement.id }, name, words);
    }
    article.id
}

fn role<'v>(list: &'v Value, name: &str, role: &str) -> &'v Value {
    let found = list.as_array().and_then(|list| list.iter().find(|one| one[name] == role));
    found.unwrap_or_else(|| panic!("no {role} in {list:#}"))
}

#[tokio::test]
async fn the_seed_article_is_of_the_standard_and_says_every_part_once() {
    let newsroom = Newsroom::open().await;
    let id = seed_article(&newsroom);
    let shown = newsroom.desk.show(id).expect("the article");

    let item = newsroom.desk.ninjs(id).expect("an item");

    is_of_the_standard(&item);
    assert_eq!((&item["uri"], &item["language"]), (&json!(format!("urn:uuid:{id}")), &json!("ms")));
    assert_eq!(role(&item["headlines"], "role", "main")["value"], shown.fields.headline);
    assert_eq!(role(&item["descriptions"], "role", "summary")["value"], shown.fields.standfirst);
    assert_eq!(role(&item["infoSources"], "role", "source")["name"], shown.fields.source_paper);
    assert_eq!(role(&item["bodies"], "contentType", "text/markdown")["value"], shown.body);
    assert_eq!(item["contentCreated"], format!("{}T00:00:00Z", shown.fields.source_date));
    let from = role(&item["associations"], "rel", "takenOverFrom");
    assert_eq!(from["uri"], shown.fields.source_url);
    for (at, place) in shown.placements.iter().enumerate() {
        let told = role(&item["associations"], "name", &place.id.to_string());
        assert_eq!(role(&told["descriptions"], "role", "caption")["value"], place.caption);
        assert_eq!(role(&told["infoSources"], "role", "credit")["name"], place.credit_line);
        assert_eq!(told["pubStatus"], if at < 2 { "usable" } else { "withheld" });
    }
    let html = role(&item["bodies"], "contentType", "text/html")["value"].as_str().expect("HTML");
    let in_text = shown.placements.iter().filter(|place| place.picture.is_some()).skip(1);
    for place in in_text {
        let told = role(&item["associations"], "name", &place.id.to_string());
        assert!(html.contains(&format!("<img src={}>", told["uri"])), "{html}");
    }
}

#[tokio::test]
async fn whatever_stands_in_its_fields_it_is_of_the_standard() {
    let newsroom = Newsroom::open().await;
    let empty = newsroom.desk.new_article("vi").expect("an article").id;
    let full = newsroom.ready_article();
    let hostile = "<b>\"Câu\"</b> & \u{202e}\u{7} 🙂";
    newsroom.set(full, &WORD_FIELDS.map(|name| (name, hostile)));
    newsroom.set(full, &["source_url", "foreign_id", "body"].map(|name| (name, hostile)));
    newsroom.set(full, &[("embargo", "2026-11-23T18:00:00+07:00"), ("source_date", "2024-02-29")]);
    newsroom.desk.describe_picture(hash_of("lead.jpg"), &Words::default()).expect("its words");

    for id in [empty, full] {
        is_of_the_standard(&newsroom.desk.ninjs(id).expect("an item"));
    }

    let item = newsroom.desk.ninjs(full).expect("an item");
    assert_eq!(item["embargoedUntil"], "2026-11-23T11:00:00Z");
    assert_eq!(role(&item["infoSources"], "role", "translator")["name"], hostile.trim());
    assert!(
        item["associations"].as_array().expect("pictures").iter().all(|one| one["rel"] != "takenOverFrom")
    );
}

#[tokio::test]
async fn what_is_held_may_not_be_used() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    assert_eq!(newsroom.desk.ninjs(id).expect("an item")["pubStatus"], "usable");

    newsroom.desk.take_step_now(id, Step::Hold).expect("held");

    assert_eq!(newsroom.desk.ninjs(id).expect("an item")["pubStatus"], "withheld");
}

#[tokio::test]
async fn it_is_written_whole_or_not_at_all() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    let file = newsroom.home.path().join("a.ninjs.json");

    let size = newsroom.desk.export_ninjs(id, &file, Existing::Keep).expect("a file");

    let text = fs::read_to_string(&file).expect("text");
    assert_eq!(text.len() as u64, size);
    assert_eq!(
        serde_json::from_str::<Value>(&text).expect("JSON"),
        newsroom.desk.ninjs(id).expect("an item")
    );
    let again = newsroom.desk.export_ninjs(id, &file, Existing::Keep).expect_err("it is there");
    assert!(again.to_string().contains("there already"), "{again}");
    let name = newsroom.desk.ninjs_name(id).expect("a name");
    assert!(name.starts_with("cho-noi-mo-lai-sau-mua-nuoc") && name.ends_with(".ninjs.json"), "{name}");
    let gone = newsroom.desk.export_ninjs(ArticleId(uuid::Uuid::nil()), Path::new("x"), Existing::Keep);
    assert!(matches!(gone, Err(Error::Store(store::Error::NoArticle(_)))), "{gone:?}");
}
