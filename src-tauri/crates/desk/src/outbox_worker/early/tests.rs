//! A portal that holds jobs, in virtual time: random schedules, other times, cancellations, embargoes, clocks that
//! differ and answers that get lost. Its own log says what readers saw when.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use async_trait::async_trait;
use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId, Hash},
    outbox::JobState,
    stage::Step,
};
use portal::{
    Delivered, Delivery, Fault, Held, PictureFile, Portal, Stays, TakenAway, There, Whole, Withdrawing,
    read_back::PageShape, term::Term, wordpress::Wordpress,
};
use protocol::{Caps, Live, Me, Receipt};
use uuid::Uuid;

use crate::{
    Clock, Desk, SessionSecrets, lock,
    window::{JobRetimed, PublishConfirmed},
};

const MINUTE: i64 = 60_000;
const MORNING: i64 = 1_765_500_000_000;
const NAME: &str = "made-up";

/// Numbers that look random and come again by their seed.
#[derive(Debug)]
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn is_one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// What the portal has, by its own clock.
#[derive(Debug, Default)]
struct Has {
    held_for: Option<i64>,
    /// When readers first saw it, and whether it came out by itself.
    live: Option<(i64, bool)>,
    /// It was given something while it had nothing, at these times.
    given: Vec<i64>,
    times: u32,
}

struct MadeUp {
    ours: Arc<AtomicI64>,
    ahead: i64,
    has: Mutex<Has>,
    /// `None`: nothing is lost any more.
    trouble: Mutex<Option<Chance>>,
}

impl MadeUp {
    fn clock(&self) -> i64 {
        self.ours.load(Ordering::SeqCst) + self.ahead
    }

    /// What was to come out by now has.
    fn has(&self) -> std::sync::MutexGuard<'_, Has> {
        let mut has = lock(&self.has);
        if let Some(at) = has.held_for.filter(|at| *at <= self.clock()) {
            (has.held_for, has.live, has.times) = (None, Some((at, true)), has.times + 1);
        }
        has
    }

    /// The request, or the answer, may be lost.
    fn asked<T>(&self, answer: impl FnOnce(&mut Has) -> T) -> Result<T, Fault> {
        let fate = lock(&self.trouble).as_mut().map_or(9, |chance| chance.below(6));
        if fate == 0 {
            return Err(Fault::Unreachable("lost on the way there".into()));
        }
        let answer = answer(&mut self.has());
        if fate == 1 { Err(Fault::Unknown("lost on the way back".into())) } else { Ok(answer) }
    }

    fn delivered(&self, delivery: &Delivery<'_>, since: i64) -> Delivered {
        let since = jiff::Timestamp::from_millisecond(since).expect("a time");
        Delivered::from(Receipt {
            decision: delivery.decision,
            remote_id: "1".into(),
            url: "https://made-up.example/1".into(),
            version: "1".into(),
            content_hash: delivery.edition.content_hash,
            applied_at: since.to_string(),
        })
    }
}

#[async_trait]
impl Portal for MadeUp {
    fn caps(&self) -> Caps {
        Wordpress::CAPS
    }

    fn page_shape(&self) -> PageShape {
        PageShape::OURS
    }

    async fn now(&self) -> Result<Option<i64>, Fault> {
        self.asked(|_| Some(self.clock()))
    }

    async fn hold(&self, delivery: &Delivery<'_>, until: i64) -> Result<Held, Fault> {
        let clock = self.clock();
        self.asked(|has| match has.live {
            Some((since, _)) => Held::Live(Box::new(self.delivered(delivery, since))),
            None => {
                if has.held_for.is_none() {
                    has.given.push(clock);
                }
                has.held_for = Some(until);
                Held::Waits
            }
        })
    }

