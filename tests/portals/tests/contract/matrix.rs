//! Every trouble a network makes, at every act. What an act comes to is decided by the rules of the outbox; what it did is
//! counted on the portal. On our own portal in every run, on a WordPress with `TOASOAN_LONG=1` (`make bench-long`).

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use domain::outbox::{self, Next};
use portal::{Fault, Portal, Withdrawing};
use portals::{
    article::{Article, decision},
    network::{Network, Trouble},
    wordpress::WordPress,
};
use protocol::{Act, Receipt, Withdrawal};

use crate::{cuts::is_long, subject::Subject};

/// How long the desk waits for an answer here.
const PATIENCE: Duration = Duration::from_secs(2);
const MOST_ATTEMPTS: u32 = 40;
const JSON: &str = "application/json";
/// A refusal, in our own manner and in WordPress's.
const REFUSAL: &str =
    r#"{"type":"malformed","status":422,"detail":"no","code":"no","message":"no","data":{"status":422}}"#;

/// What an act comes to by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// There, once.
    Done,
    /// Stopped with a reason, until a person has it sent again.
    Stops,
    /// Waits for a password.
    NeedsPassword,
}

struct Case {
    name: String,
    trouble: Trouble,
    ends: Ends,
}

/// What is done to a page, or to the pictures of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Create,
    Update,
    Correct,
    Kill,
    Upload,
}

impl Doing {
    const ALL: [Self; 5] = [Self::Create, Self::Update, Self::Correct, Self::Kill, Self::Upload];

    /// The request of our own protocol that does it.
    fn request(self) -> &'static str {
        match self {
            Self::Create | Self::Update | Self::Correct => "PUT /dpp/v1/decisions",
            Self::Kill => "PUT /dpp/v1/withdrawals",
            Self::Upload => "PUT /dpp/v1/pictures",
        }
    }
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("reset before it is sent", Trouble::LosesRequest),
        ("reset in the middle of the request", Trouble::CutsRequest(400)),
        ("reset in the middle of the answer", Trouble::CutsAnswer(120)),
        ("the answer is dropped after the deed", Trouble::LosesAnswer),
        ("the answer comes after the desk has given up", Trouble::AnswersLate(PATIENCE * 2)),
        ("slow all the way there", Trouble::TricklesRequest(Duration::from_micros(20))),
        ("slow all the way back", Trouble::TricklesAnswer(Duration::from_millis(1))),
        ("so slow that the desk gives up", Trouble::TricklesAnswer(PATIENCE / 4)),
        ("a captive portal", Trouble::Answers("200 OK", "text/html", "<h1>Wi-Fi</h1>")),
        ("redirected to a login page", Trouble::Says(redirect())),
        ("half of the JSON", Trouble::Changes(half_of_the_body)),
        ("of the wrong type", Trouble::Changes(as_html)),
        ("longer than it says", Trouble::Changes(says_less)),
        ("shorter than it says", Trouble::Changes(says_more)),
        ("answered twice", Trouble::Changes(twice)),
        ("sent twice on the way", Trouble::Twice),
        ("a proxy wants a password", Trouble::Answers("407 Proxy Authentication Required", "text/html", "")),
    ]
    .map(|(name, trouble)| Case { name: name.into(), trouble, ends: Ends::Done })
    .into();
    for status in
        ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"]
    {
        let before = Trouble::Answers(status, "text/html", "<h1>down</h1>");
        cases.push(Case { name: format!("{status} instead"), trouble: before, ends: Ends::Done });
    }
    cases.push(Case {
        name: "500 after the deed".into(),
        trouble: Trouble::Changes(failed),
        ends: Ends::Done,
    });
    for after in
        ["Retry-After: 1\r\n", "Retry-After: Sun, 06 Nov 2094 08:49:37 GMT\r\n", "", "Retry-After: -5\r\n"]
            .into_iter()
            .chain(["Retry-After: 315360000\r\n"])
    {
        let name = format!("429 {}", after.trim());
        cases.push(Case { name, trouble: Trouble::Says(busy(after)), ends: Ends::Done });
    }
    let unknown = Trouble::Answers("401 Unauthorized", JSON, REFUSAL);
    cases.push(Case { name: "401".into(), trouble: unknown, ends: Ends::NeedsPassword });
    for status in
        ["403 Forbidden", "409 Conflict", "410 Gone", "412 Precondition Failed", "422 Unprocessable"]
            .into_iter()
            .chain(["404 Not Found", "413 Content Too Large"])
    {
        let trouble = Trouble::Answers(status, JSON, REFUSAL);
        cases.push(Case { name: status.into(), trouble, ends: Ends::Stops });
    }
    cases
}

