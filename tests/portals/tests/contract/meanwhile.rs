//! What people do on the portal itself, between what the desk saw and what it sends.

use anyhow::{Context as _, Result, bail, ensure};
use portal::{Delivered, Fault};
use portals::{
    article::{Article, decision},
    wordpress::{Post, State, WordPress},
};
use protocol::Receipt;
use serde_json::json;

async fn post_of(site: &WordPress, article: &Article) -> Result<Post> {
    let mut posts = site.posts_with(&article.id().to_string()).await?;
    ensure!(posts.len() == 1, "{posts:?}");
    Ok(posts.remove(0))
}

async fn published(site: &WordPress, article: &Article) -> Result<Receipt> {
    Ok(article.publish(&site.desk(site.user("editor"))?, decision()).await?.receipt)
}

async fn corrected(
    site: &WordPress,
    article: &Article,
    live: &Receipt,
    base: &str,
) -> Result<Result<Delivered, Fault>> {
    let desk = site.desk(site.user("editor"))?;
    Ok(article.corrected("Bài đã sửa", live).over(base).publish(&desk, decision()).await)
}

/// What it says was changed, and the version of what is there now.
fn told<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Result<(String, String)> {
    match answer {
        Err(Fault::ChangedThere { words, version }) => Ok((words, version)),
        other => bail!("{other:?}"),
    }
}

pub async fn what_somebody_wrote_there_is_never_overwritten_silently(site: &WordPress) -> Result<()> {
    for field in ["title", "excerpt", "content"] {
        let article = Article::short("Bài sẽ bị sửa trên cổng");
        let live = published(site, &article).await?;
        let post = post_of(site, &article).await?;
        let theirs = match field {
            "content" => post.content.replace("Đoạn một.", "Đoạn do cổng viết."),
            _ => "Lời của cổng".to_owned(),
        };
        site.edit(site.user("admin"), post.id, &json!({ field: theirs })).await?;
        let before = post_of(site, &article).await?;

        let (words, _) = told(corrected(site, &article, &live, &live.version).await?)?;

        ensure!(
            words.contains("changed there") && words.contains("nothing was overwritten"),
            "{field}: {words}"
        );
        ensure!(words.contains(&post.id.to_string()), "{field}: {words}");
        let after = post_of(site, &article).await?;
        ensure!(
            (before.title, before.excerpt, before.content) == (after.title, after.excerpt, after.content),
            "{field} was overwritten"
        );
    }
    Ok(())
}

/// Where the site's owner switched revisions off there is no revision's id to go by: the words themselves tell.
pub async fn a_site_that_keeps_no_revisions_is_not_overwritten_either(site: &WordPress) -> Result<()> {
    let _without = site.with_code("no-revisions.php", "add_filter( 'wp_revisions_to_keep', fn() => 0 );");
    let article = Article::short("Không giữ bản cũ");
    let first = published(site, &article).await?;
    let second = corrected(site, &article, &first, &first.version).await??.receipt;
    let id = post_of(site, &article).await?.id;
    site.edit(site.user("admin"), id, &json!({ "title": "Lời của cổng" })).await?;

    let (words, seen) = told(corrected(site, &article, &second, &second.version).await?)?;

    ensure!(words.contains("changed there") && seen != second.version, "{words}");
    ensure!(post_of(site, &article).await?.title == "Lời của cổng", "it was overwritten");
    corrected(site, &article, &second, &seen).await??;
    ensure!(post_of(site, &article).await?.title == "Bài đã sửa", "it is ours again");
    Ok(())
}

pub async fn what_was_shown_may_be_replaced(site: &WordPress) -> Result<()> {
    let article = Article::short("Bài được thay");
    let live = published(site, &article).await?;
    let post = post_of(site, &article).await?;
    site.edit(site.user("admin"), post.id, &json!({ "title": "Lời của cổng" })).await?;
    let (_, seen) = told(corrected(site, &article, &live, &live.version).await?)?;

    let delivered = corrected(site, &article, &live, &seen).await??;

    ensure!(delivered.differences.is_empty(), "{:?}", delivered.differences);
    ensure!(delivered.receipt.url == live.url, "{:?}", delivered.receipt);
    ensure!(post_of(site, &article).await?.title == "Bài đã sửa", "it is ours again");
    Ok(())
}

pub async fn a_post_in_the_trash_stays_there_until_somebody_decides(site: &WordPress) -> Result<()> {
    let article = Article::short("Bài bị bỏ vào thùng rác");
    let live = published(site, &article).await?;
    let post = post_of(site, &article).await?;
    site.trash(post.id).await?;

    let (words, seen) = told(corrected(site, &article, &live, &live.version).await?)?;
    ensure!(words.contains("trash"), "{words}");
    ensure!(post_of(site, &article).await?.state == State::Trash, "it was taken out");

    let delivered = corrected(site, &article, &live, &seen).await??;

    let post = post_of(site, &article).await?;
    ensure!(post.state == State::Publish && post.title == "Bài đã sửa", "{post:?}");
    ensure!(delivered.receipt.remote_id == live.remote_id, "{delivered:?}");
    let (status, _) = site.page(&delivered.receipt.url).await?;
    ensure!(status == 200, "its page answers {status}");
    Ok(())
}

/// A decision that comes again does not take out what it made and somebody threw away.
pub async fn what_is_in_the_trash_is_not_made_again(site: &WordPress) -> Result<()> {
    let (article, first) = (Article::short("Bài bị bỏ đi"), decision());
    let desk = site.desk(site.user("editor"))?;
    article.publish(&desk, first).await?;
    site.trash(post_of(site, &article).await?.id).await?;

    let (words, _) = told(article.publish(&desk, first).await)?;

    ensure!(words.contains("trash"), "{words}");
    ensure!(post_of(site, &article).await?.state == State::Trash, "it was taken out");
    Ok(())
}

pub async fn a_post_that_was_deleted_is_said_to_be_gone(site: &WordPress) -> Result<()> {
    let article = Article::short("Bài bị xoá hẳn");
    let live = published(site, &article).await?;
    site.delete(post_of(site, &article).await?.id).await?;

    let (words, seen) = told(corrected(site, &article, &live, &live.version).await?)?;
    ensure!(words.contains("deleted"), "{words}");
    ensure!(site.posts_with(&article.id().to_string()).await?.is_empty(), "it was made again");

    let delivered = corrected(site, &article, &live, &seen).await??;

    ensure!(delivered.receipt.remote_id != live.remote_id, "{delivered:?}");
    ensure!(post_of(site, &article).await?.state == State::Publish, "it is live again");
    Ok(())
}

pub async fn a_post_taken_off_the_public_site_is_not_put_back_silently(site: &WordPress) -> Result<()> {
    let article = Article::short("Bài bị gỡ");
    let live = published(site, &article).await?;
    let id = post_of(site, &article).await?.id;
    site.edit(site.user("admin"), id, &json!({ "status": "draft" })).await?;

    let (words, _) = told(corrected(site, &article, &live, &live.version).await?)?;

    ensure!(words.contains("taken off"), "{words}");
    let post = post_of(site, &article).await.context("it is still there")?;
    ensure!(post.state == State::Draft, "{post:?}");
    Ok(())
}
