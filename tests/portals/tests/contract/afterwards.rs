//! The contract's rows of what comes after an article is live.

use anyhow::{Context as _, Result, ensure};
use domain::live::Standing;
use portal::{Portal, TakenAway, Withdrawing};
use portals::article::{Article, decision};
use protocol::{Act, Receipt, Withdrawal};

use crate::subject::Subject;

const GONE: [u16; 2] = [404, 410];

fn withdrawal(article: &Article, act: Act) -> Withdrawal {
    Withdrawal {
        act,
        article: article.id(),
        story: article.edition.story,
        base: None,
        public_notice: String::new(),
        decided_at: "2025-12-12T00:00:00Z".into(),
    }
}

async fn take_away(desk: &dyn Portal, withdrawal: &Withdrawal, remote_id: &str) -> Result<TakenAway> {
    let id = decision();
    let withdrawing = Withdrawing { decision: id, withdrawal, remote_id: Some(remote_id), unsettled: None };
    let first = desk.withdraw(&withdrawing).await?;
    let again = desk.withdraw(&withdrawing).await?;
    ensure!(first.receipt.standing == again.receipt.standing, "{first:?}, {again:?}");
    ensure!(desk.withdrawn(&withdrawing).await?.is_some(), "it is known to have been done");
    Ok(again)
}

pub async fn what_is_unpublished_is_gone_for_readers_and_may_return(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    let live = article.publish(&*desk, decision()).await?.receipt;
    ensure!(desk.page_status(&live.url).await? == 200);

    let away = take_away(&*desk, &withdrawal(&article, Act::Unpublish), &live.remote_id).await?;

    let status = desk.page_status(&live.url).await?;
    ensure!(GONE.contains(&status), "{status}");
    ensure!(desk.live(article.id()).await?.is_none());
    let standing = desk.standing(article.id(), Some(&live.remote_id)).await?.context("it is kept there")?;
    ensure!(standing.standing == Standing::Unpublished, "{standing:?}");
    ensure!(standing.version == away.receipt.version, "{standing:?}, {away:?}");
    let mut again =
        article.corrected("Bài trở lại", &Receipt { version: away.receipt.version, ..live.clone() });
    again.edition.act = Act::Publish;
    let back = again.publish(&*desk, decision()).await?.receipt;
    ensure!(desk.page_status(&back.url).await? == 200, "it is back");
    ensure!(back.remote_id == live.remote_id, "and is not another");
    Ok(())
}

pub async fn what_is_taken_down_says_so_where_the_portal_can(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    let live = article.publish(&*desk, decision()).await?.receipt;

    let away = take_away(&*desk, &withdrawal(&article, Act::Takedown), &live.remote_id).await?;

    let status = desk.page_status(&live.url).await?;
    let promised = desk.caps().gone_for_good;
    ensure!(status == if promised { 410 } else { 404 }, "{status}");
    ensure!(away.differences.is_empty() == promised, "what it cannot do is said: {:?}", away.differences);
    Ok(())
}

pub async fn what_is_killed_is_nowhere_any_more(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    let live = article.publish(&*desk, decision()).await?.receipt;
    let page = desk.public_page(&live.url).await?;
    let pictures: Vec<String> = page
        .split("src=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| address.ends_with(".jpg"))
        .map(|address| absolute(&live.url, address))
        .collect();
    ensure!(pictures.len() >= 3, "{pictures:?}");

    let away = take_away(&*desk, &withdrawal(&article, Act::Kill), &live.remote_id).await?;

    ensure!(away.receipt.standing == Standing::Killed, "{away:?}");
    let status = desk.page_status(&live.url).await?;
    ensure!(status == if desk.caps().gone_for_good { 410 } else { 404 }, "{status}");
    for picture in pictures {
        let status = desk.page_status(&picture).await?;
        ensure!(GONE.contains(&status), "{picture}: {status}");
    }
    ensure!(portal.standing(article.id()).await? == (0, 0), "nothing of it is anywhere but in a trash");
    ensure!(
        desk.list()
            .await?
            .iter()
            .all(|there| there.article != Some(article.id()) || !there.standing.is_live())
    );
    Ok(())
}

fn absolute(page: &str, address: &str) -> String {
    if address.starts_with("http") {
        return address.to_owned();
    }
    let base = page.rsplit_once('/').map_or("", |(base, _)| base);
    format!("{base}/{address}")
}

pub async fn a_kill_of_what_never_arrived_is_proven(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::short("Chưa từng tới"));
    let withdrawal = withdrawal(&article, Act::Kill);
    let withdrawing =
        Withdrawing { decision: decision(), withdrawal: &withdrawal, remote_id: None, unsettled: None };

    let away = desk.withdraw(&withdrawing).await?;

    ensure!(away.receipt.standing == Standing::Killed, "{away:?}");
    let late = article.publish(&*desk, decision()).await;
    ensure!(late.is_err() == desk.caps().gone_for_good, "{late:?}");
    Ok(())
}

pub async fn a_desk_that_does_not_have_it_finds_and_reads_it(portal: &Subject<'_>) -> Result<()> {
    let (desk, article) = (portal.desk()?, Article::seed());
    let live = article.publish(&*desk, decision()).await?.receipt;

    let found = desk.find(&live.url).await?.context("it is found by its address")?;
    let whole = desk.whole(&found.remote_id).await?.context("it is there")?;

    let (wanted, read) = (&article.edition.document.fields, &whole.document.fields);
    ensure!(found.article == Some(article.id()) && found.remote_id == live.remote_id, "{found:?}");
    ensure!(desk.list().await?.iter().any(|there| there.remote_id == found.remote_id));
    ensure!(whole.there.version == live.version && whole.lost.is_empty(), "{whole:?}");
    ensure!((&read.headline, &read.standfirst) == (&wanted.headline, &wanted.standfirst), "{read:?}");
    ensure!(
        (&read.source_paper, &read.source_url, &read.source_date)
            == (&wanted.source_paper, &wanted.source_url, &wanted.source_date),
        "{read:?}"
    );
    match &whole.html {
        None => ensure!(whole.document == article.edition.document),
        Some(html) => {
            let lead = whole.lead.as_ref().context("the lead")?;
            let wanted = article.edition.document.lead().context("a lead")?;
            ensure!(
                (&lead.caption, &lead.credit_line, &lead.alt)
                    == (&wanted.caption, &wanted.credit_line, &wanted.alt)
            );
            ensure!(!desk.picture(&lead.address).await?.is_empty());
            ensure!(!html.contains("source-url") && html.contains("<p"), "{html}");
        }
    }
    Ok(())
}