    async fn let_go(&self, delivery: &Delivery<'_>, _: std::time::Duration, _: Stays) -> Result<Held, Fault> {
        self.asked(|has| match has.live {
            Some((since, _)) => Held::Live(Box::new(self.delivered(delivery, since))),
            None => {
                has.held_for = None;
                Held::Gone
            }
        })
    }

    async fn deliver(&self, delivery: &Delivery<'_>) -> Result<Delivered, Fault> {
        let clock = self.clock();
        self.asked(|has| {
            if has.live.is_none() {
                (has.held_for, has.live, has.times) = (None, Some((clock, false)), has.times + 1);
            }
            self.delivered(delivery, has.live.map_or(clock, |(since, _)| since))
        })
    }

    async fn receipt_of(
        &self,
        delivery: &Delivery<'_>,
        _: std::time::Duration,
    ) -> Result<Option<Delivered>, Fault> {
        self.asked(|has| has.live.map(|(since, _)| self.delivered(delivery, since)))
    }

    async fn lacks(&self, _: &[Hash]) -> Result<Vec<Hash>, Fault> {
        Ok(Vec::new())
    }

    async fn public_page(&self, _: &str) -> Result<String, Fault> {
        Ok(String::new())
    }

    async fn me(&self) -> Result<Me, Fault> {
        Err(nobody_asks())
    }

    async fn take_picture(&self, _: &PictureFile<'_>) -> Result<(), Fault> {
        Err(nobody_asks())
    }

    async fn withdraw(&self, _: &Withdrawing<'_>) -> Result<TakenAway, Fault> {
        Err(nobody_asks())
    }

    async fn withdrawn(&self, _: &Withdrawing<'_>) -> Result<Option<TakenAway>, Fault> {
        Err(nobody_asks())
    }

    async fn live(&self, _: ArticleId) -> Result<Option<Live>, Fault> {
        Err(nobody_asks())
    }

    async fn standing(&self, _: ArticleId, _: Option<&str>) -> Result<Option<There>, Fault> {
        Err(nobody_asks())
    }

    async fn list(&self) -> Result<Vec<There>, Fault> {
        Err(nobody_asks())
    }

    async fn find(&self, _: &str) -> Result<Option<There>, Fault> {
        Err(nobody_asks())
    }

    async fn whole(&self, _: &str) -> Result<Option<Whole>, Fault> {
        Err(nobody_asks())
    }

    async fn picture(&self, _: &str) -> Result<Vec<u8>, Fault> {
        Err(nobody_asks())
    }

    async fn page_status(&self, _: &str) -> Result<u16, Fault> {
        Err(nobody_asks())
    }

    async fn terms(&self) -> Result<Vec<Term>, Fault> {
        Err(nobody_asks())
    }
}

fn nobody_asks() -> Fault {
    Fault::Refused { status: 404, words: "it is not asked for this here".into() }
}

struct Newsroom {
    desk: Arc<Desk>,
    portal: Arc<MadeUp>,
    article: ArticleId,
    _home: tempfile::TempDir,
}

