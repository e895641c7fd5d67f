//! Which articles are typed into, and what becomes a figure of it.

use std::path::Path;

use e2e::Result;
use tempfile::TempDir;

use crate::{
    Asked,
    figures::{Figure, median, of_starts, percentile},
    texts::{Text, desk_with},
    typing::{self, Round, bare_codemirror, bare_window, on_article},
};

/// Every figure is of several starts, taken in turns, so that a busy moment does not fall on one of them alone.
const STARTS: usize = 5;
/// Typing is measured in the first of them.
const TYPED: usize = 3;
/// A frame of a screen with sixty a second.
const FRAME: f64 = 1000.0 / 60.0;

struct Case {
    name: &'static str,
    text: Text,
    pictures: usize,
    /// Whether it takes too long for `make bench`.
    long: bool,
    /// Whether the same text is typed into CodeMirror alone beside it.
    beside_bare: bool,
    /// p95 of the page beside, in milliseconds, where there is a bar.
    preview: Option<f64>,
    /// p95 of a letter dispatched and laid out.
    dispatch: Option<f64>,
}

const CASE: Case = Case {
    name: "",
    text: Text::Kilobytes(6),
    pictures: 0,
    long: true,
    beside_bare: false,
    preview: None,
    dispatch: None,
};

fn cases() -> Vec<Case> {
    vec![
        Case { name: "6k", long: false, beside_bare: true, preview: Some(33.0), ..CASE },
        Case {
            name: "50k",
            text: Text::Kilobytes(50),
            long: false,
            beside_bare: true,
            preview: Some(67.0),
            dispatch: Some(20.0),
            ..CASE
        },
        Case { name: "300k", text: Text::Kilobytes(300), beside_bare: true, ..CASE },
        Case { name: "paragraph_20k", text: Text::Paragraph(20), beside_bare: true, ..CASE },
        Case { name: "500k", text: Text::Kilobytes(500), preview: Some(80.0), ..CASE },
        Case {
            name: "5m",
            text: Text::Kilobytes(5 * 1024),
            beside_bare: true,
            preview: Some(250.0),
            dispatch: Some(60.0),
            ..CASE
        },
        Case { name: "10k_words", text: Text::Words(10_000), pictures: 20, ..CASE },
        Case { name: "50k_words", text: Text::Words(50_000), pictures: 20, ..CASE },
    ]
}

/// What the starts of one case gave.
struct Measured {
    case: Case,
    folder: TempDir,
    body: String,
    desk: Vec<Round>,
    bare: Vec<Round>,
}

pub async fn figures(app: &Path, bare: &Path, asked: &Asked) -> Result<Vec<Figure>> {
    let code = typing::codemirror()?;
    let mut windows = Vec::new();
    let mut measured = Vec::new();
    for case in cases().into_iter().filter(|case| asked.wants(case.name, case.long)) {
        println!("preparing {}", case.name);
        let folder = desk_with(app, case.text, case.pictures)?;
        typing::leave_open(app, &folder).await?;
        let body = case.text.body();
        measured.push(Measured { case, folder, body, desk: Vec::new(), bare: Vec::new() });
    }
    if measured.is_empty() {
        return Ok(Vec::new());
    }
    for start in 0..STARTS {
        println!("start {} of {STARTS}", start + 1);
        windows.push(bare_window(bare).await?);
        for one in &mut measured {
            let types = start < TYPED;
            one.desk.push(on_article(app, &one.folder, types).await?);
            if types && one.case.beside_bare {
                one.bare.push(bare_codemirror(bare, &code, &one.body).await?);
            }
        }
    }
    for one in &measured {
        one.tell();
    }
    let mut figures = of_windows(&windows, &measured);
    figures.extend(measured.iter().flat_map(Measured::figures));
    Ok(figures)
}