pub async fn every_trouble_at_every_act_on_our_own_portal() -> Result<()> {
    let portal = Subject::local().await?;
    for doing in Doing::ALL {
        let held: Vec<_> = cases()
            .into_iter()
            .map(|case| {
                let portal = &portal;
                async move {
                    let network = portal.network();
                    network.next(doing.request(), case.trouble.clone());
                    let ended = hold(portal, &network, doing).await;
                    let at = || format!("{doing:?}, {}", case.name);
                    let ended = ended.with_context(at)?;
                    ensure!(ended == case.ends, "{}: {ended:?}", at());
                    Ok(())
                }
            })
            .collect();
        futures_util::future::try_join_all(held).await?;
    }
    Ok(())
}

pub async fn on_wordpress_every_trouble_at_every_request(site: &WordPress) -> Result<()> {
    at_every_request(&Subject::WordPress(site)).await
}

pub async fn with_plugin_every_trouble_at_every_request(site: &WordPress) -> Result<()> {
    at_every_request(&Subject::with_plugin(site).await?).await
}

/// What befalls one of many requests may end as well or stop: it has one effect, or none until it is sent again.
async fn at_every_request(portal: &Subject<'_>) -> Result<()> {
    ensure!(is_long(), "this is for a long run");
    for doing in Doing::ALL {
        let network = portal.network();
        hold(portal, &network, doing).await.with_context(|| format!("{doing:?}, all well"))?;
        for number in 1..=network.requests().len() {
            for case in cases() {
                let network = portal.network();
                network.at(number, case.trouble.clone());
                let held = hold(portal, &network, doing).await;
                held.with_context(|| format!("{doing:?}, {} at request {number}", case.name))?;
            }
        }
        portal.tidies().await?;
    }
    Ok(())
}

/// Does it by this network, and again without its troubles where a person would have it sent again. Says what it came to
/// by itself.
async fn hold(portal: &Subject<'_>, network: &Network, doing: Doing) -> Result<Ends> {
    // A WordPress is asked again until it has settled.
    let pause = Duration::from_millis(if matches!(portal, Subject::Local(_)) { 5 } else { 200 });
    let article = Article::small();
    let well = portal.desk()?;
    let live = match doing {
        Doing::Create | Doing::Upload => None,
        Doing::Update | Doing::Correct | Doing::Kill => {
            Some(article.work_off_every(&*well, decision(), pause).await?.receipt)
        }
    };
    let before = portal.effects(article.id()).await?;
    let deed = Deed::of(doing, &article, live.as_ref());
    let desk = portal.impatient_desk_at(&network.url, PATIENCE)?;

    let ended = deed.work_off(&*desk, pause).await?;
    if ended != Ends::Done {
        ensure!(deed.work_off(&*well, pause).await? == Ends::Done, "sent again, it stops");
    }

    let effects = portal.effects(article.id()).await? - before;
    let is_post = !matches!(portal, Subject::Local(_)); // where a change makes no second post
    let wanted = match doing {
        Doing::Create => 1,
        Doing::Update | Doing::Correct | Doing::Kill => i64::from(!is_post),
        Doing::Upload => 0,
    };
    ensure!(doing == Doing::Kill || effects == wanted, "{effects} effects instead of {wanted}");
    let standing = portal.standing(article.id()).await?;
    let there = usize::from(!matches!(doing, Doing::Kill | Doing::Upload));
    ensure!(standing == (there, there), "it stands {standing:?}");
    if doing != Doing::Kill {
        let copies = portal.copies(&article).await?;
        ensure!(copies == [1, 1, 1], "pictures: {copies:?}");
    }
    Ok(ended)
}

/// An act under its decision, and what is known of it.
struct Deed {
    doing: Doing,
    article: Article,
    decision: domain::ids::DecisionId,
    withdrawal: Withdrawal,
    remote_id: Option<String>,
}

impl Deed {
    fn of(doing: Doing, article: &Article, live: Option<&Receipt>) -> Self {
        let withdrawal = Withdrawal {
            act: Act::Kill,
            article: article.id(),
            story: article.edition.story,
            base: None,
            public_notice: String::new(),
            decided_at: "2025-12-12T00:00:00Z".into(),
        };
        let mut changed = match live {
            Some(live) => article.corrected("Bài nhỏ, bản hai", live),
            None => article.clone(),
        };
        if doing == Doing::Update {
            changed.edition.act = Act::Update;
        }
        if doing == Doing::Correct {
            changed.edition.correction_notice = "Tên nhân vật đã được sửa.".into();
        }
        let remote_id = live.map(|live| live.remote_id.clone());
        Self { doing, article: changed, decision: decision(), withdrawal, remote_id }
    }

