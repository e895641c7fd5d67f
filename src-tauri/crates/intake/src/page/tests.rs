use std::{collections::HashMap, path::PathBuf};

use serde_json::Value;
use uuid::Uuid;

use super::*;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/pages"))
}

fn taken(page: &[u8]) -> Result<TakenIn, Error> {
    let mut number = 0;
    read(page, &mut || {
        number += 1;
        PlacementId(Uuid::from_u128(number))
    })
}

#[test]
fn the_seed_page_becomes_a_draft_with_every_part_in_its_field() {
    let page = taken(include_bytes!("../../../../../tests/fixtures/pages/seed-ms.txt")).expect("a draft");

    let fields = &page.fields;
    assert_eq!(fields.language, "ms");
    assert_eq!(
        fields.headline,
        "Sweden dan Vietnam bekerjasama untuk mempromosikan inovasi dalam penjagaan kesihatan."
    );
    assert!(
        fields.standfirst.starts_with("Pada 11 Disember, di Hanoi,")
            && fields.standfirst.ends_with("mampan.")
    );
    assert_eq!((fields.source_paper.as_str(), fields.source_date.as_str()), ("Báo Nhân dân", "2025-12-11"));
    assert_eq!(
        fields.source_url,
        "https://nhandan.vn/thuy-dien-va-viet-nam-hop-tac-thuc-day-doi-moi-sang-tao-trong-y-te-post929488.html"
    );
    assert_eq!(fields.foreign_id, "929488");
    let pictures: Vec<_> = page
        .wanted
        .iter()
        .map(|w| (w.position, w.caption.as_str(), w.credit_line.as_str(), w.seen_as.as_str()))
        .collect();
    assert_eq!(
        pictures,
        [
            (
                Position::Lead,
                "Persidangan yang diadakan di Hanoi itu menarik sejumlah besar delegasi dari Vietnam dan Sweden, serta rakan kongsi lain.",
                "PV",
                ""
            ),
            (Position::InText, "Duta Sweden ke Vietnam, Encik Johan Ndisi.", "PV", "vntd1.jpg"),
            (
                Position::InText,
                "Hospital Kanak-Kanak Nasional, simbol kerjasama perubatan Vietnam-Sweden",
                "laman web Hospital Kanak-kanak Nasional Hanoi",
                "bvnhi.jpg"
            ),
        ]
    );
    assert_eq!(page.body.trim().split("\n\n").count(), 12, "{}", page.body);
    assert_eq!(page.leftovers.iter().filter(|l| l.why == domain::leftover::Why::FileName).count(), 2);
    assert!(page.leftovers.iter().any(|l| l.why == domain::leftover::Why::Comments && l.text == "Komen (0)"));
    assert!(
        page.leftovers
            .iter()
            .any(|l| l.why == domain::leftover::Why::Related && l.text == "Dalam kategori yang sama")
    );
}

