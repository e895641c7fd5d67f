//! A year of a desk's revisions: what they take on the disk, and how long it takes to read and to compare them.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use desk::{
    Clock, Desk, SessionSecrets,
    window::{CompareAsked, History},
};
use domain::ids::ArticleId;
use e2e::{Result, ensure, paths};

use crate::figures::{Figure, percentile};

const ARTICLES: u32 = 10_000;
/// Of each article: it grows in the first ones, and is worked over in the others.
const REVISIONS: u32 = 12;
const GROWING: u32 = 4;
/// Of a finished article, in words.
const WORDS: usize = 900;
/// So many words are written anew wherever it is worked over.
const WORKED_OVER: usize = 12;
const YEAR_MS: i64 = 365 * 24 * 3_600_000;
/// Of the histories that are read: spread over the year.
const READ: usize = 200;
/// Of the text that is compared, in words.
const LONG: usize = 10_000;
const COMPARED: usize = 30;

pub fn figures() -> Result<Vec<Figure>> {
    println!("preparing a year of {ARTICLES} articles, {REVISIONS} revisions of each");
    let folder = tempfile::tempdir_in(paths::target())?;
    let home = folder.path().join("desk");
    let time = Arc::new(AtomicI64::new(1_750_000_000_000));
    let shown = Arc::clone(&time);
    let clock = Clock::of(move || shown.load(Ordering::Relaxed));
    let desk = Desk::open(&home, "Lan", Box::new(SessionSecrets::default()), clock)?;
    let mut words = Words::of_the_seed()?;

    let mut text_bytes = 0;
    let mut ids = Vec::new();
    for _ in 0..ARTICLES {
        let id = desk.new_article("ms")?.id;
        text_bytes += written(&desk, id, &mut words, &time)?;
        ids.push(id);
    }
    let read = reading(&desk, &ids)?;
    let compared = comparing(&desk, &mut words)?;
    drop(desk);
    let (kept, revisions) = kept(&home)?;
    ensure!(revisions >= u64::from(ARTICLES * REVISIONS), "{revisions} revisions were kept");
    println!(
        "{revisions} revisions of {text_bytes} bytes of text took {kept} bytes; the desk {}",
        size(&home)?
    );
    Ok(vec![
        Figure::beside("history_year_mb", "MB", as_f64(kept) / 1e6),
        Figure::beside("history_year_desk_mb", "MB", as_f64(size(&home)?) / 1e6),
        Figure::beside("history_bytes_per_revision", "bytes", as_f64(kept) / as_f64(revisions)),
        Figure::beside("history_of_plain_text_ratio", "x", as_f64(kept) / as_f64(text_bytes)),
        Figure::ms("history_read_p95_ms", percentile(&read, 95), 50.0),
        Figure::ms("compare_10k_words_p95_ms", percentile(&compared, 95), 50.0),
    ])
}

/// Writes an article in so many sittings, each kept as the window keeps it when it is left. Returns the bytes of all the texts.
fn written(desk: &Desk, id: ArticleId, words: &mut Words, time: &AtomicI64) -> Result<u64> {
    let mut body = Vec::new();
    let mut bytes = 0;
    for sitting in 0..REVISIONS {
        if sitting < GROWING {
            body.extend(words.some(WORDS / GROWING as usize));
        } else {
            words.work_over(&mut body);
        }
        let text = in_paragraphs(&body);
        bytes += text.len() as u64;
        desk.set_fields(id, &[("body".to_owned(), text)])?;
        desk.leave_article(id)?;
        time.fetch_add(YEAR_MS / i64::from(ARTICLES * REVISIONS), Ordering::Relaxed);
    }
    Ok(bytes)
}

/// Returns how long it takes until the list of an article's revisions is there.
fn reading(desk: &Desk, ids: &[ArticleId]) -> Result<Vec<f64>> {
    let some = ids.iter().step_by(ids.len().div_ceil(READ));
    some.map(|id| {
        let (history, time) = timed(|| desk.history(*id))?;
        ensure!(history.revisions.len() == REVISIONS as usize, "{} are listed", history.revisions.len());
        Ok(time)
    })
    .collect()
}

