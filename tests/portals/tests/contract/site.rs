//! What the other tests rely on: that the site is what it says, and that its troubles are real.

use anyhow::{Result, ensure};
use portal::{
    probe::probe,
    wordpress::{Account, Wordpress},
};
use portals::{
    article::{Article, decision},
    wordpress::WordPress,
};
use reqwest::Method;
use serde_json::json;

pub async fn it_has_somebody_of_every_role(site: &WordPress) -> Result<()> {
    for role in ["admin", "editor", "author", "contributor"] {
        let me = site.ask(site.user(role), Method::GET, "/users/me?context=edit", None).await?.ok()?;

        let is = me["roles"][0].as_str().unwrap_or_default();
        ensure!(is == role || (is, role) == ("administrator", "admin"), "{role}: {me}");
    }
    Ok(())
}

pub async fn its_troubles_end_with_the_test(site: &WordPress) -> Result<()> {
    let posts = format!("{}/wp-json/wp/v2/posts", site.url);
    let status = async || site.page(&posts).await.map(|(status, _)| status);
    let writing = async || {
        let post = json!({ "title": "Written all the same", "status": "draft" });
        site.ask(site.user("editor"), Method::POST, "/posts", Some(&post)).await.map(|answer| answer.status)
    };

    let mut seen = Vec::new();
    {
        let _trouble = site.without_database();
        seen.push(status().await?);
    }
    seen.push(status().await?);
    {
        let _trouble = site.without_php();
        seen.push(status().await?);
    }
    seen.push(status().await?);
    {
        let _trouble = site.with_fatal_error();
        seen.push(status().await?);
    }
    seen.push(status().await?);
    {
        let _trouble = site.with_limit("10");
        let (answer, _) = site.send(&posts, &[0; 11]).await?;
        seen.push(answer);
    }
    {
        let _trouble = site.with_fatal_error_after_writing();
        seen.push(writing().await.unwrap_or(500));
    }
    seen.push(writing().await?);

    ensure!(seen == [500, 200, 502, 200, 500, 200, 413, 500, 201], "{seen:?}");
    let written = site.posts().await?.into_iter().filter(|post| post.title == "Written all the same").count();
    ensure!(written == 2, "{written} of two were written");
    Ok(())
}

pub async fn a_password_can_be_taken_back(site: &WordPress) -> Result<()> {
    let (author, password) = site.new_password(site.user("author")).await?;
    let me = async || site.ask(&author, Method::GET, "/users/me", None).await.map(|answer| answer.status);
    let before = me().await?;

    site.revoke(&author, &password).await?;

    ensure!((before, me().await?) == (200, 401), "{before}, then not refused");
    Ok(())
}

/// As a site is before anybody chose how its addresses look: the REST API is at `?rest_route=`.
pub async fn it_is_found_without_pretty_addresses_too(site: &WordPress) -> Result<()> {
    let pretty = probe(&site.url, None).await?;
    let _plain = site.with_code("plain.php", "add_filter( 'pre_option_permalink_structure', fn() => '' );");

    let plain = probe(&site.url, None).await?;

    ensure!(pretty.api.as_deref().is_some_and(|api| api.contains("/wp-json/")), "{pretty:?}");
    ensure!(plain.api.as_deref().is_some_and(|api| api.contains("rest_route=")), "{plain:?}");
    let account = Account { api: plain.api, ..site.account(&site.url, site.user("author")) };
    let article = Article::seed();
    let delivered = article.publish(&Wordpress::new(&account)?, decision()).await?;
    ensure!(delivered.differences.is_empty() && delivered.receipt.url.contains("?p="), "{delivered:?}");
    Ok(())
}

/// What WordPress itself keeps, asked without the adapter: (the same twice has one effect, nothing unseen is
/// overwritten, a picture is known by its hash).
pub async fn keeps_by_itself(site: &WordPress) -> Result<(bool, bool, bool)> {
    let editor = site.user("editor");
    let post = json!({ "title": "Twice", "slug": "twice", "content": "<p>twice</p>", "status": "draft" });
    for _ in 0..2 {
        site.ask(editor, Method::POST, "/posts", Some(&post)).await?.ok()?;
    }
    let made = site.posts().await?.into_iter().filter(|post| post.title == "Twice").collect::<Vec<_>>();

    let (first, change) =
        (made[0].id, |words: &str| json!({ "content": words, "if_unmodified_since": "2020-01-01" }));
    site.edit(site.user("admin"), first, &change("<p>seen</p>")).await?;
    site.edit(editor, first, &change("<p>overwritten</p>")).await?;
    let posts = site.posts_with("overwritten").await?;

    let by_hash = site.ask(editor, Method::GET, "/media/0123456789abcdef0123456789abcdef", None).await?;
    Ok((made.len() == 1, posts.is_empty(), by_hash.status == 200))
}
