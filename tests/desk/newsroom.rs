//! A desk in a folder of its own, a portal, the network between them, and a clock one can turn.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use desk::{
    Attach, Change, Clock, Desk, Result, SessionSecrets, Words,
    window::{ArticleShown, Edit, PlacementWords, PublishConfirmed, Slot, TakenIn},
};
use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId, Hash},
    outbox::JobState,
    stage::Step,
};
use portal::{Portal as _, Secret, native::Native};
use tempfile::TempDir;
use uuid::Uuid;

use crate::network::Network;

pub const PORTAL: &str = "portal";
pub const TOKEN: &str = "the token of the test's portal";
/// Fields that take whatever words are typed.
pub const WORD_FIELDS: [&str; 16] = [
    "slugline",
    "url_slug",
    "desk",
    "kicker",
    "headline",
    "standfirst",
    "dateline",
    "byline",
    "translator",
    "editor",
    "sign_off",
    "category_code",
    "keywords",
    "source_paper",
    "original_headline",
    "ed_note",
];
/// 2025-12-12, in Unix milliseconds.
const MORNING: i64 = 1_765_500_000_000;

pub struct Newsroom {
    pub desk: Arc<Desk>,
    pub network: Network,
    pub home: TempDir,
    time: Arc<AtomicI64>,
    portal_ahead: Arc<AtomicI64>,
    portal: local_portal::LocalPortal,
    running: local_portal::Running,
}

impl Newsroom {
    /// Opens an empty desk with an account at a portal that runs.
    pub async fn open() -> Self {
        Self::open_in(tempfile::tempdir().expect("a folder")).await
    }

    /// As [`Newsroom::open`], in this folder.
    pub async fn open_in(home: TempDir) -> Self {
        let time = Arc::new(AtomicI64::new(MORNING));
        let portal_ahead = Arc::new(AtomicI64::new(0));
        let clock = {
            let (time, ahead) = (Arc::clone(&time), Arc::clone(&portal_ahead));
            move || {
                jiff::Timestamp::from_millisecond(time.load(Ordering::SeqCst) + ahead.load(Ordering::SeqCst))
                    .expect("a time")
            }
        };
        let folder = home.path().join("portal");
        let portal =
            local_portal::LocalPortal::open_with_clock(&folder, "Cổng thử", clock).expect("a portal");
        let serve = local_portal::Serve { port: None, token: TOKEN.into() };
        let running = portal.serve(serve).await.expect("a port");
        let network = Network::to(&running.url);
        let desk = sit_down(home.path(), &time);
        connect(&desk, PORTAL, &network.url).await;
        Self { desk, network, home, time, portal_ahead, portal, running }
    }

    /// Opens the same folder anew, as after the process has died. Passwords that were only remembered are gone.
    pub fn reopen(&mut self) {
        self.desk = sit_down(self.home.path(), &self.time);
    }

    /// Does something to the desk's folder while nobody has the desk open, and opens it anew.
    pub fn while_closed(&mut self, work: impl FnOnce(&Path)) {
        let elsewhere = tempfile::tempdir().expect("a folder");
        self.desk = sit_down(elsewhere.path(), &self.time);
        work(&self.folder());
        self.reopen();
    }

    /// Gives the desk a second account, straight at the portal: no network between.
    pub async fn connect_without_network(&self, name: &str) {
        connect(&self.desk, name, &self.running.url).await;
    }

    pub fn remember_password(&self) {
        self.desk.keep_secret(PORTAL, Secret::new(TOKEN.into())).expect("the portal is known");
    }

    pub fn folder(&self) -> PathBuf {
        self.home.path().join("desk")
    }

    /// Turns the clock by an hour: whatever waits is due.
    pub fn an_hour_passes(&self) {
        self.time.fetch_add(3_600_000, Ordering::SeqCst);
    }

    /// Turns the clock, back where `hours` is less than nothing.
    pub fn hours_pass(&self, hours: i64) {
        self.time.fetch_add(hours * 3_600_000, Ordering::SeqCst);
    }

    /// The clock is set, by so many milliseconds forward or back.
    pub fn clock_is_set(&self, by: i64) {
        self.time.fetch_add(by, Ordering::SeqCst);
    }

    /// The desk's clock is set; the portal's goes on as it did.
    pub fn only_our_clock_is_set(&self, by: i64) {
        self.portal_ahead.fetch_sub(by, Ordering::SeqCst);
        self.clock_is_set(by);
    }

