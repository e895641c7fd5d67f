//! Whatever an article says, it goes through a file to another desk and says the same there.

use std::{
    fs,
    io::{Cursor, Read as _},
};

use desk::{
    Words,
    bundle::Existing,
    window::{PlacementAsked, Slot},
};
use domain::ids::ArticleId;
use serde_json::Value;
use zip::ZipArchive;

use crate::newsroom::{Newsroom, WORD_FIELDS, draft, hash_of};

const ROUNDS: u64 = 12;
const PHOTOGRAPHS: [&str; 3] = ["lead.jpg", "ambassador.jpg", "hospital.jpg"];
/// What words are made of: letters of many scripts, marks of Markdown, JSON and YAML, signs that show nothing.
const PIECES: [&str; 22] = [
    "mưa",
    "Đường",
    "ễ",
    "e\u{302}\u{301}",
    "السلام",
    "中文",
    "ไทย",
    "🙂",
    "\u{202e}",
    "\u{200b}",
    "\"",
    "\\",
    "---",
    "# ",
    "*",
    "[x](y)",
    "<script>",
    "&amp;",
    "\n",
    "\t",
    ": ",
    "![](photo:0)",
];

/// A small generator of numbers, the same at every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("it is below")
    }

    fn words(&mut self, at_most: usize) -> String {
        let count = self.below(at_most + 1);
        (0..count).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    fn perhaps(&mut self, at_most: usize) -> Option<String> {
        (self.below(2) == 0).then(|| self.words(at_most))
    }

    fn of_a_picture(&mut self) -> Words {
        Words { caption: self.perhaps(9), credit_line: self.perhaps(4), alt: self.perhaps(9) }.normalised()
    }
}

/// An article of chance: fields, text, pictures above it, in it and nowhere yet, with words of its own or the library's.
fn any_article(newsroom: &Newsroom, chance: &mut Chance) -> ArticleId {
    let id = newsroom.desk.new_article("vi").expect("an article").id;
    let words: Vec<(&str, String)> = WORD_FIELDS.iter().map(|field| (*field, chance.words(12))).collect();
    let body = (0..chance.below(30)).map(|_| chance.words(20) + "\n\n").collect::<String>();
    let given: Vec<(&str, &str)> = words.iter().map(|(field, words)| (*field, words.as_str())).collect();
    newsroom.set(id, &given);
    newsroom.set(
        id,
        &[("body", &body), ("source_date", "2024-02-29"), ("schedule", "2030-01-01T06:00:00+07:00")],
    );
    for at in 0..chance.below(5) {
        let name = PHOTOGRAPHS[chance.below(PHOTOGRAPHS.len())];
        let slot = if at == 0 && chance.below(2) == 0 { Slot::Lead } else { Slot::InText { after_line: 0 } };
        let shown = newsroom.attach(id, slot, name, chance.of_a_picture());
        if chance.below(4) == 0 {
            let place = shown.placements.last().expect("a place").id;
            newsroom
                .desk
                .take_out_picture(&PlacementAsked { article: id, placement: place })
                .expect("a wanted picture");
        }
        newsroom.desk.describe_picture(hash_of(name), &chance.of_a_picture()).expect("its words");
    }
    id
}

fn said(newsroom: &Newsroom, id: ArticleId) -> (Vec<u8>, Value) {
    let file = newsroom.home.path().join("article.toasoan");
    newsroom.desk.export_bundle(id, &file, Existing::Replace).expect("a bundle");
    let bytes = fs::read(file).expect("its file");
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
    let article = archive.by_name("article.json").expect("the article");
    let mut article: Value = serde_json::from_reader(article).expect("JSON");
    article["saved_at"] = Value::Null; // each desk's own
    (bytes, article)
}

#[tokio::test]
async fn any_article_says_the_same_on_another_desk() {
    let there = Newsroom::open().await;
    for seed in 1..=ROUNDS {
        let here = Newsroom::open().await; // a library of its own each time
        let id = any_article(&here, &mut Chance(seed * 7919));
        let (bundle, sent) = said(&here, id);

        let arrived = draft(there.desk.take_in_bundle(Cursor::new(&bundle), true).expect("a draft"));

        let (again, told) = said(&there, arrived.id);
        assert_eq!(told["document"], sent["document"], "seed {seed}");
        assert_eq!(told["content_hash"], sent["content_hash"], "seed {seed}");
        let copy = draft(there.desk.take_in_bundle(Cursor::new(&again), true).expect("a copy"));
        assert_eq!(copy.fields, arrived.fields, "seed {seed}");
        let told: Vec<_> =
            copy.placements.iter().map(|place| (&place.caption, &place.credit_line, &place.alt)).collect();
        let sent: Vec<_> =
            arrived.placements.iter().map(|place| (&place.caption, &place.credit_line, &place.alt)).collect();
        assert_eq!(told, sent, "seed {seed}");
    }
}

#[tokio::test]
async fn anybody_reads_it_with_its_pictures_and_their_words() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    let (bundle, _) = said(&newsroom, id);
    let mut archive = ZipArchive::new(Cursor::new(&bundle)).expect("an archive");
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        archive.by_name(name).expect(name).read_to_end(&mut bytes).expect("its bytes");
        bytes
    };

    let text = String::from_utf8(read("readable/article.md")).expect("text");
    let words = media::metadata::read(&read("readable/01.jpg")).words;

    assert!(
        text.contains("# Chợ nổi mở lại sau mùa nước\n")
            && text.contains("](01.jpg)\n\n*Chợ nổi lúc rạng sáng* (Ngọc Lam)"),
        "{text}"
    );
    assert!(text.contains("source_url: \"https://binhminh.example.vn/cho-noi-post100001.html\"\n"), "{text}");
    assert_eq!((words.caption.as_str(), words.credit_line.as_str()), ("Chợ nổi lúc rạng sáng", "Ngọc Lam"));
    assert_eq!(words.alt, "Những chiếc thuyền chở rau trên sông");
}
