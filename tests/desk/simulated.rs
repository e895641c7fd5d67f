//! Random days of a newsroom in virtual time: articles are published, changed, taken away, several at once, while the
//! network does what it can and the desk dies. The real desk, its real database and worker, the real local portal; what
//! happened is what the portal's own log says. A day is drawn from its seed: `TOASOAN_SEED=17` has that day alone again,
//! `TOASOAN_DAYS=20000` has as many days (`make bench-long`).

mod oracle;
mod weather;

use std::{
    env,
    ops::RangeInclusive,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
    time::Duration,
};

use desk::{
    Attach, Words,
    window::{Slot, WithdrawalConfirmed},
};
use domain::{decision::Act, ids::ArticleId, outbox::JobState};
use fastrand::Rng;
use oracle::Oracle;
use weather::Weather;

use crate::newsroom::{Newsroom, PORTAL, fixture, new_decision};

/// So many days in `make test`.
const DAYS: u64 = 500;
/// So many days one after the other in one newsroom, or until something is wrong there.
const IN_ONE: u64 = 10;
const MOST_ARTICLES: usize = 3;
const MINUTE: i64 = 60_000;

/// What the days held, all together: a simulation in which nothing goes wrong proves nothing.
#[derive(Debug, Default)]
struct Held {
    decisions: AtomicU64,
    taken_away: AtomicU64,
    kills: AtomicU64,
    requests: AtomicU64,
    /// Texts that nobody could publish while something was on its way.
    waited: AtomicU64,
}

struct Day {
    newsroom: Newsroom,
    oracle: Oracle,
    dice: Rng,
    weather: Arc<Mutex<Weather>>,
    articles: Vec<ArticleId>,
    decided: usize,
    texts: usize,
    taken: usize,
    kills: usize,
}

#[test]
fn on_random_days_everything_happens_once_and_in_order() {
    let number = |name| env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (first, last) = match number("TOASOAN_SEED") {
        Some(seed) => (seed, seed),
        None => (1, number("TOASOAN_DAYS").unwrap_or(DAYS)),
    };
    let (next, held, failed) = (AtomicU64::new(first), Held::default(), Mutex::new(Vec::new()));
    let hands = thread::available_parallelism().map_or(2, usize::from);

    thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(|| {
                while let Some(seed) = Some(next.fetch_add(IN_ONE, SeqCst)).filter(|seed| *seed <= last) {
                    let seeds = seed..=last.min(seed + IN_ONE - 1);
                    failed.lock().expect("nobody panics").extend(live(seeds, &held));
                }
            });
        }
    });

    let failed = failed.into_inner().expect("nobody panics");
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), last - first + 1, failed.join("\n"));
    if first < last {
        let kills = held.kills.load(SeqCst);
        assert!(kills * 10 > last - first, "the desk died too seldom: {held:?}");
        assert!(held.waited.load(SeqCst) > 0, "nothing was ever on its way: {held:?}");
    }
    #[allow(clippy::print_stdout, reason = "a long run says what it held")]
    {
        println!("days {first} to {last}: {held:?}");
    }
}

/// Returns what was wrong, and with which seed.
fn live(mut seeds: RangeInclusive<u64>, held: &Held) -> Vec<String> {
    // The portal has a thread of its own: what is late arrives while the day stands still.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("threads");
    let mut failed = Vec::new();
    while !seeds.is_empty() {
        let lived = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                let mut newsroom = Newsroom::open_in(folder()).await;
                for seed in seeds.by_ref() {
                    let day = Day::begin(seed, newsroom);
                    newsroom = day.lives(held).await.map_err(|why| format!("TOASOAN_SEED={seed}: {why}"))?;
                }
                Ok(())
            })
        }));
        let why = lived.unwrap_or_else(|_| Err(format!("it panicked before {seeds:?}; see above")));
        failed.extend(why.err());
    }
    failed
}