    /// Works off everything that is due now.
    pub async fn works(&self) {
        while self.desk.work_once().await.expect("the outbox can be read") {}
    }

    /// An article that may be approved: text, a source, one picture with all its words.
    pub fn ready_article(&self) -> ArticleId {
        let id = self.desk.new_article("vi").expect("an article").id;
        self.set(
            id,
            &[
                ("headline", "Chợ nổi mở lại sau mùa nước"),
                ("standfirst", "Các sạp hàng quen thuộc đã trở lại."),
                ("source_paper", "Báo Bình Minh"),
                ("source_url", "https://binhminh.example.vn/cho-noi-post100001.html"),
                ("source_date", "2025-12-11"),
                ("body", "Thuyền cập bến từ bốn giờ sáng.\n\nAi cũng vui.\n"),
            ],
        );
        let words = Words {
            caption: Some("Chợ nổi lúc rạng sáng".into()),
            credit_line: Some("Ngọc Lam".into()),
            alt: Some("Những chiếc thuyền chở rau trên sông".into()),
        };
        self.attach(id, Slot::Lead, "lead.jpg", words);
        id
    }

    pub fn set(&self, id: ArticleId, assignments: &[(&str, &str)]) {
        let assignments: Vec<_> =
            assignments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.desk.set_fields(id, &assignments).expect("fields");
    }

    pub fn attach(&self, article: ArticleId, slot: Slot, name: &str, words: Words) -> ArticleShown {
        let bytes = photograph(name);
        self.desk
            .attach(Attach { article, slot, bytes: &bytes, name, words })
            .expect("a picture in its place")
    }

    pub fn save(&self, edit: &Edit) -> desk::window::Saved {
        self.desk.save(edit).expect("it is saved")
    }

    pub fn submit_and_approve(&self, id: ArticleId) -> ArticleShown {
        self.desk.take_step_now(id, Step::Submit).expect("submitted");
        self.desk.take_step_now(id, Step::Approve).expect("approved")
    }

    /// Makes `other` an edition of the story of `article`.
    pub fn of_one_story(&self, article: ArticleId, other: ArticleId) {
        let conn =
            rusqlite::Connection::open(self.folder().join("desk.sqlite")).expect("the desk's database");
        let sql = "UPDATE articles SET story = (SELECT story FROM articles WHERE id = ?1) WHERE id = ?2";
        assert_eq!(conn.execute(sql, (article.0, other.0)).expect("one story"), 1);
    }

    /// Publishes what is approved, under a decision of its own: as an update where it is live.
    pub fn publish(&self, article: ArticleId) -> DecisionId {
        self.publish_as(article, &self.unasked(article)).expect("it is on its way")
    }

    /// What publishing is called where nobody says: an update of what is live.
    pub fn unasked(&self, article: ArticleId) -> Change {
        let offered = self.desk.summarise_publication(article, PORTAL).map(|summary| summary.acts);
        let is_live = offered.is_ok_and(|acts| acts.contains(&Act::Update));
        Change::of(if is_live { Act::Update } else { Act::Publish })
    }

    pub fn publish_as(&self, article: ArticleId, change: &Change) -> Result<DecisionId> {
        self.desk.publish_now(article, PORTAL, change)
    }

    /// Presses Publish once with this decision.
    pub fn press(&self, decision: DecisionId, article: ArticleId) -> Result<ArticleShown> {
        self.press_for(decision, article, "", "")
    }

    /// Presses it for a time, and under an embargo, as stored.
    pub fn press_for(
        &self,
        decision: DecisionId,
        article: ArticleId,
        schedule: &str,
        embargo: &str,
    ) -> Result<ArticleShown> {
        let (schedule, embargo) = (schedule.to_owned(), embargo.to_owned());
        self.desk.publish(&PublishConfirmed {
            decision,
            article,
            portal: PORTAL.into(),
            act: self.unasked(article).act,
            public_notice: String::new(),
            reason: String::new(),
            schedule,
            embargo,
        })
    }

    /// An article that is live on the portal.
    pub async fn live_article(&self) -> ArticleId {
        let id = self.ready_article();
        self.submit_and_approve(id);
        self.publish(id);
        self.works().await;
        id
    }

