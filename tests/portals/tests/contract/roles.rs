//! What each role may do there, and how it shows.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use portal::{Fault, Portal as _};
use portals::{
    article::{Article, decision},
    network::Network,
    wordpress::{State, WordPress},
};
use protocol::Act;
use serde_json::Value;

use crate::subject::copies;

/// An author's text goes through WordPress's filter, an editor's and an administrator's does not: all of it must come
/// back as it was sent.
pub async fn who_may_publish_publishes_the_seed_word_for_word(site: &WordPress) -> Result<()> {
    for role in ["author", "editor", "admin"] {
        let (network, article) = (Network::to(&site.url), Article::seed());
        let desk = site.desk_at(&network.url, site.user(role))?;

        let delivered = article.publish(&desk, decision()).await.with_context(|| role.to_owned())?;

        let posts = site.posts_with(&article.id().to_string()).await?;
        ensure!(posts.len() == 1 && posts[0].author == site.user(role).id, "{role}: {posts:?}");
        let post = &posts[0];
        let sent = sent_post(&network)?;
        let words =
            |name: &str| sent[name].as_str().map(|words| words.replace(host(&network.url), host(&site.url)));
        let sent_lines = words("content").context("a text was sent")?;
        let differs = sent_lines.lines().zip(post.content.lines()).find(|(sent, kept)| sent != kept);
        ensure!(sent_lines == post.content, "{role}: {differs:?}");
        ensure!(words("title").as_ref() == Some(&post.title), "{role}: {}", post.title);
        ensure!(words("excerpt").as_ref() == Some(&post.excerpt), "{role}: {}", post.excerpt);
        ensure!(delivered.differences.is_empty(), "{role}: {:?}", delivered.differences);
        ensure!(copies(site, &article).await? == [1, 1, 1], "{role}: its pictures");
        let lead = site.pictures().await?.into_iter().find(|picture| picture.id == post.featured_media);
        let lead = lead.context("a featured picture")?;
        let words = &article.renditions[0].words;
        ensure!(lead.alt_text == words.alt, "{lead:?}");
        ensure!(
            lead.caption.contains(&words.caption) && lead.caption.contains(&words.credit_line),
            "{lead:?}"
        );
    }
    Ok(())
}

/// The first of the posts that were sent: the whole of it.
fn sent_post(network: &Network) -> Result<Value> {
    let requests = network.requests();
    let created = requests.iter().find(|request| request.line.starts_with("POST /wp-json/wp/v2/posts"));
    Ok(serde_json::from_slice(&created.context("a post was made")?.body)?)
}

fn host(url: &str) -> &str {
    url.trim_start_matches("http://")
}

pub async fn a_contributor_is_refused_in_words_before_anything_is_made(site: &WordPress) -> Result<()> {
    let (desk, article) = (site.desk(site.user("contributor"))?, Article::short("Của cộng tác viên"));

    let me = desk.me().await?;
    let answer = desk.deliver(&article.delivery(decision())).await;

    ensure!(me.may.is_empty() && me.role == "contributor", "{me:?}");
    let Err(Fault::Refused { status: 403, words }) = &answer else {
        anyhow::bail!("{answer:?}");
    };
    ensure!(words.contains("Contributor") && words.contains("ask the portal's administrator"), "{words}");
    ensure!(site.posts_with(&article.id().to_string()).await?.is_empty(), "something was made");

    let picture = Article::seed();
    let answer = picture.publish(&desk, decision()).await;
    ensure!(matches!(answer, Err(Fault::Refused { .. })), "{answer:?}");
    Ok(())
}

pub async fn an_author_is_told_that_a_post_is_anothers(site: &WordPress) -> Result<()> {
    let (editor, author) = (site.desk(site.user("editor"))?, site.desk(site.user("author"))?);
    let may = author.me().await?.may;
    ensure!(may.contains(&Act::Publish) && may.contains(&Act::Correct), "an author may both");
    let article = Article::short("Bài của biên tập viên");
    let live = article.publish(&editor, decision()).await?.receipt;

    let answer = article.corrected("Sửa bài người khác", &live).publish(&author, decision()).await;

    let Err(Fault::Refused { status: 403, words }) = &answer else {
        anyhow::bail!("{answer:?}");
    };
    ensure!(words.contains("another account"), "{words}");
    let posts = site.posts_with(&article.id().to_string()).await?;
    ensure!(posts.len() == 1 && posts[0].title == "Bài của biên tập viên", "{posts:?}");
    Ok(())
}

/// An author is not shown another's drafts: both make one. One post is public in the end, or a person is told.
pub async fn two_accounts_at_once_publish_once(site: &WordPress) -> Result<()> {
    let second = site.new_user("author").await?;
    let pairs = [(site.user("author"), &second), (site.user("author"), site.user("editor"))];
    for (one, other) in pairs.into_iter().cycle().take(20) {
        let (article, one, other) = (Article::short("Hai tài khoản"), site.desk(one)?, site.desk(other)?);

        let (first, second) =
            tokio::join!(article.work_off(&one, decision()), article.work_off(&other, decision()));

        let posts = site.posts_with(&article.id().to_string()).await?;
        let live = posts.iter().filter(|post| post.state == State::Publish).count();
        ensure!(live == 1, "{live} live; {first:?}, {second:?}, {posts:?}");
        ensure!(first.is_ok() || second.is_ok(), "{first:?}, {second:?}");
    }
    Ok(())
}

pub async fn a_password_that_was_taken_back_is_noticed_in_the_middle(site: &WordPress) -> Result<()> {
    let (author, password) = site.new_password(site.user("author")).await?;
    let (desk, article, decision) = (site.desk(&author)?, Article::seed(), decision());
    article.give_pictures(&desk).await?;

    site.revoke(&author, &password).await?;

    let delivery = article.delivery(decision);
    let told = [
        desk.me().await.map(drop),
        desk.take_picture(&Article::seed().renditions[0].file()).await,
        desk.deliver(&delivery).await.map(drop),
        // WordPress would answer "nothing there" to anybody: that must not be taken for "not applied".
        desk.receipt_of(&delivery, Duration::MAX).await.map(drop),
    ];
    for answer in told {
        ensure!(matches!(answer, Err(Fault::NeedsPassword(_))), "{answer:?}");
    }
    let (author, _) = site.new_password(site.user("author")).await?;
    article.work_off(&site.desk(&author)?, decision).await?;
    ensure!(site.posts_with(&article.id().to_string()).await?.len() == 1, "one post, by the new password");
    Ok(())
}