/// Every page of the folder has beside it what an editor would make of it.
#[test]
fn pages_of_the_kind_are_taken_apart_as_an_editor_would() {
    let mut wrong = Vec::new();
    let mut pages = 0;
    for (name, bytes, want) in expected() {
        pages += 1;
        match taken(&bytes) {
            Ok(page) => wrong.extend(differences(&name, &page, &want)),
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(pages >= 10, "only {pages} pages");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn expected() -> Vec<(String, Vec<u8>, Value)> {
    let mut found: Vec<_> = std::fs::read_dir(folder())
        .expect("the pages")
        .map(|entry| entry.expect("a page").path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "json"))
        .map(|path| {
            let want = std::fs::read_to_string(path.with_extension("json")).expect("what is expected of it");
            (
                path.file_name().expect("its name").to_string_lossy().into_owned(),
                std::fs::read(&path).expect("the page"),
                serde_json::from_str(&want).expect("JSON"),
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn differences(name: &str, page: &TakenIn, want: &Value) -> Vec<String> {
    let fields = serde_json::to_value(&page.fields).expect("fields");
    let mut wrong = Vec::new();
    for (field, value) in want["fields"].as_object().expect("fields") {
        if fields[field] != *value {
            wrong.push(format!("{name}: {field} is {}, not {value}", fields[field]));
        }
    }
    let pictures: Vec<Value> = page
        .wanted
        .iter()
        .map(|w| serde_json::json!([w.position, w.caption, w.credit_line, w.alt]))
        .collect();
    if want["pictures"] != Value::Array(pictures.clone()) {
        wrong.push(format!("{name}: pictures are {pictures:#?}"));
    }
    let blocks = page.body.trim().split("\n\n").filter(|block| !block.starts_with("![](")).count();
    if want["blocks"] != blocks {
        wrong.push(format!("{name}: {blocks} blocks of text, not {}\n{}", want["blocks"], page.body));
    }
    wrong
}

#[test]
fn nothing_of_a_page_vanishes_and_nothing_is_doubled() {
    for (name, bytes, _) in expected() {
        let page = taken(&bytes).expect("a draft");
        let text = charset::decoded(&bytes).expect("text");
        let lines =
            if html::looks_like(&text) { html::lines(&text).expect("lines").0 } else { text::lines(&text) };

        let mut had = words(lines.iter().map(|line| line.plain.as_str()));
        let dates = [page.fields.source_date.clone()];
        let fields = &page.fields;
        let texts = [&fields.headline, &fields.standfirst, &fields.source_paper, &fields.source_url];
        let body = domain::markdown::plain_text(&page.body);
        let pictures = page.wanted.iter().flat_map(|w| [&w.caption, &w.credit_line, &w.alt]);
        let got = words(
            texts
                .into_iter()
                .map(String::as_str)
                .chain([body.as_str()])
                .chain(pictures.map(String::as_str))
                .chain(page.leftovers.iter().map(|l| l.text.as_str())),
        );
        for (word, count) in got {
            let rest = had.entry(word.clone()).or_default();
            assert!(
                *rest >= count || word.contains("http"),
                "{name}: “{word}” is there more often than on the page"
            );
            *rest -= count.min(*rest);
        }
        // What is missing may only be labels, separators, and the day's own digits.
        let labels = |word: &str| {
            word.chars().count() <= 2
                || word.chars().all(|c| c.is_ascii_digit())
                || is_label(word)
                || dates[0].contains(word)
        };
        let missing: Vec<_> = had.iter().filter(|(word, count)| **count > 0 && !labels(word)).collect();
        let doubled_paper = words([fields.source_paper.as_str()].into_iter());
        let missing: Vec<_> = missing
            .into_iter()
            .filter(|(word, _)| !doubled_paper.keys().any(|paper| word.contains(paper.as_str())))
            .collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}

fn is_label(word: &str) -> bool {
    let lower = word.to_lowercase();
    [
        "sumber",
        "nguồn",
        "source",
        "photo",
        "foto",
        "ảnh",
        "gambar",
        "出典",
        "来源",
        "写真",
        "tháng",
        "ngày",
        "năm",
        "crédit",
        "gmt",
        "disember",
        "décembre",
        "摄",
        "fotos",
        "credit",
        "hiasan",
        "图源",
        "ihsan",
    ]
    .iter()
    .any(|label| lower == *label)
}

fn words<'t>(texts: impl Iterator<Item = &'t str>) -> HashMap<String, usize> {
    let mut counted = HashMap::new();
    for text in texts {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *counted.entry(word.to_owned()).or_default() += 1;
        }
    }
    counted
}

#[test]
fn the_same_page_is_understood_however_it_was_copied() {
    let seed = include_str!("../../../../../tests/fixtures/pages/seed-ms.txt");
    let want = taken(seed.as_bytes()).expect("a draft");
    let without_blank_lines: String =
        seed.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\r\n")).collect();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(seed.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let with_mark = format!("\u{feff}{seed}");
    let in_pieces: String = unicode_normalization::UnicodeNormalization::nfd(seed).collect();

    for copy in [without_blank_lines.as_bytes(), &utf16, with_mark.as_bytes(), in_pieces.as_bytes()] {
        assert_eq!(taken(copy), Ok(want.clone()));
    }
}

#[test]
fn what_is_no_article_is_refused_in_a_sentence() {
    let binary: Vec<u8> = (0..5000_u32).map(|n| u8::try_from(n * 7 % 256).unwrap_or_default()).collect();
    assert_eq!(taken(b""), Err(Error::Empty));
    assert_eq!(taken(b" \n\t\r\n"), Err(Error::Empty));
    assert_eq!(taken(&binary), Err(Error::NotText));
    assert_eq!(taken(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"), Err(Error::NotText));
    assert_eq!(taken(&vec![b'a'; 50 << 20]), Err(Error::TooLarge { megabytes: 50 }));
    assert_eq!(taken(b"404"), Err(Error::NoArticle));
    assert_eq!(taken(b"<html><body><h1>404 Not Found</h1></body></html>"), Err(Error::NoArticle));
}

#[test]
fn hostile_html_ends_in_time() {
    let started = std::time::Instant::now();
    assert_eq!(taken("<div>".repeat(100_000).as_bytes()), Err(Error::TooDeep));
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    let _ = taken(format!("<p{attributes}>x</p>").as_bytes());
    let _ = taken("<p><table><tr><td>".repeat(900).as_bytes());
    let _ = taken("<a href=x>".repeat(2_900).as_bytes());
    assert!(started.elapsed() < std::time::Duration::from_secs(60), "{:?}", started.elapsed());
}
