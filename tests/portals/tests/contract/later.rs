//! What WordPress is given before its time: seen by nobody, brought out by its own clock, moved and taken back.

use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, ensure};
use portal::{Delivered, Fault, Held, Portal as _, Stays, wordpress::Wordpress};
use portals::{
    article::{Article, decision},
    network::{Network, Trouble},
    wordpress::{Post, State, WordPress},
};
use serde_json::json;

use crate::subject::copies;

const HOUR: i64 = 3_600_000;
const LONG_AGO: Duration = Duration::from_secs(3600);

fn in_an_hour() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or_default() + HOUR
}

/// Returns the only post of the article that is not in the trash.
async fn only_post(site: &WordPress, article: &Article) -> Result<Post> {
    let mut posts = site.posts_with(&article.id().to_string()).await?;
    posts.retain(|post| post.state != State::Trash);
    ensure!(posts.len() == 1, "{:?}", posts.iter().map(|post| (post.id, post.state)).collect::<Vec<_>>());
    posts.pop().context("one post")
}

async fn held(
    site: &WordPress,
    article: &Article,
    desk: &Wordpress,
    key: domain::ids::DecisionId,
) -> Result<Post> {
    article.give_pictures(desk).await?;
    let held = desk.hold(&article.delivery(key), in_an_hour()).await?;
    ensure!(held == Held::Waits, "{held:?}");
    only_post(site, article).await
}

/// The site's own clock brings a post out, as it does at a visit: its time is put back, and what WordPress plans for
/// that time is done.
async fn its_time_comes(site: &WordPress, post: u64) -> Result<()> {
    let code = format!(
        "add_action( 'init', function () {{ global $wpdb; $then = gmdate( 'Y-m-d H:i:s', time() - 2 );
           $wpdb->update( $wpdb->posts, array( 'post_date' => $then, 'post_date_gmt' => $then ), array( 'ID' => {post}, 'post_status' => 'future' ) );
           clean_post_cache( {post} ); check_and_publish_future_post( {post} ); }} );"
    );
    let _visit = site.with_code("its-time-comes.php", &code);
    site.page(&site.url).await.map(drop)
}

async fn is_live_once(site: &WordPress, article: &Article, delivered: &Delivered) -> Result<()> {
    let post = only_post(site, article).await?;
    ensure!(
        post.state == State::Publish && post.id.to_string() == delivered.receipt.remote_id,
        "{}: {:?}",
        post.id,
        post.state
    );
    ensure!(site.page(&delivered.receipt.url).await?.0 == 200);
    ensure!(delivered.differences.is_empty(), "{:?}", delivered.differences);
    Ok(())
}

pub async fn what_is_given_early_is_seen_by_nobody_and_found_once_it_came_out(
    site: &WordPress,
) -> Result<()> {
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::seed(), decision());
    let post = held(site, &article, &desk, key).await?;

    ensure!(post.state == State::Future, "{:?}", post.state);
    ensure!(site.page(&post.link).await?.0 == 404, "a reader sees it");
    ensure!(desk.live(article.id()).await?.is_none(), "it is called live");
    ensure!(desk.receipt_of(&article.delivery(key), LONG_AGO).await?.is_none(), "it has a receipt");
    ensure!(copies(site, &article).await? == [1, 1, 1]);

    let moved = desk.hold(&article.delivery(key), in_an_hour() + HOUR).await?;
    ensure!(moved == Held::Waits && only_post(site, &article).await?.id == post.id, "{moved:?}");

    its_time_comes(site, post.id).await?;
    let found = desk.receipt_of(&article.delivery(key), LONG_AGO).await?.context("it came out")?;
    let again = desk.deliver(&article.delivery(key)).await?;
    ensure!(found.receipt == again.receipt, "{found:?}, {again:?}");
    is_live_once(site, &article, &again).await?;
    let late = desk.hold(&article.delivery(key), in_an_hour()).await?;
    ensure!(matches!(late, Held::Live(_)), "{late:?}");
    let late = desk.let_go(&article.delivery(key), LONG_AGO, Stays::Nothing).await?;
    ensure!(matches!(late, Held::Live(_)), "what is live is not taken back silently: {late:?}");
    is_live_once(site, &article, &again).await
}