impl Day {
    fn begin(seed: u64, newsroom: Newsroom) -> Self {
        let oracle = Oracle::of(newsroom.home.path());
        let weather = Arc::new(Mutex::new(Weather::of(seed)));
        let drawn = Arc::clone(&weather);
        newsroom.network.scripted(move |_, _| drawn.lock().expect("nobody panics").befalls());
        let (articles, dice) = (Vec::new(), Rng::with_seed(seed ^ 0xda7));
        Self { newsroom, oracle, dice, weather, articles, decided: 0, texts: 0, taken: 0, kills: 0 }
    }

    async fn lives(mut self, held: &Held) -> Result<Newsroom, String> {
        let before = self.newsroom.network.requests().len();
        for _ in 0..self.dice.usize(12..32) {
            self.something_happens().await?;
            self.oracle.says_nothing_too_early()?;
        }
        self.ends().await?;
        self.oracle.everything_happened_once(&self.articles, self.decided)?;
        let requests = self.newsroom.network.requests().len() - before;
        for (all, of_this_day) in [
            (&held.decisions, self.decided),
            (&held.taken_away, self.taken),
            (&held.kills, self.kills),
            (&held.requests, requests),
            (&held.waited, self.texts - self.decided.min(self.texts)),
        ] {
            all.fetch_add(of_this_day as u64, SeqCst);
        }
        Ok(self.newsroom)
    }

    async fn something_happens(&mut self) -> Result<(), String> {
        match self.dice.u8(0..20) {
            0..=3 if self.articles.len() < MOST_ARTICLES => self.writes(),
            0..=4 => self.changes()?,
            5 => self.takes_away()?,
            6 => self.presses_twice()?,
            7 => self.resends(),
            8 => self.cancels(),
            9 => drop(self.newsroom.network.what_is_late_arrives()),
            10 => self.newsroom.remember_password(),
            11..=13 => self.newsroom.clock_is_set(self.dice.i64(1..90) * MINUTE),
            14 | 15 => self.dies_at_work().await,
            _ => self.works().await,
        }
        Ok(())
    }

    fn writes(&mut self) {
        let desk = &self.newsroom.desk;
        let id = desk.new_article("vi").expect("an article").id;
        let number = self.articles.len();
        let url = format!("https://bao.example.vn/bai-post{number}.html");
        let headline = format!("Bài số {number}");
        self.newsroom.set(id, &[("headline", &headline), ("source_url", &url), ("body", "Bản đầu.\n")]);
        if self.dice.bool() {
            let words = Words {
                caption: Some(format!("Ảnh của bài {number}")),
                credit_line: Some("Ngọc Lam".into()),
                alt: Some("Một vệt màu".into()),
            };
            let bytes = fixture("photos/small/1.jpg");
            let attach = Attach { article: id, slot: Slot::Lead, bytes: &bytes, name: "1.jpg", words };
            desk.attach(attach).expect("a picture in its place");
        }
        self.newsroom.submit_and_approve(id);
        self.newsroom.publish(id);
        (self.decided, self.texts) = (self.decided + 1, self.texts + 1);
        self.articles.push(id);
    }

    fn one(&mut self) -> Option<ArticleId> {
        (!self.articles.is_empty()).then(|| self.articles[self.dice.usize(0..self.articles.len())])
    }

    /// A new text of what was published; while something is on its way it waits.
    fn changes(&mut self) -> Result<(), String> {
        let Some(id) = self.one() else { return Ok(()) };
        self.texts += 1;
        self.newsroom.set(id, &[("body", &format!("Bản {}.\n", self.texts))]);
        self.newsroom.submit_and_approve(id);
        match self.newsroom.publish_as(id, &self.newsroom.unasked(id)) {
            Ok(_) => self.decided += 1,
            Err(error) if is_for_later(&error) => {}
            Err(other) => return Err(format!("it cannot be published: {other}")),
        }
        Ok(())
    }

