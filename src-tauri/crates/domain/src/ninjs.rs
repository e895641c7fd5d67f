//! An article as ninjs 3.1, IPTC's exchange format for news in JSON (`docs/ninjs.md` has the table). Only properties of the
//! standard are written, so that whoever reads ninjs reads it; what has no place there is left to the bundle.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use url::Url;

use crate::{
    document::Document,
    ids::{ArticleId, Hash, PlacementId, StoryId},
    markdown::{self, Figures, Rendered, embed::Embed, word_count},
    picture::{Picture, PictureKind},
    placement::{Placement, Position},
};

/// What is known of an article besides its document. Times are RFC 3339, UTC.
pub struct About {
    pub article: ArticleId,
    pub story: StoryId,
    pub translated_from: Option<ArticleId>,
    pub created_at: String,
    pub saved_at: String,
    /// Counts saves.
    pub edits: u32,
    /// Until when it is under embargo.
    pub embargoed_until: Option<String>,
    /// When the source paper published it: the beginning of the day.
    pub content_created: Option<String>,
    /// It may be used: nobody holds it.
    pub is_usable: bool,
}

/// Returns the article; `pictures` are those of its placements.
#[must_use]
pub fn item(document: &Document, about: &About, pictures: &[Picture]) -> Value {
    let fields = &document.fields;
    let mut item = Item::new(&urn(about.article));
    item.put("standard", json!({ "name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#" }));
    item.put("type", "text".into());
    item.put("representationType", "full".into());
    item.put("version", about.edits.to_string().into());
    item.put("firstCreated", about.created_at.clone().into());
    item.put("versionCreated", about.saved_at.clone().into());
    item.put("pubStatus", if about.is_usable { "usable" } else { "withheld" }.into());
    item.text("language", &fields.language);
    item.text("title", &fields.headline);
    item.text("slugline", &fields.slugline);
    item.text("located", &fields.dateline);
    item.text("by", &fields.byline);
    item.text("edNote", &fields.ed_note);
    item.text("embargoedUntil", about.embargoed_until.as_deref().unwrap_or_default());
    item.text("contentCreated", about.content_created.as_deref().unwrap_or_default());
    item.list(
        "headlines",
        [("main", &fields.headline), ("kicker", &fields.kicker), ("original", &fields.original_headline)]
            .map(|(role, value)| worded(role, value)),
    );
    item.list("descriptions", [worded("summary", &fields.standfirst)]);
    item.list("bodies", bodies(document));
    item.list("infoSources", sources(document));
    item.list("subjects", subjects(document));
    item.list("altIds", ids(document, about));
    item.list("associations", associations(document, about, pictures));
    item.whole()
}

/// Members that say something.
struct Item(Map<String, Value>);

impl Item {
    fn new(uri: &str) -> Self {
        Self(Map::from_iter([("uri".to_owned(), uri.into())]))
    }

    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn text(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            self.put(name, words.into());
        }
    }

    fn list(&mut self, name: &str, values: impl IntoIterator<Item = Option<Value>>) {
        let values: Vec<Value> = values.into_iter().flatten().collect();
        if !values.is_empty() {
            self.put(name, values.into());
        }
    }

    fn whole(self) -> Value {
        Value::Object(self.0)
    }
}

fn worded(role: &str, value: &str) -> Option<Value> {
    (!value.is_empty()).then(|| json!({ "role": role, "contentType": "text/plain", "value": value }))
}

/// The Markdown as it was written, and the same as HTML: in both a picture stands where its association names it.
fn bodies(document: &Document) -> [Option<Value>; 2] {
    let Rendered { blocks, words, .. } = markdown::render(&document.body, &Referred(document));
    let html: String = blocks.into_iter().map(|block| block.html).collect();
    let body = |kind: &str, value: &str| {
        (!value.is_empty()).then(|| {
            json!({
                "role": "main", "contentType": kind, "value": value,
                "charCount": words.chars().count(), "wordCount": word_count(&words),
            })
        })
    };
    [body("text/markdown", &document.body), body("text/html", &html)]
}

/// Pictures by the addresses of their associations; cards of videos and posts as the page has them.
struct Referred<'a>(&'a Document);

impl Figures for Referred<'_> {
    fn figure(&self, placement: PlacementId) -> String {
        let Some(place) = self.0.placement(placement) else { return String::new() };
        // Caption and credit are the association's: an address is hexadecimal or a UUID, and needs no escaping.
        format!("<figure id=\"{}\"><img src=\"{}\"></figure>\n", place.id, picture_uri(place))
    }

    fn not_taken_in(&self, _address: &str) -> String {
        String::new()
    }

    fn embed(&self, embed: &Embed<'_>) -> String {
        embed.html("")
    }
}