/// Returns how long it takes to compare two revisions of a long text that was worked over everywhere.
fn comparing(desk: &Desk, words: &mut Words) -> Result<Vec<f64>> {
    let id = desk.new_article("ms")?.id;
    let mut body = words.some(LONG);
    for _ in 0..2 {
        desk.set_fields(id, &[("body".to_owned(), in_paragraphs(&body))])?;
        desk.leave_article(id)?;
        for _ in 0..20 {
            words.work_over(&mut body);
        }
    }
    let History { revisions, .. } = desk.history(id)?;
    ensure!(revisions.len() == 2, "{} are listed", revisions.len());
    let asked = CompareAsked { id, before: Some(revisions[1].id), after: Some(revisions[0].id) };
    (0..COMPARED).map(|_| Ok(timed(|| desk.compare_revisions(&asked))?.1)).collect()
}

fn timed<T>(work: impl FnOnce() -> desk::Result<T>) -> Result<(T, f64)> {
    let began = Instant::now();
    let done = std::hint::black_box(work()?);
    Ok((done, began.elapsed().as_secs_f64() * 1000.0))
}

/// Returns the bytes that the tables of revisions take in the database, indexes too, and how many revisions there are.
fn kept(home: &Path) -> Result<(u64, u64)> {
    let database = rusqlite::Connection::open(home.join("desk.sqlite"))?;
    let count: i64 = database.query_row("SELECT count(*) FROM revisions", [], |row| row.get(0))?;
    let tables =
        "SELECT name, tbl_name FROM sqlite_schema WHERE tbl_name IN ('revisions', 'revision_parents')";
    let pages = format!("SELECT sum(pgsize) FROM dbstat JOIN ({tables}) AS t ON t.name = dbstat.name");
    let bytes: i64 = database.query_row(&pages, [], |row| row.get(0))?;
    Ok((u64::try_from(bytes)?, u64::try_from(count)?))
}

fn size(home: &Path) -> Result<u64> {
    Ok(fs::metadata(home.join("desk.sqlite"))?.len())
}

#[expect(clippy::cast_precision_loss, reason = "of bytes and counts far below 2^52")]
fn as_f64(number: u64) -> f64 {
    number as f64
}

fn in_paragraphs(words: &[String]) -> String {
    words.chunks(50).map(|paragraph| paragraph.join(" ")).collect::<Vec<_>>().join("\n\n")
}

/// The words of a real article, in an order that follows it: two words in the text decide which may come third.
struct Words {
    follow: BTreeMap<(String, String), Vec<String>>,
    begin: Vec<(String, String)>,
    seed: u64,
}

impl Words {
    fn of_the_seed() -> Result<Self> {
        let text = fs::read_to_string(paths::fixture("pages/seed-ms.txt"))?;
        let all: Vec<&str> = text.split_whitespace().collect();
        let mut follow: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for three in all.windows(3) {
            follow.entry((three[0].to_owned(), three[1].to_owned())).or_default().push(three[2].to_owned());
        }
        let begin = follow.keys().cloned().collect();
        Ok(Self { follow, begin, seed: 7 })
    }

    fn below(&mut self, end: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).unwrap_or_default() % end.max(1)
    }

    /// A run of the article is left after a few words: what is written twice must not be packed as one.
    fn some(&mut self, count: usize) -> Vec<String> {
        let mut words = Vec::with_capacity(count + 2);
        while words.len() < count {
            let at = self.below(self.begin.len());
            let (mut one, mut two) = self.begin[at].clone();
            words.extend([one.clone(), two.clone()]);
            for _ in 0..6 {
                let Some(next) = self.follow.get(&(one, two.clone())).cloned() else { break };
                let next = next[self.below(next.len())].clone();
                (one, two) = (two, next.clone());
                words.push(next);
            }
        }
        words.truncate(count);
        words
    }

    /// Writes some words anew in one place.
    fn work_over(&mut self, body: &mut Vec<String>) {
        let from = self.below(body.len().saturating_sub(WORKED_OVER));
        let to = (from + WORKED_OVER).min(body.len());
        let new = self.some(WORKED_OVER);
        body.splice(from..to, new);
    }
}
