//! What the core does for each key, without a window.

use std::{fs, time::Instant};

use desk::{Clock, Desk, SessionSecrets, window::Edit};
use domain::{
    document::Document,
    ids::Hash,
    page::{self, ImageSources, Links},
};
use e2e::{Result, hostile, paths};

use crate::{
    figures::{Figure, percentile},
    texts::article,
};

pub fn figures() -> Result<Vec<Figure>> {
    let (worst, slowest) = pathological();
    println!("of the pathological texts the slowest is {worst}");
    Ok(vec![
        Figure::ms("render_50k_p50_ms", render_50k(), 1.0),
        Figure::ms("pathological_1m_max_ms", slowest, 250.0),
        Figure::ms("save_p95_ms", save()?, 10.0),
    ])
}

/// Returns the slowest text and what it takes, the best of three: a busy moment is not the text's fault.
fn pathological() -> (&'static str, f64) {
    let times = hostile::texts().into_iter().map(|(name, body)| {
        let document = Document { body, ..Document::default() };
        let once = || {
            let began = Instant::now();
            drop(std::hint::black_box(page::blocks(&document, &NoPictures)));
            began.elapsed().as_secs_f64() * 1000.0
        };
        (name, (0..3).map(|_| once()).fold(f64::INFINITY, f64::min))
    });
    times.max_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or_default()
}

/// Returns how long the page of 50 KB of Markdown takes: the median of 300, in milliseconds.
fn render_50k() -> f64 {
    let document = Document { body: article(50), ..Document::default() };
    let times: Vec<f64> = (0..320)
        .map(|_| {
            let began = Instant::now();
            let blocks = std::hint::black_box(page::blocks(&document, &NoPictures));
            let time = began.elapsed().as_secs_f64() * 1000.0;
            drop(blocks);
            time
        })
        .collect();
    percentile(&times[20..], 50)
}

/// Returns how long it takes until 50 KB are safe on disk: the 95th of 100, in milliseconds.
fn save() -> Result<f64> {
    fs::create_dir_all(paths::target().join("e2e"))?;
    let folder = tempfile::tempdir_in(paths::target().join("e2e"))?; // on the disk, not in memory
    let desk = Desk::open(folder.path(), "Lan", Box::new(SessionSecrets::default()), Clock::system())?;
    let opened = desk.new_article("vi")?;
    let body = article(50);
    let mut edits = opened.edits;
    let mut times = Vec::new();
    for number in 0..220 {
        let body = format!("{body}\n\n{number}");
        let edit = Edit {
            id: opened.id,
            edits,
            body: Some(body),
            fields: None,
            placements: Vec::new(),
            caret: None,
        };
        let began = Instant::now();
        edits = desk.save(&edit)?.edits;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(percentile(&times[20..], 95))
}

struct NoPictures;

impl Links for NoPictures {
    fn image(&self, _picture: Hash) -> Option<ImageSources> {
        None
    }

    fn stylesheet(&self) -> String {
        String::new()
    }

    fn is_preview(&self) -> bool {
        true
    }
}
