//! The real program killed two hundred times while it saves and while it publishes: what it acknowledged is there, the
//! database is whole, and every confirmed decision had one effect.
#![cfg(unix)]

#[allow(dead_code, reason = "the contract's own tests make more trouble")]
#[path = "portals/src/network.rs"]
mod network;

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use desk::{Attach, Clock, Desk, SessionSecrets, Words, window::Slot};
use domain::{ids::ArticleId, stage::Step};
use network::{Network, Trouble};
use serde_json::Value;
use store::Connection;

/// Of each kind, saving and publishing.
const KILLS: u32 = 100;
const TOKEN: &str = "the token of the portal that is never killed";

struct Newsroom {
    home: PathBuf,
    desk: Desk,
    portal: Child,
    network: Network,
    dice: Dice,
}

impl Newsroom {
    /// Opens a desk, and a portal that runs as a process of its own.
    fn open(home: &Path) -> Self {
        let serving = program(home)
            .args(["portal", "serve", "--folder"])
            .arg(home.join("portal"))
            .stdout(Stdio::piped())
            .spawn();
        let mut portal = serving.expect("the portal starts");
        let mut first = String::new();
        BufReader::new(portal.stdout.take().expect("its words")).read_line(&mut first).expect("a line");
        let url = json(first.as_bytes())["url"].as_str().expect("its address").to_owned();
        let network = Network::to(&url);
        let mut adding = program(home);
        adding
            .args(["portal", "add", "test", "--url", &network.url])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut adding = adding.spawn().expect("the program starts");
        adding.stdin.take().expect("its input").write_all(TOKEN.as_bytes()).expect("the password");
        assert!(adding.wait().expect("it ends").success());
        let folder = home.join("desk");
        let desk =
            Desk::open(&folder, "Lan", Box::new(SessionSecrets::default()), Clock::system()).expect("a desk");
        Self { home: home.to_owned(), desk, portal, network, dice: Dice::cast() }
    }

    /// Begins an article that may be approved.
    fn article(&self, number: usize) -> ArticleId {
        let id = self.desk.new_article("vi").expect("an article").id;
        let fields = [
            ("headline", format!("Bài số {number}")),
            ("source_url", format!("https://bao.example.vn/bai-post{number}.html")),
            ("body", "Bản 0\n".into()),
        ];
        self.set(id, &fields);
        let photograph = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/photos/seed/ambassador.jpg");
        let bytes = std::fs::read(photograph).expect("the photograph");
        let words = Words { alt: Some("Một con mèo".into()), ..Words::default() };
        let attach = Attach { article: id, slot: Slot::Lead, bytes: &bytes, name: "ambassador.jpg", words };
        self.desk.attach(attach).expect("a picture");
        id
    }

    fn set(&self, id: ArticleId, fields: &[(&str, String)]) {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.desk.set_fields(id, &fields).expect("it is saved");
    }

    /// Runs the program and kills it after a while, unless it was quicker. Returns its answer when it gave one.
    fn run_and_kill(&mut self, words: &[&str], usual: Duration) -> Option<Output> {
        let mut command = program(&self.home);
        command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("the program starts");
        let patience = self.dice.below(usual.saturating_mul(6) / 5);
        let started = Instant::now();
        while started.elapsed() < patience {
            if running.try_wait().expect("it can be watched").is_some() {
                return Some(running.wait_with_output().expect("its answer"));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        running.kill().expect("it can be killed"); // SIGKILL
        let ended = running.wait_with_output().expect("it is dead");
        ended.status.code().map(|_| ended) // it was quicker after all
    }

    fn usual(&self, words: &[&str]) -> Duration {
        let started = Instant::now();
        let answer = program(&self.home).args(words).output().expect("the program starts");
        assert!(answer.status.success(), "{answer:?}");
        started.elapsed()
    }

    fn database(&self) -> Connection {
        Connection::open(self.home.join("desk/desk.sqlite")).expect("the desk's database")
    }

    fn is_whole(&self) {
        let said: String =
            self.database().query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
        assert_eq!(said, "ok");
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        self.portal.kill().ok();
        self.portal.wait().ok();
    }
}

fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toasoan"));
    command.arg("--desk").arg(home.join("desk"));
    command.env("TOASOAN_SECRET_TEST", TOKEN).env("TOASOAN_PORTAL_TOKEN", TOKEN);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
    command
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)))
}

