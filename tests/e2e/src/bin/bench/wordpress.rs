//! How long a publication to a real WordPress takes, and how many requests it is.

use std::time::{Duration, Instant};

use e2e::{Result, ensure};
use portal::{Portal, read_back};
use portals::{
    article::{Article, decision},
    network::Network,
    runtime,
    wordpress::{NoSite, WordPress},
};

use crate::figures::{Figure, percentile};

/// The first ones fill PHP's and the database's caches.
const WARM: usize = 3;
const ROUNDS: usize = 25;

/// Returns the figures; none, in words, where no WordPress can be had.
pub fn figures() -> Result<Vec<Figure>> {
    let site = match WordPress::start() {
        Ok(site) => site,
        Err(NoSite::CannotBeHad(why)) => {
            println!("not measured: publish_wordpress_p50_ms, requests_per_publish; {why}");
            return Ok(Vec::new());
        }
        Err(broken) => return Err(broken.into()),
    };
    let (times, requests) = runtime().block_on(publications(&site))?;
    let lie = [0, 50, 95, 100].map(|share| percentile(&times, share).round());
    println!("WordPress {}: published and read back {lie:?} ms (0, 50, 95, 100 %)", site.version);
    Ok(vec![
        // WordPress's own editor took up to 262 ms from the click to the answer, without reading back.
        Figure::ms("publish_wordpress_p50_ms", percentile(&times, 50), 262.0),
        Figure::requests("requests_per_publish", requests, 8.0),
    ])
}

/// The seed article again and again, each time a new article with pictures the portal has: from the sending of the decision
/// until its public page was read back.
async fn publications(site: &WordPress) -> Result<(Vec<f64>, usize)> {
    let desk = site.desk(site.user("author"))?; // whose text WordPress filters, as most newsrooms' accounts
    let seed = Article::seed();
    let mut times = Vec::new();
    for _ in 0..WARM + ROUNDS {
        let article = seed.another();
        article.give_pictures(&desk).await?;
        times.push(publication(&desk, &article).await?.as_secs_f64() * 1000.0);
    }
    let network = Network::to(&site.url);
    let desk = site.desk_at(&network.url, site.user("author"))?;
    let article = seed.another();
    article.give_pictures(&desk).await?;
    publication(&desk, &article).await?;
    Ok((times.split_off(WARM), network.requests().len()))
}

async fn publication(desk: &dyn Portal, article: &Article) -> Result<Duration> {
    let began = Instant::now();
    let delivered = desk.deliver(&article.delivery(decision())).await?;
    let page = desk.public_page(&delivered.receipt.url).await?;
    let differences = read_back::differences(&page, &article.edition.document, &desk.page_shape());
    let took = began.elapsed();
    ensure!(delivered.differences.is_empty() && differences.is_empty(), "{delivered:?}, {differences:?}");
    Ok(took)
}