/// Who wrote it before us, and who else worked on it.
fn sources(document: &Document) -> [Option<Value>; 5] {
    let fields = &document.fields;
    [
        ("source", &fields.source_paper),
        ("translator", &fields.translator),
        ("editor", &fields.editor),
        ("desk", &fields.desk),
        ("signOff", &fields.sign_off),
    ]
    .map(|(role, name)| (!name.is_empty()).then(|| json!({ "role": role, "name": name })))
}

fn subjects(document: &Document) -> Vec<Option<Value>> {
    let code = &document.fields.category_code;
    let category = (!code.is_empty()).then(|| json!({ "rel": "category", "literal": code }));
    let keywords =
        document.fields.keywords.iter().map(|word| Some(json!({ "rel": "keyword", "name": word })));
    std::iter::once(category).chain(keywords).collect()
}

fn ids(document: &Document, about: &About) -> [Option<Value>; 4] {
    [
        ("story", urn(about.story)),
        ("contentHash", document.content_hash().to_string()),
        ("foreignId", document.fields.foreign_id.clone()),
        ("urlSlug", document.fields.url_slug.clone()),
    ]
    .map(|(role, value)| (!value.is_empty()).then(|| json!({ "role": role, "value": value })))
}

/// What it was taken over or translated from, and its pictures.
fn associations(document: &Document, about: &About, pictures: &[Picture]) -> Vec<Option<Value>> {
    let fields = &document.fields;
    let name =
        if fields.original_headline.is_empty() { &fields.source_paper } else { &fields.original_headline };
    let taken_over = Url::parse(&fields.source_url).ok().map(|url| {
        json!({ "name": name, "uri": url.as_str(), "rel": "takenOverFrom", "type": "text", "representationType": "partial" })
    });
    let translated = about.translated_from.map(|original| {
        json!({ "name": "original", "uri": urn(original), "rel": "translationOf", "type": "text", "representationType": "partial" })
    });
    let placed = document.placements.iter().map(|place| Some(placed(document, place, pictures)));
    [taken_over, translated].into_iter().chain(placed).collect()
}

/// A picture in its place, with the words it has there.
fn placed(document: &Document, place: &Placement, pictures: &[Picture]) -> Value {
    let picture = pictures.iter().find(|picture| Some(picture.hash) == place.picture);
    let rel = match place.position {
        Position::Lead => "lead",
        Position::InText => "inText",
        Position::Gallery => "gallery",
    };
    let mut item = Item::new(&picture_uri(place));
    item.put("name", place.id.to_string().into());
    item.put("rel", rel.into());
    item.put("type", "picture".into());
    item.put("pubStatus", if picture.is_some() { "usable" } else { "withheld" }.into());
    item.text("language", &document.fields.language);
    item.list("descriptions", [worded("caption", &place.caption), worded("alternative", &place.alt)]);
    item.list("altIds", [Some(json!({ "role": "placement", "value": place.id.to_string() }))]);
    let source = picture.map(|picture| picture.words.picture_source.as_str()).unwrap_or_default();
    item.list(
        "infoSources",
        [("credit", place.credit_line.as_str()), ("source", source)]
            .map(|(role, name)| (!name.is_empty()).then(|| json!({ "role": role, "name": name }))),
    );
    if let Some(picture) = picture {
        of_the_file(&mut item, picture);
    }
    item.whole()
}

/// What the library holds of the file, in the standard's words.
fn of_the_file(item: &mut Item, picture: &Picture) {
    let words = &picture.words;
    item.text("by", &words.creator);
    item.text("copyrightNotice", &words.copyright_notice);
    item.text("usageTerms", &words.usage_terms);
    item.text("edNote", &words.instructions);
    item.text("located", &words.place);
    item.text("title", &words.headline);
    if !words.digital_source_type.is_empty() {
        let name = if Url::parse(&words.digital_source_type).is_ok() { "uri" } else { "literal" };
        item.put("digitalSourceType", json!({ name: words.digital_source_type }));
    }
    item.put(
        "renditions",
        json!([{
            "name": "original", "contentType": content_type(picture.kind),
            "width": picture.width, "height": picture.height, "sizeInBytes": picture.size,
        }]),
    );
}

fn content_type(kind: PictureKind) -> &'static str {
    match kind {
        PictureKind::Jpeg => "image/jpeg",
        PictureKind::Png => "image/png",
        PictureKind::Webp => "image/webp",
    }
}

/// A picture is named by its bytes (RFC 6920), one that is wanted by its place.
fn picture_uri(place: &Placement) -> String {
    place.picture.map_or_else(|| urn(place.id), named_by_bytes)
}

fn named_by_bytes(hash: Hash) -> String {
    format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(hash.0))
}

fn urn(id: impl std::fmt::Display) -> String {
    format!("urn:uuid:{id}")
}