fn of_windows(windows: &[Round], measured: &[Measured]) -> Vec<Figure> {
    let of = |rounds: &[Round], what: fn(&Round) -> f64| median(&rounds.iter().map(what).collect::<Vec<_>>());
    let bare = of(windows, |round| round.memory);
    let mut figures = vec![
        Figure::beside("bare_window_start_ms", "ms", of(windows, |round| round.start)),
        Figure::beside("bare_window_memory_mb", "MB", bare),
    ];
    for one in measured {
        // Where nothing was typed: as it stands when it was opened.
        let idle: Vec<f64> =
            one.desk.iter().filter(|round| round.letter.is_empty()).map(|round| round.memory).collect();
        let memory = median(&idle);
        match one.case.name {
            "6k" => {
                figures.push(Figure::ms("start_to_caret_ms", of(&one.desk, |round| round.start), 800.0));
                figures.push(Figure::beside("memory_idle_mb", "MB", memory));
                figures.push(Figure::times("memory_idle_ratio", memory / bare, 1.15));
            }
            "50k_words" => {
                // 0.55 of the 617 MiB that a browser with the WordPress block editor in it took.
                figures.push(Figure::mb("memory_50k_words_20_pictures_mb", memory, 0.55 * 617.0));
                figures.push(Figure::times("memory_50k_words_ratio", memory / bare, 1.4));
            }
            "10k_words" => figures.push(Figure::beside("memory_10k_words_20_pictures_mb", "MB", memory)),
            _ => {}
        }
    }
    figures
}

impl Measured {
    /// Says how the times of the keys lie, so that a figure that is bad can be understood.
    fn tell(&self) {
        for (what, rounds) in [("", &self.desk), (", CodeMirror alone", &self.bare)] {
            for round in rounds.iter().filter(|round| !round.letter.is_empty()) {
                let lie = |times: &[f64]| [50, 75, 90, 95, 100].map(|share| percentile(times, share).round());
                let (letter, page, dispatch) =
                    (lie(&round.letter), lie(&round.preview), lie(&round.dispatch));
                println!(
                    "{}{what}: letter {letter:?}, page {page:?}, dispatch {dispatch:?} ms (50, 75, 90, 95, 100 %)",
                    self.case.name
                );
            }
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let Self { case, .. } = self;
        let named = |what: &str, share: usize| format!("{what}_{}_p{share}_ms", case.name);
        let of =
            |rounds: &[Round], what: fn(&Round) -> &[f64], share| of_starts(rounds.iter().map(what), share);
        let letter = |share| of(&self.desk, |round| &round.letter, share);
        let mut figures = Vec::new();
        for share in [50, 95] {
            let (name, time) = (named("key_letter", share), letter(share));
            figures.push(match (case.name, share) {
                // What the WordPress block editor took for the same words.
                ("10k_words", 95) => Figure::ms(name, time, 37.0),
                ("50k_words", 50) => Figure::ms(name, time, 27.0),
                ("50k_words", 95) => Figure::ms(name, time, 36.0),
                _ => Figure::beside(name, "ms", time),
            });
            if case.beside_bare {
                let alone = of(&self.bare, |round| &round.letter, share);
                figures.push(Figure::beside(named("bare_codemirror", share), "ms", alone));
                let ratio = format!("key_letter_{}_p{share}_ratio", case.name);
                figures.push(Figure::times(ratio, time / alone, 1.25));
            }
        }
        let preview = |share| of(&self.desk, |round| &round.preview, share);
        figures.push(Figure::ms(named("key_preview", 50), preview(50), letter(50) + FRAME));
        figures.push(match case.preview {
            Some(bar) => Figure::ms(named("key_preview", 95), preview(95), bar),
            None => Figure::beside(named("key_preview", 95), "ms", preview(95)),
        });
        let dispatch = of(&self.desk, |round| &round.dispatch, 95);
        figures.push(match case.dispatch {
            Some(bar) => Figure::ms(named("dispatch_layout", 95), dispatch, bar),
            None => Figure::beside(named("dispatch_layout", 95), "ms", dispatch),
        });
        figures
    }
}