/// Random enough (xorshift), and told when a test fails.
struct Dice {
    state: u64,
}

impl Dice {
    fn cast() -> Self {
        let seed = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos();
        let seed = u64::try_from(seed & u128::from(u64::MAX)).expect("64 bits") | 1;
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn below(&mut self, most: Duration) -> Duration {
        let most = u64::try_from(most.as_micros()).expect("a short time").max(1);
        Duration::from_micros(self.next() % most)
    }
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_acknowledged() {
    let home = folder_of_this_run("kill");
    let mut newsroom = Newsroom::open(&home);
    let articles: Vec<ArticleId> = (0..3).map(|number| newsroom.article(number)).collect();

    killed_while_saving(&mut newsroom, &articles);
    killed_while_publishing(&mut newsroom, &articles);

    drop(newsroom);
    std::fs::remove_dir_all(&home).ok();
}

#[test]
fn a_sender_killed_in_the_middle_of_a_large_picture_goes_on_where_it_was() {
    const LARGE: usize = 10 << 20;
    const SENDING: &str = "PATCH /dpp/v1/uploads";
    let home = folder_of_this_run("upload");
    let newsroom = Newsroom::open(&home);
    let article = newsroom.article(1);
    newsroom.desk.take_step_now(article, Step::Submit).expect("submitted");
    newsroom.desk.take_step_now(article, Step::Approve).expect("approved");
    let (id, network) = (article.to_string(), &newsroom.network);
    let words = ["publish", id.as_str(), "--portal", "test"];
    let busy = Trouble::Answers("403 Forbidden", "application/json", "{}");
    network.next("POST /dpp/v1/pictures/lacking", busy); // its renditions are made and kept, and nothing is sent
    program(&home).args(words).output().expect("the program starts");
    for kept in std::fs::read_dir(home.join("desk/renditions")).expect("its renditions") {
        let kept = kept.expect("a file").path();
        let mut bytes = std::fs::read(&kept).expect("a rendition");
        bytes.resize(LARGE, 7);
        std::fs::write(kept, bytes).expect("it is kept");
    }
    let mut pieces = 0;
    network.scripted(move |line, _| {
        pieces += usize::from(line.starts_with(SENDING));
        (line.starts_with(SENDING) && pieces == 2).then_some(Trouble::Sleeps(Duration::from_secs(60)))
    });
    let mut sending = program(&home).args(words).stdout(Stdio::null()).spawn().expect("the program starts");
    let began = Instant::now();
    while network.seen(SENDING) < 2 && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    sending.kill().expect("it can be killed"); // SIGKILL
    sending.wait().expect("it is dead");
    let before = network.requests().len();

    let answer = program(&home).args(words).output().expect("the program starts");

    assert!(answer.status.success(), "{answer:?}");
    let requests = network.requests().split_off(before);
    let first = requests.iter().find(|request| request.line.starts_with(SENDING)).expect("it goes on");
    let head = String::from_utf8_lossy(&first.whole[..400]).to_lowercase();
    assert!(head.contains(&format!("upload-offset: {}\r\n", 4 << 20)), "{head}");
    let shown = newsroom.desk.show(article).expect("the article");
    assert!(shown.publications.iter().any(|live| live.is_current), "{:?}", shown.jobs);
    drop(newsroom);
    std::fs::remove_dir_all(&home).ok();
}

/// What it said is saved is there, word for word; what it did not say is there whole or not at all.
fn killed_while_saving(newsroom: &mut Newsroom, articles: &[ArticleId]) {
    let mut there: Vec<String> = articles.iter().map(|_| "Bản 0\n".to_owned()).collect();
    let first = articles[0].to_string();
    let usual = newsroom.usual(&["set", &first, "body=Bản 0\n"]);
    let (mut killed, mut acknowledged, mut number) = (0, 0, 0);
    while killed < KILLS {
        number += 1;
        let at = usize::try_from(newsroom.dice.next() % 3).expect("a small number");
        let body = format!(
            "Bản {number}\n{}\n",
            "chữ ".repeat(usize::try_from(newsroom.dice.next() % 5000).expect("a small number"))
        );
        let (id, assignment) = (articles[at].to_string(), format!("body={body}"));

        let answer = newsroom.run_and_kill(&["set", &id, &assignment], usual);

        let found = newsroom.desk.show(articles[at]).expect("the article").body;
        match answer {
            Some(answer) => {
                assert!(answer.status.success(), "{answer:?}");
                assert_eq!(found, body, "acknowledged, and lost");
                acknowledged += 1;
            }
            None => {
                assert!(found == body || found == there[at], "save {number} is there in part");
                killed += 1;
            }
        }
        there[at] = found;
        if killed % 25 == 0 {
            newsroom.is_whole();
        }
    }
    assert!(acknowledged > 0, "it was always killed too early");
    newsroom.is_whole();
}

/// One page per article, as many effects as confirmed decisions, and nothing half done.
fn killed_while_publishing(newsroom: &mut Newsroom, articles: &[ArticleId]) {
    let (mut killed, mut confirmed, mut number, mut usual) = (0, 0, 0, None);
    while killed < KILLS {
        number += 1;
        let at = usize::try_from(newsroom.dice.next() % 3).expect("a small number");
        let id = articles[at].to_string();
        newsroom.set(articles[at], &[("body", format!("Bản để đăng số {number}\n"))]);
        newsroom.desk.take_step_now(articles[at], Step::Submit).expect("submitted");
        newsroom.desk.take_step_now(articles[at], Step::Approve).expect("approved");
        let Some(usual) = usual else {
            usual = Some(newsroom.usual(&publishing(newsroom, articles[at], &id)));
            continue;
        };

        while !is_settled(newsroom, articles[at]) {
            match newsroom.run_and_kill(&publishing(newsroom, articles[at], &id), usual) {
                Some(answer) => {
                    assert!(answer.status.success(), "{answer:?}");
                    assert_eq!(json(&answer.stdout)["state"], "confirmed");
                    assert!(is_settled(newsroom, articles[at]), "acknowledged, and not live");
                    confirmed += 1;
                }
                None => killed += 1,
            }
        }
        newsroom.is_whole();
    }
    assert!(confirmed > 0, "it was always killed too early");
    let count =
        |conn: &Connection, sql: &str| -> i64 { conn.query_row(sql, [], |row| row.get(0)).expect("a count") };
    let desk = newsroom.database();
    let portal = Connection::open(newsroom.home.join("portal/portal.sqlite")).expect("the portal's database");
    let decisions = count(&desk, "SELECT count(*) FROM outbox WHERE state = 'confirmed'");
    assert_eq!(count(&desk, "SELECT count(*) FROM outbox WHERE state <> 'confirmed'"), 0);
    assert_eq!(count(&portal, "SELECT count(*) FROM versions"), decisions, "as many effects as decisions");
    assert_eq!(count(&portal, "SELECT count(*) FROM decisions"), decisions);
    assert_eq!(
        count(&portal, "SELECT count(*) FROM editions"),
        count(&desk, "SELECT count(*) FROM publications")
    );
    let whole: String = portal.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
    assert_eq!(whole, "ok");
}

/// Returns the words that publish an article, or, where readers have it already, an update of it.
fn publishing<'a>(newsroom: &Newsroom, article: ArticleId, id: &'a str) -> Vec<&'a str> {
    let mut words = vec!["publish", id, "--portal", "test"];
    if !newsroom.desk.show(article).expect("the article").publications.is_empty() {
        words.extend(["--as", "update", "--reason", "The water is higher."]);
    }
    words
}

/// Says whether what was approved is live, and nothing is on its way.
fn is_settled(newsroom: &Newsroom, id: ArticleId) -> bool {
    let shown = newsroom.desk.show(id).expect("the article");
    let on_its_way = shown.jobs.iter().any(|job| job.state != domain::outbox::JobState::Confirmed);
    !on_its_way && shown.publications.iter().any(|publication| publication.is_current)
}

/// A folder of this run alone, on the disk the program is built on.
fn folder_of_this_run(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
