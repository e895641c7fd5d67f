//! A desk of a hundred thousand articles, and a window that is killed a hundred times.

use std::path::Path;

use desk::{Clock, Desk, SessionSecrets};
use e2e::{Context, Opens, Result, ensure, killing, paths, spot};
use rusqlite::{Connection, params};
use tempfile::TempDir;

use crate::{
    figures::{Figure, median, percentile},
    texts::article,
    typing::{leave_open, on_article, opens},
};

const ARTICLES: u32 = 100_000;
/// Of one article's text: what a short report has.
const KILOBYTES: usize = 2;
const STARTS: usize = 5;
const OPENED: usize = 12;
const KILLS: u32 = 100;

pub async fn figures(app: &Path) -> Result<Vec<Figure>> {
    println!("preparing a desk of {ARTICLES} articles");
    let folder = desk_of(ARTICLES)?;
    leave_open(app, &folder).await?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(on_article(app, &folder, false).await?.start);
    }
    let opened = openings(app, &folder).await?;
    println!(
        "opening: {:?} ms (50, 95, 100 %)",
        [50, 95, 100].map(|share| percentile(&opened, share).round())
    );
    Ok(vec![
        Figure::ms("start_to_caret_100k_articles_ms", median(&starts), 800.0),
        Figure::ms("open_article_100k_p95_ms", percentile(&opened, 95), 150.0),
    ])
}

/// Makes one article as a person does, and so many like it in the database, each with an id, a headline and a time of its own.
fn desk_of(articles: u32) -> Result<TempDir> {
    let folder = tempfile::tempdir_in(paths::target())?;
    let home = folder.path().join("desk");
    let id = {
        let desk = Desk::open(&home, "Lan", Box::new(SessionSecrets::default()), Clock::system())?;
        let id = desk.new_article("vi")?.id;
        let fields = [("headline", "Sweden dan Vietnam".to_owned()), ("body", article(KILOBYTES))];
        desk.set_fields(id, &fields.map(|(name, value)| (name.to_owned(), value)))?;
        id
    };
    let mut database = Connection::open(home.join("desk.sqlite"))?;
    multiply(&mut database, id.0.as_bytes(), articles)?;
    Ok(folder)
}

fn multiply(database: &mut Connection, id: &[u8], articles: u32) -> Result<()> {
    let transaction = database.transaction()?;
    let columns: Vec<String> = {
        let mut asked = transaction.prepare("SELECT name FROM pragma_table_info('articles')")?;
        asked.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?
    };
    let own = |column: &String| match column.as_str() {
        "id" | "story" => "?1".to_owned(),
        "headline" => "?2".to_owned(),
        "created_at" | "saved_at" => format!("{column} - ?3 * 60000"),
        other => other.to_owned(),
    };
    let values: Vec<String> = columns.iter().map(own).collect();
    let sql = format!(
        "INSERT INTO articles ({}) SELECT {} FROM articles WHERE id = ?4",
        columns.join(", "),
        values.join(", ")
    );
    for number in 1..articles {
        let mut new = [0_u8; 16];
        new[..6].copy_from_slice(&id[..6]);
        new[6..8].copy_from_slice(&[0x70, 0]);
        new[8] = 0x80;
        new[12..].copy_from_slice(&number.to_be_bytes());
        transaction
            .prepare_cached("INSERT INTO stories (id, began_at) VALUES (?1, 0)")?
            .execute(params![new])?;
        let headline = format!("Bài số {number}: chợ họp lại ở bảy xã ven sông");
        transaction.prepare_cached(&sql)?.execute(params![new, headline, number, id])?;
    }
    Ok(transaction.commit()?)
}

/// Opens one article after the other from the list: from the click to its text and headline, painted.
async fn openings(app: &Path, folder: &TempDir) -> Result<Vec<f64>> {
    let desk = e2e::Desk::open(opens(app, folder)).await?;
    desk.sees(spot::textbox("Body")).await?;
    let mut times = Vec::new();
    for number in 1..=OPENED {
        let wanted = format!("Bài số {number}:");
        let row = spot::button(&wanted).in_part().within(spot::list("Articles"));
        desk.sees(row).await?;
        desk.run(include_str!("opening.js"), vec![wanted.into()]).await?;
        let time = desk.until("the article to be open", "return window.__opened").await?;
        times.push(time.as_f64().context("a time")?);
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    }
    ensure!(times.len() == OPENED, "{} were opened", times.len());
    Ok(times)
}

pub async fn kills(app: &Path) -> Result<Vec<Figure>> {
    println!("killing the window {KILLS} times");
    let losses = killing::kills(Opens::program(app.to_path_buf(), Vec::new()), KILLS).await?;
    let missing: Vec<f64> = losses.iter().map(|loss| loss.missing.as_secs_f64() * 1000.0).collect();
    let astray = losses.iter().filter(|loss| !loss.caret_in_place).count();
    Ok(vec![
        Figure::beside("kill_missing_p50_ms", "ms", median(&missing)),
        Figure::ms("kill_missing_max_ms", percentile(&missing, 100), 300.0),
        Figure::times("kill_caret_astray_ratio", f64::from(u32::try_from(astray)?) / f64::from(KILLS), 0.0),
    ])
}