impl Newsroom {
    /// An approved article, and a portal whose clock is ahead by so much.
    fn open(ahead: i64, trouble: Option<Chance>) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let ours = Arc::new(AtomicI64::new(MORNING));
        let time = Arc::clone(&ours);
        let clock = Clock::of(move || time.load(Ordering::SeqCst));
        let desk = Desk::open(home.path(), "Lan", Box::new(SessionSecrets::default()), clock);
        let desk = Arc::new(desk.expect("a desk"));
        let article = desk.new_article("vi").expect("an article").id;
        let words = [
            ("headline", "Chợ nổi mở lại"),
            ("standfirst", "Các sạp hàng quen thuộc đã trở lại."),
            ("body", "Thuyền cập bến từ bốn giờ sáng.\n"),
        ];
        let words: Vec<_> = words.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        desk.set_fields(article, &words).expect("its words");
        for step in [Step::Submit, Step::Approve] {
            desk.take_step_now(article, step).expect("it is approved");
        }
        let (has, trouble) = (Mutex::default(), Mutex::new(trouble));
        let portal = Arc::new(MadeUp { ours, ahead, has, trouble });
        desk.speaks_by(NAME, Arc::<MadeUp>::clone(&portal)).expect("it is connected");
        Self { desk, portal, article, _home: home }
    }

    /// The time that the portal's clock shows in so many minutes, as stored.
    fn there_in(&self, minutes: i64) -> String {
        jiff::Timestamp::from_millisecond(self.portal.clock() + minutes * MINUTE).expect("a time").to_string()
    }

    fn publish(&self, schedule: &str, embargo: &str) -> DecisionId {
        let decision = DecisionId(Uuid::now_v7());
        let (portal, schedule, embargo) = (NAME.to_owned(), schedule.to_owned(), embargo.to_owned());
        let confirmed = PublishConfirmed {
            decision,
            article: self.article,
            portal,
            act: Act::Publish,
            public_notice: String::new(),
            reason: String::new(),
            schedule,
            embargo,
        };
        self.desk.publish(&confirmed).expect("it is decided");
        decision
    }

    fn job(&self) -> crate::window::JobShown {
        self.desk.jobs().expect("the outbox").remove(0)
    }

    async fn minutes_pass(&self, minutes: i64) {
        self.portal.ours.fetch_add(minutes * MINUTE, Ordering::SeqCst);
        for _ in 0..20 {
            if !self.desk.work_once().await.expect("the outbox") {
                return;
            }
        }
        panic!("the outbox does not rest");
    }
}

#[tokio::test]
async fn what_is_scheduled_is_given_early_and_called_live_only_once_it_came_out() {
    let newsroom = Newsroom::open(0, None);
    newsroom.publish(&newsroom.there_in(60), "");
    newsroom.minutes_pass(0).await;
    let job = newsroom.job();
    assert_eq!((job.state, job.held_for, job.attempts), (JobState::WaitingTime, job.not_before, 0));
    assert!(
        newsroom.desk.show(newsroom.article).expect("it").publications.iter().all(|one| one.url.is_empty())
    );

    newsroom.minutes_pass(59).await;
    assert_eq!(newsroom.job().state, JobState::WaitingTime);
    newsroom.minutes_pass(180).await; // this machine slept

    let job = newsroom.job();
    assert_eq!((job.state, job.late_by), (JobState::Confirmed, None), "it came out in time, there");
    assert_eq!(newsroom.portal.has().times, 1);
}

#[tokio::test]
async fn under_an_embargo_nothing_is_given_early_and_what_is_there_is_moved_behind_it() {
    let newsroom = Newsroom::open(0, None);
    newsroom.publish(&newsroom.there_in(120), &newsroom.there_in(60));
    newsroom.minutes_pass(0).await;
    assert_eq!(newsroom.job().held_for, None);
    newsroom.minutes_pass(61).await;
    assert_eq!(
        newsroom.job().held_for,
        newsroom.job().not_before,
        "the embargo is over, the schedule is not"
    );

    let embargo = newsroom.there_in(300);
    newsroom.desk.set_fields(newsroom.article, &[("embargo".into(), embargo)]).expect("an embargo");
    newsroom.minutes_pass(10).await;

    let job = newsroom.job();
    assert_eq!(job.held_for, job.not_before);
    newsroom.minutes_pass(200).await;
    assert_eq!(newsroom.portal.has().live, None);
    newsroom.minutes_pass(100).await;
    assert_eq!(newsroom.job().state, JobState::Confirmed);
}

#[tokio::test]
async fn what_is_called_off_too_late_is_told_to_be_live() {
    let newsroom = Newsroom::open(0, None);
    newsroom.publish(&newsroom.there_in(60), "");
    newsroom.minutes_pass(0).await;
    newsroom.portal.ours.fetch_add(61 * MINUTE, Ordering::SeqCst);
    newsroom.desk.cancel(newsroom.job().id).expect("a person wants it back");
    assert!(newsroom.job().recalled);

    newsroom.minutes_pass(0).await;

    assert_eq!(newsroom.job().state, JobState::Confirmed);
}