    /// Makes the articles editions of one story, as translations are.
    pub fn are_editions_of_one_story(&self, articles: &[ArticleId]) {
        let conn =
            rusqlite::Connection::open(self.folder().join("desk.sqlite")).expect("the desk's database");
        for id in &articles[1..] {
            let sql = "UPDATE articles SET story = (SELECT story FROM articles WHERE id = ?1) WHERE id = ?2";
            conn.execute(sql, [articles[0].0, id.0]).expect("an edition");
        }
    }

    /// Another desk corrects the page: the portal's version moves on.
    pub fn changed_on_the_portal(&self, article: ArticleId) {
        let conn =
            rusqlite::Connection::open(self.home.path().join("portal/portal.sqlite")).expect("its database");
        let sql = "INSERT INTO versions (article, version, content_hash, edition, applied_at)
                   SELECT article, max(version) + 1, content_hash, edition, applied_at FROM versions WHERE article = ?1";
        conn.execute(sql, [article.0]).expect("a version by somebody else");
        conn.execute("UPDATE editions SET version = version + 1 WHERE article = ?1", [article.0])
            .expect("shown");
    }

    pub fn state(&self, decision: DecisionId) -> JobState {
        self.desk.job_of(decision, PORTAL).expect("the outbox").expect("its job").state
    }

    /// What the portal says is live of an article, asked without the network's troubles.
    pub async fn live(&self, article: ArticleId) -> Option<protocol::Live> {
        let speaking = Native::new(&self.running.url, Secret::new(TOKEN.into()), None).expect("an address");
        speaking.live(article).await.expect("an answer")
    }

    /// Returns how many effects the portal has had, and on how many pages, from its own database.
    pub fn effects_and_pages(&self) -> (i64, i64) {
        let conn =
            rusqlite::Connection::open(self.home.path().join("portal/portal.sqlite")).expect("its database");
        let count = |sql| conn.query_row(sql, [], |row| row.get(0)).expect("a count");
        (count("SELECT count(*) FROM versions"), count("SELECT count(*) FROM editions"))
    }

    /// The portal goes away; nothing listens any more.
    pub async fn portal_goes_away(self) -> Away {
        self.running.stop().await;
        Away { desk: self.desk, home: self.home, time: self.time, _portal: self.portal }
    }
}

/// A newsroom whose portal is not there.
pub struct Away {
    pub desk: Arc<Desk>,
    pub home: TempDir,
    time: Arc<AtomicI64>,
    _portal: local_portal::LocalPortal,
}

impl Away {
    pub fn an_hour_passes(&self) {
        self.time.fetch_add(3_600_000, Ordering::SeqCst);
    }
}

async fn connect(desk: &Desk, name: &str, url: &str) {
    let connect = desk::Connect {
        name: name.into(),
        url: url.into(),
        user: String::new(),
        secret: Secret::new(TOKEN.into()),
        certificate_authority: None,
    };
    desk.connect_portal(connect).await.expect("an account");
}

fn sit_down(home: &Path, time: &Arc<AtomicI64>) -> Arc<Desk> {
    let time = Arc::clone(time);
    let clock = Clock::of(move || time.fetch_add(1, Ordering::SeqCst));
    let secrets = Box::new(SessionSecrets::default());
    Arc::new(Desk::open(&home.join("desk"), "Lan", secrets, clock).expect("a desk"))
}

pub fn fixture(path: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/");
    std::fs::read(format!("{folder}{path}")).expect("a fixture")
}

pub fn photograph(name: &str) -> Vec<u8> {
    fixture(&format!("photos/seed/{name}"))
}

pub fn draft(taken_in: TakenIn) -> ArticleShown {
    match taken_in {
        TakenIn::Draft { article } => *article,
        TakenIn::OnTheDesk { headline, .. } => panic!("on the desk already: {headline}"),
    }
}

/// An edit that changes nothing yet.
pub fn edit(article: &ArticleShown) -> Edit {
    Edit {
        id: article.id,
        edits: article.edits,
        body: None,
        fields: None,
        placements: Vec::new(),
        caret: None,
    }
}

pub fn alt(article: &ArticleShown, at: usize, alt: &str) -> PlacementWords {
    PlacementWords { id: article.placements[at].id, caption: None, credit_line: None, alt: Some(alt.into()) }
}

pub fn new_decision() -> DecisionId {
    DecisionId(Uuid::now_v7())
}

pub fn hash_of(name: &str) -> Hash {
    Hash::of(&photograph(name))
}