    /// Quietly, on request, or for good.
    fn takes_away(&mut self) -> Result<(), String> {
        let Some(id) = self.one() else { return Ok(()) };
        let acts = [Act::Unpublish, Act::Unpublish, Act::Takedown, Act::Kill];
        let act = acts[self.dice.usize(0..acts.len())];
        let confirmed = WithdrawalConfirmed {
            decision: new_decision(),
            article: id,
            act,
            portal: PORTAL.into(),
            reason: "Tên nhân vật bị nhầm.".into(),
            asked_by: if act == Act::Takedown { "Báo Bình Minh".into() } else { String::new() },
            public_notice: String::new(),
        };
        match self.newsroom.desk.withdraw(&confirmed) {
            Ok(_) => self.taken += 1, // where nothing of it had left yet, there is nothing to take away there
            Err(error) if is_for_later(&error) => {}
            Err(other) => return Err(format!("{act:?}: {other}")),
        }
        Ok(())
    }

    fn presses_twice(&mut self) -> Result<(), String> {
        let Some(id) = self.one() else { return Ok(()) };
        let decision = new_decision();
        let answers = [self.newsroom.press(decision, id), self.newsroom.press(decision, id)];
        match answers {
            [Ok(_), Ok(_)] => self.decided += 1,
            [Err(first), Err(second)] if is_for_later(&first) && is_for_later(&second) => {}
            [first, second] => return Err(format!("{:?} and {:?}", first.err(), second.err())),
        }
        Ok(())
    }

    fn resends(&mut self) {
        let jobs = self.newsroom.desk.jobs().expect("the outbox");
        for job in jobs.iter().filter(|job| job.may_resend) {
            self.newsroom.desk.resend(job.id).expect("it may be sent again");
        }
    }

    fn cancels(&mut self) {
        let jobs = self.newsroom.desk.jobs().expect("the outbox");
        if let Some(job) = jobs.iter().find(|job| job.may_cancel) {
            self.newsroom.desk.cancel(job.id).expect("it may be cancelled");
        }
    }

    /// Works off what is due; where the desk is to die it does, in the middle of a request, and is opened again.
    async fn works(&mut self) {
        let most = self.dice.usize(1..5);
        for _ in 0..most {
            let desk = Arc::clone(&self.newsroom.desk);
            let mut working = tokio::spawn(async move { desk.work_once().await });
            let worked = loop {
                tokio::select! {
                    worked = &mut working => break Some(worked.expect("no panic").expect("the outbox")),
                    () = tokio::time::sleep(Duration::from_millis(1)) => {}
                }
                if self.newsroom.network.is_stalled() {
                    break None;
                }
            };
            match worked {
                Some(true) => {}
                Some(false) => return,
                None => {
                    working.abort();
                    working.await.ok();
                    return self.dies();
                }
            }
        }
    }

    async fn dies_at_work(&mut self) {
        self.weather.lock().expect("nobody panics").kills_soon();
        self.works().await;
        self.weather.lock().expect("nobody panics").nobody_dies();
    }

    fn dies(&mut self) {
        self.kills += 1;
        self.newsroom.network.lets_go();
        self.newsroom.reopen();
        let lock = self.newsroom.desk.folder().lock_worker().expect("the folder").expect("nobody else works");
        self.newsroom.desk.take_over(&lock).expect("the outbox");
        if self.dice.u8(0..4) > 0 {
            self.newsroom.remember_password();
        }
    }

    /// The network is well, what was late arrives, and somebody looks after what needs a person.
    async fn ends(&mut self) -> Result<(), String> {
        self.newsroom.network.is_well();
        self.newsroom.network.what_is_late_arrives();
        self.newsroom.remember_password();
        for _ in 0..8 {
            self.newsroom.an_hour_passes();
            self.newsroom.works().await;
            self.oracle.says_nothing_too_early()?;
            self.resends();
        }
        let jobs = self.newsroom.desk.jobs().expect("the outbox");
        let settled = [JobState::Confirmed, JobState::Cancelled, JobState::Refused];
        match jobs.iter().find(|job| !settled.contains(&job.state)) {
            Some(job) => Err(format!("{} is {:?} still: {}", job.id, job.state, job.last_answer)),
            None => Ok(()),
        }
    }
}

/// Something of it is on its way, it stands so that this leads nowhere, or it was killed.
fn is_for_later(error: &desk::Error) -> bool {
    matches!(error, desk::Error::UnfinishedJob { .. } | desk::Error::Act(_) | desk::Error::Killed)
}

/// In memory where the system has a place for that: a simulated day is not a test of the disk.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder")
}