#[tokio::test]
async fn a_portal_that_cannot_be_asked_for_its_time_is_sent_nothing_by_ours() {
    let newsroom = Newsroom::open(-120 * MINUTE, Some(Chance(1)));
    newsroom.publish(&newsroom.there_in(90), ""); // past, by our clock
    for _ in 0..80 {
        newsroom.minutes_pass(1).await;
    }
    let live = newsroom.portal.has().live;
    assert_eq!(live, None, "it is early there");
}

/// One random life of a job: it goes out once or never, never early, and the desk knows which.
async fn one_life(seed: u64) {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let ahead = (i64::try_from(chance.below(360)).unwrap_or_default() - 180) * MINUTE;
    let newsroom = Newsroom::open(ahead, Some(Chance(seed.wrapping_add(7) | 1)));
    let in_minutes = |chance: &mut Chance, most| i64::try_from(chance.below(most)).unwrap_or_default();
    let embargo_in = if chance.is_one_in(2) { in_minutes(&mut chance, 200) } else { -1 };
    let embargo = if embargo_in >= 0 { newsroom.there_in(embargo_in) } else { String::new() };
    let embargo_ends = newsroom.portal.clock() + embargo_in * MINUTE;
    let schedule = newsroom.there_in(in_minutes(&mut chance, 240));
    newsroom.publish(&schedule, &embargo);
    let mut earliest = crate::times::millis_of(&schedule).expect("a time");
    let mut cancelled = false;
    for _ in 0..30 {
        let minutes = in_minutes(&mut chance, 20);
        newsroom.minutes_pass(minutes).await;
        let job = newsroom.job();
        if job.may_retime && chance.is_one_in(5) {
            let at = newsroom.there_in(in_minutes(&mut chance, 240));
            let schedule = if chance.is_one_in(4) { String::new() } else { at };
            newsroom
                .desk
                .retime(&JobRetimed { id: job.id, schedule: schedule.clone() })
                .expect("another time");
            let wanted = crate::times::millis_of(&schedule).unwrap_or_else(|| newsroom.portal.clock());
            earliest = earliest.min(wanted); // what the portal was told before may come first
        } else if job.may_cancel && chance.is_one_in(20) {
            newsroom.desk.cancel(job.id).expect("called off");
            cancelled = true;
        }
    }
    *lock(&newsroom.portal.trouble) = None;
    for _ in 0..60 {
        newsroom.minutes_pass(10).await;
    }
    let (job, has) = (newsroom.job(), newsroom.portal.has());
    assert!(has.times <= 1, "{has:?}");
    assert_eq!(job.state == JobState::Confirmed, has.live.is_some(), "{:?} {has:?}", job.state);
    assert!(
        job.state == JobState::Confirmed || (cancelled && job.state == JobState::Cancelled),
        "{:?}",
        job.state
    );
    assert!(has.held_for.is_none(), "{has:?}");
    if let Some((since, _)) = has.live {
        assert!(since >= earliest, "{} ms early", earliest - since);
        assert!(
            embargo_in < 0 || since >= embargo_ends,
            "{} ms before the embargo ends",
            embargo_ends - since
        );
    }
    assert!(embargo_in < 0 || has.given.iter().all(|at| *at >= embargo_ends), "given under embargo");
}

#[tokio::test]
async fn whatever_is_lost_it_goes_out_once_or_never_and_never_early() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let (first, last) =
        asked("TOASOAN_SEED").map_or((1, asked("TOASOAN_SEEDS").unwrap_or(40)), |seed| (seed, seed));
    for seed in first..=last {
        println!("TOASOAN_SEED={seed}");
        one_life(seed).await;
    }
}