/// WordPress brings nothing out while nobody visits it: the desk does.
pub async fn what_the_site_forgets_to_bring_out_the_desk_brings_out(site: &WordPress) -> Result<()> {
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::seed(), decision());
    let post = held(site, &article, &desk, key).await?;
    let no_visit = "add_action( 'init', function () { remove_action( 'publish_future_post', 'check_and_publish_future_post' ); } );";
    let _asleep = site.with_code("asleep.php", no_visit);
    // Put back by its editor's form WordPress would bring it out at once: by its database it stays.
    let code = format!(
        "add_action( 'init', function () {{ global $wpdb; $then = gmdate( 'Y-m-d H:i:s', time() - 300 );
           $wpdb->update( $wpdb->posts, array( 'post_date' => $then, 'post_date_gmt' => $then ), array( 'ID' => {} ) ); clean_post_cache( {} ); }} );",
        post.id, post.id
    );
    {
        let _visit = site.with_code("put-back.php", &code);
        site.page(&site.url).await?;
    }
    ensure!(only_post(site, &article).await?.state == State::Future, "the site brought it out");

    let delivered = desk.deliver(&article.delivery(key)).await?;

    is_live_once(site, &article, &delivered).await
}

pub async fn what_is_taken_back_before_its_time_is_gone(site: &WordPress) -> Result<()> {
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::seed(), decision());
    held(site, &article, &desk, key).await?;

    for _ in 0..2 {
        let gone = desk.let_go(&article.delivery(key), LONG_AGO, Stays::Nothing).await?;
        ensure!(gone == Held::Gone, "{gone:?}");
    }

    let posts = site.posts_with(&article.id().to_string()).await?;
    ensure!(posts.iter().all(|post| post.state == State::Trash), "{} posts", posts.len());
    let delivered = article.publish(&desk, decision()).await?;
    is_live_once(site, &article, &delivered).await
}

pub async fn what_was_to_go_later_goes_at_once_after_all(site: &WordPress) -> Result<()> {
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::seed(), decision());
    let post = held(site, &article, &desk, key).await?;

    let freed = desk.let_go(&article.delivery(key), LONG_AGO, Stays::Draft).await?;
    ensure!(freed == Held::Gone && only_post(site, &article).await?.state == State::Draft, "{freed:?}");
    let delivered = desk.deliver(&article.delivery(key)).await?;

    ensure!(delivered.receipt.remote_id == post.id.to_string(), "{delivered:?}");
    is_live_once(site, &article, &delivered).await
}

pub async fn what_somebody_changed_while_it_waited_is_not_overwritten(site: &WordPress) -> Result<()> {
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::seed(), decision());
    let post = held(site, &article, &desk, key).await?;
    site.edit(site.user("admin"), post.id, &json!({ "title": "Viết trên cổng" })).await?;

    let moved = desk.hold(&article.delivery(key), in_an_hour() + HOUR).await;
    let sent = desk.deliver(&article.delivery(key)).await;

    ensure!(matches!(moved, Err(Fault::ChangedThere { .. })), "{moved:?}");
    ensure!(matches!(sent, Err(Fault::ChangedThere { .. })), "{sent:?}");
    ensure!(only_post(site, &article).await?.title == "Viết trên cổng");
    Ok(())
}

pub async fn given_early_it_is_there_once_whatever_is_lost(site: &WordPress) -> Result<()> {
    let network = Network::to(&site.url);
    let (made, written) = ("POST /wp-json/wp/v2/posts?", "POST /wp-json/wp/v2/posts/");
    for (trouble, at) in [
        (Trouble::LosesRequest, made),
        (Trouble::LosesAnswer, made),
        (Trouble::LosesRequest, written),
        (Trouble::LosesAnswer, written),
    ] {
        let (article, key) = (Article::short("Bài hẹn giờ"), decision());
        let desk = site.desk_at(&network.url, site.user("editor"))?;
        network.next(at, trouble.clone());
        let first = desk.hold(&article.delivery(key), in_an_hour()).await;
        ensure!(first.is_err(), "nothing was lost: {first:?}");

        let held = desk.hold(&article.delivery(key), in_an_hour()).await?;

        let post = only_post(site, &article).await?;
        ensure!(held == Held::Waits && post.state == State::Future, "{trouble:?} {at}: {:?}", post.state);
    }
    Ok(())
}

pub async fn what_is_due_in_a_moment_is_not_given_early(site: &WordPress) -> Result<()> {
    let (desk, article) = (site.desk(site.user("editor"))?, Article::short("Bài sắp đến giờ"));

    let refused = desk.hold(&article.delivery(decision()), in_an_hour() - HOUR + 50_000).await;

    ensure!(
        matches!(refused, Err(Fault::Refused { .. })),
        "WordPress would bring it out at once: {refused:?}"
    );
    ensure!(site.posts_with(&article.id().to_string()).await?.is_empty());
    Ok(())
}
