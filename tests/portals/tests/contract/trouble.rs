//! The real server in real trouble.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use portal::{
    Fault, Portal as _,
    wordpress::{Patience, Wordpress},
};
use portals::{
    article::{Article, decision},
    wordpress::{State, Trouble, WordPress},
};

use crate::subject::copies;

type Befalls = for<'s> fn(&'s WordPress) -> Trouble<'s>;

pub async fn nothing_is_lost_while_the_server_is_in_trouble(site: &WordPress) -> Result<()> {
    let table: [(&str, Befalls, &str); 4] = [
        ("no database", |site| site.without_database(), "ServerFailed"),
        ("no PHP", |site| site.without_php(), "ServerFailed"),
        ("a fatal error", |site| site.with_fatal_error(), "ServerFailed"),
        ("maintenance", |site| site.in_maintenance(), "Busy"),
    ];
    for (what, befalls, want) in table {
        let (desk, article, decision) = (site.desk(site.user("author"))?, Article::seed(), decision());
        {
            let _trouble = befalls(site);
            let picture = desk.take_picture(&article.renditions[0].file()).await;
            let fault = desk.deliver(&article.delivery(decision)).await.err().context(what)?;
            let asked = desk.receipt_of(&article.delivery(decision), Duration::MAX).await;
            ensure!(format!("{fault:?}").starts_with(want), "{what}: {fault:?}");
            ensure!(picture.is_err() && asked.is_err(), "{what}: {picture:?}, {asked:?}");
        }

        let delivered = article.work_off(&desk, decision).await.with_context(|| format!("after {what}"))?;

        ensure!(delivered.differences.is_empty(), "{what}: {:?}", delivered.differences);
        ensure!(site.posts_with(&article.id().to_string()).await?.len() == 1, "{what}: not one post");
        ensure!(copies(site, &article).await? == [1, 1, 1], "{what}: not three pictures");
    }
    Ok(())
}

/// The desk gives up, the server goes on: nothing is there when it is asked, and a moment later it is.
pub async fn a_server_that_is_slower_than_our_patience_is_waited_for(site: &WordPress) -> Result<()> {
    let impatient = Patience { answer: Duration::from_millis(700), settles: Duration::from_secs(6) };
    let account = site.account(&site.url, site.user("editor"));
    let desk = Wordpress::with_patience(&account, impatient)?;
    let (article, decision) = (Article::short("Máy chủ chậm"), decision());
    let slow = "add_filter( 'rest_pre_insert_post', function ( $post ) { sleep( 2 ); return $post; } );";
    {
        let _trouble = site.with_code("slow.php", slow);
        let fault = desk.deliver(&article.delivery(decision)).await.err().context("it is slow")?;
        ensure!(matches!(fault, Fault::Unknown(_)), "{fault:?}");
        let asked = desk.receipt_of(&article.delivery(decision), Duration::from_millis(700)).await;
        ensure!(matches!(asked, Err(Fault::Unknown(_))), "it may still be at work: {asked:?}");
    }

    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(10)
        && site.posts_with(&article.id().to_string()).await?.is_empty()
    {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    article.work_off(&desk, decision).await?;

    let posts = site.posts_with(&article.id().to_string()).await?;
    ensure!(posts.len() == 1 && posts[0].state == State::Publish, "{posts:?}");
    Ok(())
}

/// 500, and the post is there: as draft after the first attempt, live after the second, never twice.
pub async fn a_server_that_dies_after_writing_is_asked(site: &WordPress) -> Result<()> {
    let (desk, article, decision) =
        (site.desk(site.user("editor"))?, Article::short("Chết sau khi ghi"), decision());
    let marker = article.id().to_string();
    let mut states = Vec::new();
    {
        let _trouble = site.with_fatal_error_after_writing();
        for _ in 0..2 {
            let fault = desk.deliver(&article.delivery(decision)).await.err().context("it died")?;
            ensure!(matches!(fault, Fault::ServerFailed { .. }), "{fault:?}");
            states.push(site.posts_with(&marker).await?.iter().map(|post| post.state).collect::<Vec<_>>());
        }
    }
    ensure!(states.iter().all(|states| states.len() == 1), "{states:?}");

    let asked = desk.receipt_of(&article.delivery(decision), Duration::MAX).await?;
    article.work_off(&desk, decision).await?;

    ensure!(asked.is_some(), "it was live already: {states:?}");
    ensure!(site.posts_with(&marker).await?.len() == 1, "{:?}", site.posts_with(&marker).await?);
    Ok(())
}

pub async fn a_body_that_is_too_large_is_refused_in_words(site: &WordPress) -> Result<()> {
    let (desk, article, decision) = (site.desk(site.user("editor"))?, Article::seed(), decision());
    {
        let _trouble = site.with_limit("20k");
        let fault = article.publish(&desk, decision).await.err().context("a picture is larger")?;
        let Fault::Refused { status: 413, words } = &fault else { bail!("{fault:?}") };
        ensure!(words.contains("413") && words.contains("administrator"), "{words}");
    }
    article.give_pictures(&desk).await?;
    {
        let _trouble = site.with_limit("1k");
        let fault = desk.deliver(&article.delivery(decision)).await.err().context("the text is larger")?;
        ensure!(matches!(fault, Fault::Refused { status: 413, .. }), "{fault:?}");
        ensure!(site.posts_with(&article.id().to_string()).await?.is_empty(), "something was made");
    }

    article.work_off(&desk, decision).await?;

    ensure!(site.posts_with(&article.id().to_string()).await?.len() == 1, "not one post");
    Ok(())
}

/// As plugins do that close the REST API, and as a web server with rules of its own does.
pub async fn a_web_server_that_refuses_says_so_in_words(site: &WordPress) -> Result<()> {
    let (desk, article) = (site.desk(site.user("editor"))?, Article::short("Bị chặn"));
    let html = "add_action( 'rest_api_init', function () { status_header( 403 ); \
                header( 'Content-Type: text/html' ); echo '<h1>Forbidden</h1>'; exit; } );";
    let json = "add_filter( 'rest_authentication_errors', fn() => new WP_Error( 'rest_disabled', \
                'The REST API is closed here.', array( 'status' => 403 ) ) );";
    for (name, code, want) in [("firewall.php", html, "administrator"), ("closed.php", json, "closed here")] {
        let _trouble = site.with_code(name, code);

        let fault = desk.deliver(&article.delivery(decision())).await.err().context("it is closed")?;

        let Fault::Refused { status: 403, words } = &fault else { bail!("{name}: {fault:?}") };
        ensure!(words.contains(want), "{name}: {words}");
    }
    Ok(())
}
