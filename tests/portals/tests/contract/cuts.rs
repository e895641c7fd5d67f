//! The connection is cut after a byte of a publication with three small pictures: wherever that is, there is one
//! article with three pictures in the end. `TOASOAN_LONG=1` cuts after every byte of our own portal's, and at every line of
//! a header and 200 drawn bytes of a WordPress's (`make bench-long`).

use std::{env, time::Duration};

use anyhow::{Context as _, Result, ensure};
use portals::{
    article::{Article, decision},
    network::{Request, Trouble},
    wordpress::WordPress,
};

use crate::subject::Subject;

/// In `make test` the connection is cut after each so-many-th byte.
const EACH: usize = 37;
const DRAWN: usize = 200;
const PAUSE: Duration = Duration::from_millis(1);

/// After which byte of which request, or of its answer.
#[derive(Debug, Clone, Copy)]
struct Cut {
    number: usize,
    in_answer: bool,
    bytes: usize,
}

impl Cut {
    fn trouble(self) -> Trouble {
        if self.in_answer { Trouble::CutsAnswer(self.bytes) } else { Trouble::CutsRequest(self.bytes) }
    }
}

pub async fn after_any_byte_there_is_one_article_with_three_pictures() -> Result<()> {
    let portal = Subject::local().await?;
    let each = if is_long() { 1 } else { EACH };
    let cuts = everywhere(&publication(&portal).await?).into_iter().step_by(each).collect();
    hold(&portal, cuts, PAUSE).await
}

pub async fn on_wordpress_at_every_header_and_drawn_bytes(site: &WordPress) -> Result<()> {
    on_site(&Subject::WordPress(site)).await
}

pub async fn with_plugin_at_every_header_and_drawn_bytes(site: &WordPress) -> Result<()> {
    on_site(&Subject::with_plugin(site).await?).await
}

async fn on_site(portal: &Subject<'_>) -> Result<()> {
    let requests = publication(portal).await?;
    let mut cuts = at_headers(&requests);
    let all = everywhere(&requests);
    let seed = fastrand::u64(..);
    let mut dice = fastrand::Rng::with_seed(seed);
    cuts.extend((0..DRAWN).map(|_| all[dice.usize(0..all.len())]));
    hold(portal, cuts, Duration::from_millis(200)).await.with_context(|| format!("drawn with {seed}"))
}

pub fn is_long() -> bool {
    env::var_os("TOASOAN_LONG").is_some()
}

/// The requests and answers of a publication in which nothing goes wrong.
async fn publication(portal: &Subject<'_>) -> Result<Vec<Request>> {
    let network = portal.network();
    Article::small().work_off_every(&*portal.desk_at(&network.url)?, decision(), PAUSE).await?;
    portal.tidies().await?;
    Ok(network.requests())
}

fn everywhere(requests: &[Request]) -> Vec<Cut> {
    let of = |number, in_answer, length| (0..=length).map(move |bytes| Cut { number, in_answer, bytes });
    let numbered = requests.iter().enumerate().map(|(at, request)| (at + 1, request));
    numbered
        .flat_map(|(number, request)| {
            of(number, false, request.whole.len()).chain(of(number, true, request.answer.len()))
        })
        .collect()
}

/// Behind every line of the headers, of requests and of answers.
fn at_headers(requests: &[Request]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (at, request) in requests.iter().enumerate() {
        for (in_answer, bytes) in [(false, &request.whole), (true, &request.answer)] {
            let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |end| end + 4);
            let lines = (0..end).filter(|at| bytes[*at] == b'\n').map(|at| at + 1);
            cuts.extend(lines.map(|bytes| Cut { number: at + 1, in_answer, bytes }));
        }
    }
    cuts
}

async fn hold(portal: &Subject<'_>, cuts: Vec<Cut>, pause: Duration) -> Result<()> {
    ensure!(cuts.len() >= 100, "{} cuts are few", cuts.len());
    for cut in cuts {
        let (network, article) = (portal.network(), Article::small());
        network.at(cut.number, cut.trouble());

        let desk = portal.desk_at(&network.url)?;
        let delivered = article.work_off_every(&*desk, decision(), pause).await;

        delivered.with_context(|| format!("{cut:?}"))?;
        let found = (portal.effects(article.id()).await?, portal.copies(&article).await?);
        ensure!(found == (1, vec![1, 1, 1]), "{cut:?}: {found:?}");
        ensure!(portal.standing(article.id()).await? == (1, 1), "{cut:?}: it is not live");
        portal.tidies().await?;
    }
    Ok(())
}