    async fn work_off(&self, desk: &dyn Portal, pause: Duration) -> Result<Ends> {
        let mut ask = false;
        for attempt in 1..=MOST_ATTEMPTS {
            let Err(fault) = self.attempt(desk, ask).await else { return Ok(Ends::Done) };
            let outcome = match self.doing {
                Doing::Upload => fault.outcome_before_sending(),
                Doing::Create | Doing::Update | Doing::Correct | Doing::Kill => fault.outcome(),
            };
            match outbox::next(attempt, outcome) {
                Next::AskIn(_) => ask = true,
                Next::RetryIn(_) => {}
                Next::StopAndShow => return Ok(Ends::Stops),
                Next::WaitForPassword => return Ok(Ends::NeedsPassword),
                Next::Confirm => bail!("a fault confirms nothing: {fault:?}"),
            }
            tokio::time::sleep(pause).await;
        }
        bail!("{MOST_ATTEMPTS} attempts settled nothing")
    }

    async fn attempt(&self, desk: &dyn Portal, ask: bool) -> Result<(), Fault> {
        match self.doing {
            Doing::Upload => self.article.give_pictures(desk).await,
            Doing::Kill => {
                let withdrawing = Withdrawing {
                    decision: self.decision,
                    withdrawal: &self.withdrawal,
                    remote_id: self.remote_id.as_deref(),
                    unsettled: None,
                };
                if ask && desk.withdrawn(&withdrawing).await?.is_some() {
                    return Ok(());
                }
                desk.withdraw(&withdrawing).await.map(drop)
            }
            Doing::Create | Doing::Update | Doing::Correct => {
                let delivery = self.article.delivery(self.decision);
                if ask && desk.receipt_of(&delivery, Duration::MAX).await?.is_some() {
                    return Ok(());
                }
                self.article.give_pictures(desk).await.map_err(portals::article::before_sending)?;
                desk.deliver(&delivery).await.map(drop)
            }
        }
    }
}

fn redirect() -> String {
    "HTTP/1.1 302 Found\r\nLocation: https://login.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        .into()
}

fn busy(retry_after: &str) -> String {
    format!("HTTP/1.1 429 Too Many Requests\r\n{retry_after}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

fn failed(_: &[u8]) -> Vec<u8> {
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
}

fn twice(answer: &[u8]) -> Vec<u8> {
    answer.repeat(2)
}

/// The end of a header, and what comes behind it.
fn parted(answer: &[u8]) -> (String, Vec<u8>) {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |end| end + 4);
    (String::from_utf8_lossy(&answer[..end]).into_owned(), answer[end..].to_vec())
}

/// With another length than it has.
fn with(answer: &[u8], body: Vec<u8>, length: usize) -> Vec<u8> {
    let (head, _) = parted(answer);
    let keeps = |line: &&str| {
        let line = line.to_lowercase();
        !line.starts_with("content-length:") && !line.starts_with("transfer-encoding:")
    };
    let lines: Vec<&str> = head.trim_end().lines().filter(keeps).collect();
    let head = format!("{}\r\nContent-Length: {length}\r\n\r\n", lines.join("\r\n"));
    [head.into_bytes(), body].concat()
}

fn half_of_the_body(answer: &[u8]) -> Vec<u8> {
    let (_, body) = parted(answer);
    let half = body[..body.len() / 2].to_vec();
    with(answer, half.clone(), half.len())
}

fn says_less(answer: &[u8]) -> Vec<u8> {
    let (_, body) = parted(answer);
    let length = body.len() / 2;
    with(answer, body, length)
}

fn says_more(answer: &[u8]) -> Vec<u8> {
    let (_, body) = parted(answer);
    let length = body.len() + 100;
    with(answer, body, length)
}

fn as_html(answer: &[u8]) -> Vec<u8> {
    let (head, body) = parted(answer);
    let html: Vec<&str> =
        head.trim_end().lines().filter(|line| !line.to_lowercase().starts_with("content-type:")).collect();
    [format!("{}\r\nContent-Type: text/html\r\n\r\n", html.join("\r\n")).into_bytes(), body].concat()
}
