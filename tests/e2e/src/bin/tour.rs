//! The whole main job, done in the window as a person does it, without a display.
//! Leaves in `target/tour`: `page.html` and what lies beside it as readers get it, a picture of each step, `report.json`.
//! With `--docs` it also makes the pictures of the pages in `docs/`.
#![allow(clippy::print_stdout, reason = "it says what it does")]

use std::{
    fs,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use e2e::{
    Context, Desk, Opens, Result, bail, job, pages, paths,
    portals::front_of_a_wordpress,
    spot::{any, button, dialog, menuitemradio, region, tab, textbox},
};
use serde::Serialize;
use thirtyfour::Key;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    match runtime.block_on(tour()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("The tour ended early: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn tour() -> Result<()> {
    let folder = paths::target().join("tour");
    let _ = fs::remove_dir_all(&folder); // what an earlier tour left
    fs::create_dir_all(&folder)?;
    let began = Instant::now();
    let docs = std::env::args().any(|argument| argument == "--docs");
    if docs {
        let desk = Desk::open(Opens::empty()).await?;
        desk.sees(button("Open the sample")).await?;
        pages::picture(&desk.screen, "first-start")?;
    }
    let desk = Desk::open(Opens::sample()).await?;
    let mut guide = Guide { desk, folder, docs, steps: Vec::new(), since: began };
    let told = steps(&mut guide).await;
    guide.report(told.is_ok())?;
    told?;
    println!(
        "The tour took {:.0} s; see {}",
        began.elapsed().as_secs_f64(),
        guide.folder.join("page.html").display()
    );
    Ok(())
}

async fn steps(guide: &mut Guide) -> Result<()> {
    let [lead, ambassador, hospital] = paths::seed_photos();
    let [first, second, third] = job::PLACES;
    let desk = &guide.desk;
    desk.sees(e2e::spot::list("Articles")).await?;
    guide.did("The sample newsroom is open").await?;

    guide.desk.takes_in_the_seed().await?;
    guide.did("A source page is pasted and comes apart into a draft").await?;
    guide.desk.looks_at_the_leftovers().await?;
    guide.did("Every line that is in no field is listed").await?;
    guide.shows("take-in").await?;

    guide.desk.chooses_picture(first, &lead).await?;
    guide.desk.sees_picture(first).await?;
    guide.did("The lead picture is chosen in the file dialog").await?;
    guide.desk.pastes_picture(second, &ambassador).await?;
    guide.desk.sees_picture(second).await?;
    guide.did("The second picture is pasted").await?;
    guide.desk.drops_picture(third, &hospital).await?;
    guide.desk.sees_picture(third).await?;
    guide.did("The third picture is dragged in").await?;
    guide.shows("pictures").await?;
    guide.desk.press(tab("Checks")).await?;
    guide.shows("checks").await?;

    guide.desk.adds_a_sentence().await?;
    guide.did("A sentence is written; the page beside follows").await?;
    guide.shows_from_the_top("desk-light").await?;
    guide.desk.completes_alt_texts().await?;
    guide.did("Every picture has its alt text").await?;
    guide.desk.sees_checks_clear().await?;
    guide.did("The checks are clear").await?;

    guide.desk.submits().await?;
    guide.did("The article is submitted").await?;
    guide.desk.press(tab("Page")).await?;
    guide.shows_from_the_top("review").await?;
    guide.desk.approves().await?;
    guide.did("It is approved as it stands").await?;
    guide.desk.press(button("Publish…")).await?;
    guide.desk.reads(dialog("Publish"), "Readers will find this article on").await?;
    guide.shows("publish").await?;
    guide.desk.key(Key::Escape).await?;
    guide.desk.misses(any("dialog")).await?;
    guide.desk.publishes().await?;
    let url = guide.desk.sees_it_live().await?;
    guide.did("It is published and live").await?;
    guide.shows_from_the_top("live").await?;
    guide.keeps(&url).await?;
    guide.did("The public page is read").await?;
    if guide.docs { for_who_looks_after_it(guide).await } else { Ok(()) }
}

/// What the main job does not come by: portals, a problem report, the window in the dark.
async fn for_who_looks_after_it(guide: &Guide) -> Result<()> {
    let desk = &guide.desk;
    desk.press(tab("Page")).await?;
    desk.press(button("Preferences")).await?;
    desk.press(menuitemradio("Dark")).await?;
    desk.key(Key::Escape).await?;
    desk.misses(any("menu")).await?;
    guide.shows_from_the_top("desk-dark").await?;
    desk.press(button("Preferences")).await?;
    desk.press(menuitemradio("Light")).await?;
    desk.key(Key::Escape).await?;
    desk.misses(any("menu")).await?;
    let served = desk.serves_a_portal()?;
    desk.gives_a_portals_address(&served.url).await?;
    desk.fills(textbox("Token"), &served.token).await?;
    desk.press(button("Sign in")).await?;
    desk.press(button("Done")).await?;
    desk.sees(dialog("Portals")).await?;
    guide.shows("portals").await?;
    desk.press(button("Add a portal…")).await?;
    desk.fills(textbox("Address of the portal"), &front_of_a_wordpress("Báo Cao Nguyên")?).await?;
    desk.key(Key::Enter).await?;
    desk.sees(button("Allow it in the browser…")).await?;
    guide.shows("sign-in").await?;
    desk.key(Key::Escape).await?;
    desk.misses(any("dialog")).await?;
    desk.chooses_in_preferences("Preferences", "Report a problem…").await?;
    desk.reads(textbox("The report"), "[versions]").await?;
    guide.shows("report").await
}

/// Shows the tour: one line, one picture, one time for each step.
struct Guide {
    desk: Desk,
    folder: PathBuf,
    /// Pictures for the pages are wanted, too.
    docs: bool,
    steps: Vec<Step>,
    since: Instant,
}

#[derive(Serialize)]
struct Step {
    step: String,
    seconds: f64,
    picture: String,
}

impl Guide {
    async fn did(&mut self, what: &str) -> Result<()> {
        let seconds = (self.since.elapsed().as_secs_f64() * 100.0).round() / 100.0;
        let number = self.steps.len() + 1;
        let words: Vec<String> = what.split_whitespace().take(5).map(plain).collect();
        let picture = format!("{number:02}-{}.png", words.join("-"));
        tokio::time::sleep(Duration::from_millis(200)).await; // what fades in is there
        self.desk.screen.picture(&self.folder.join(&picture))?;
        println!("{number:>2}. {what} ({seconds:.1} s)");
        self.steps.push(Step { step: what.to_owned(), seconds, picture });
        self.since = Instant::now();
        Ok(())
    }

    /// Takes such a picture from the top of the article.
    async fn shows_from_the_top(&self, name: &str) -> Result<()> {
        if self.docs {
            self.desk.looks_at(textbox("Kicker")).await?;
            self.desk.press(textbox("Headline")).await?;
        }
        self.shows(name).await
    }

    /// Takes a picture for the pages, where those are wanted.
    async fn shows(&self, name: &str) -> Result<()> {
        if self.docs {
            self.desk.misses(any("status").within(region("Notices"))).await?;
            tokio::time::sleep(Duration::from_millis(500)).await; // what fades in is there, pictures are drawn
            pages::picture(&self.desk.screen, name)?;
        }
        Ok(())
    }

    fn report(&self, ended_well: bool) -> Result<()> {
        if !ended_well {
            let _ = self.desk.screen.picture(&self.folder.join("where-it-ended.png")); // the failure itself is told
        }
        Ok(fs::write(self.folder.join("report.json"), serde_json::to_string_pretty(&self.steps)?)?)
    }

    /// Keeps the public page as it is served, with all that it refers to beside it.
    async fn keeps(&self, url: &str) -> Result<()> {
        let page = job::public_page(url).await?;
        let (site, _) = url.rsplit_once('/').context("a page has a folder")?;
        let mut beside = referred(&page);
        while let Some(path) = beside.pop() {
            let bytes = reqwest::get(format!("{site}/{path}")).await?.error_for_status()?.bytes().await?;
            if path.ends_with(".css") {
                beside.extend(in_style(&String::from_utf8_lossy(&bytes)));
            }
            let file = self.folder.join(&path);
            fs::create_dir_all(file.parent().context("a file lies in a folder")?)?;
            fs::write(file, bytes)?;
        }
        for words in [job::HEADLINE, job::ADDED, "nhandan.vn/thuy-dien"] {
            if !page.contains(words) {
                bail!("the public page lacks “{words}”");
            }
        }
        Ok(fs::write(self.folder.join("page.html"), page)?)
    }
}

fn plain(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// Returns the addresses of a page's style and pictures. They are relative already: the page moves as it is.
fn referred(page: &str) -> Vec<String> {
    let (mut found, link) = (Vec::new(), "<link rel=\"stylesheet\" href=\"");
    for start in [link, " src=\"", " srcset=\""] {
        let values = page.split(start).skip(1).filter_map(|rest| rest.split('"').next());
        let addresses =
            values.flat_map(|value| value.split(',')).filter_map(|one| one.split_whitespace().next());
        found.extend(
            addresses
                .filter(|address| !address.contains(':') && !address.starts_with('/'))
                .map(str::to_owned),
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn in_style(style: &str) -> Vec<String> {
    let values = style.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|address| !address.contains(':')).map(str::to_owned).collect()
}
