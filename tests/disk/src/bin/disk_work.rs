//! Works at the desk in a folder, as the window does, and writes down what the desk has acknowledged.
//! Every change of the disk is noted meanwhile; the test asks of every disk that a power cut could leave whether it is there.

use std::{
    fs::{File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use desk::{
    Attach, Clock, Desk, SessionSecrets, Words,
    window::{Edit, Slot},
};
use disk::{Line, text};
use domain::{ids::ArticleId, stage::Step};

const ARTICLES: usize = 3;
/// Saves before and after each act. All together fill the log of SQLite, so that it is carried over on the way.
const SAVES: u32 = 30;
const PICTURE: &[u8] = include_bytes!("../../../fixtures/photos/seed/ambassador.jpg");

fn main() -> Result<()> {
    let words: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [work, folder, acknowledged] = &words[..] else {
        bail!("say what to do, and give a folder and a file")
    };
    let mut journalist = Journalist::sits_down(folder, acknowledged)?;
    if work == Path::new("opens") {
        return Ok(());
    }
    journalist.writes_a_new_desk()?;
    journalist.publishes()?;
    let backup = journalist.backs_up()?;
    journalist.saves(3 * SAVES)?;
    journalist = journalist.closes_and_opens()?;
    journalist.saves(SAVES)?;
    journalist = journalist.restores(&backup)?;
    journalist.saves(SAVES)
}

struct Journalist {
    desk: Desk,
    folder: PathBuf,
    acknowledged: File,
    articles: Vec<ArticleId>,
    number: u32,
}

fn open(folder: &Path) -> Result<Desk> {
    Ok(Desk::open(folder, "Lan", Box::new(SessionSecrets::default()), Clock::system())?)
}

impl Journalist {
    fn sits_down(folder: &Path, acknowledged: &Path) -> Result<Self> {
        let acknowledged = OpenOptions::new().append(true).create(true).open(acknowledged)?;
        let folder = folder.to_owned();
        Ok(Self { desk: open(&folder)?, folder, acknowledged, articles: Vec::new(), number: 0 })
    }

    fn tells(&mut self, line: &Line) -> Result<()> {
        Ok(self.acknowledged.write_all(line.written().as_bytes())?)
    }

    fn writes_a_new_desk(&mut self) -> Result<()> {
        for _ in 0..ARTICLES {
            let id = self.desk.new_article("vi")?.id;
            self.articles.push(id);
        }
        self.saves(SAVES)?;
        let id = self.articles[0];
        let fields = [("headline", "Chợ nổi"), ("source_url", "https://bao.example.vn/cho-noi-post1.html")];
        self.desk.set_fields(id, &fields.map(|(name, words)| (name.to_owned(), words.to_owned())))?;
        let words = Words { alt: Some("Một con mèo".into()), ..Words::default() };
        self.desk.attach(Attach { article: id, slot: Slot::Lead, bytes: PICTURE, name: "cho.jpg", words })?;
        self.tells(&Line::Attached)?;
        self.saves(2 * SAVES)
    }

    fn publishes(&mut self) -> Result<()> {
        let id = self.articles[0];
        self.desk.take_step_now(id, Step::Submit)?;
        self.tells(&Line::Submitted)?;
        self.desk.take_step_now(id, Step::Approve)?;
        self.tells(&Line::Approved)?;
        self.desk.publish_now(id, desk::LOCAL, &desk::Change::default())?;
        self.tells(&Line::Published)
    }

    fn backs_up(&mut self) -> Result<String> {
        let name = self.desk.back_up()?.name;
        self.tells(&Line::BackedUp { name: name.clone() })?;
        Ok(name)
    }

    fn saves(&mut self, times: u32) -> Result<()> {
        for _ in 0..times {
            self.number += 1;
            let article = usize::try_from(self.number)? % ARTICLES;
            let id = self.articles[article];
            let body = Some(text(article, self.number));
            let edits = self.desk.show(id)?.edits;
            self.desk.save(&Edit { id, edits, body, fields: None, placements: Vec::new(), caret: None })?;
            self.tells(&Line::Saved { article, number: self.number })?;
        }
        Ok(())
    }

    /// The last to close a database carries the log over and removes it.
    fn closes_and_opens(self) -> Result<Self> {
        let Self { desk, folder, acknowledged, articles, number } = self;
        drop(desk);
        Ok(Self { desk: open(&folder)?, folder, acknowledged, articles, number })
    }

    fn restores(mut self, backup: &str) -> Result<Self> {
        self.tells(&Line::Restoring)?;
        let Self { desk, folder, mut acknowledged, articles, number } = self;
        drop(desk);
        desk::restore(&folder, backup, &Clock::system())?;
        acknowledged.write_all(Line::Restored.written().as_bytes())?;
        Ok(Self { desk: open(&folder)?, folder, acknowledged, articles, number })
    }
}
