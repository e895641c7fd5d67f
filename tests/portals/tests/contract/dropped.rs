//! What WordPress drops without a word, and what our words become there.

use anyhow::{Context as _, Result, ensure};
use portal::{
    Portal as _,
    term::{TermKind, TermMapping},
};
use portals::{
    article::{Article, decision},
    wordpress::WordPress,
};
use reqwest::Method;
use serde_json::json;

fn matched(kind: TermKind, ours: &str, theirs: &str) -> TermMapping {
    TermMapping { kind, ours: ours.into(), theirs: theirs.into(), name: ours.into() }
}

pub async fn a_category_it_does_not_know_is_reported(site: &WordPress) -> Result<()> {
    let desk = site.desk(site.user("editor"))?;
    let filed = |headline: &str| {
        Article::short(headline).with(|document| document.fields.category_code = "kinh-te".into())
    };
    let (known, unknown, unmatched) = (filed("Biết"), filed("Không biết"), filed("Chưa ghép"));
    let made = json!({ "name": format!("Kinh tế {}", known.id()) }); // the site is asked twice, with the plugin and without
    let there = site.ask(site.user("admin"), Method::POST, "/categories", Some(&made)).await?.ok()?;
    let there = there["id"].as_u64().context("an id")?;
    let nowhere = unmatched.with(|document| document.fields.category_code = "không có ở đâu".into());

    let well =
        known.publish_with(&desk, &[matched(TermKind::Category, "kinh-te", &there.to_string())]).await?;
    let gone = unknown.publish_with(&desk, &[matched(TermKind::Category, "kinh-te", "99999")]).await;
    let none = nowhere.publish(&desk, decision()).await?;

    ensure!(well.differences.is_empty(), "{:?}", well.differences);
    ensure!(site.posts_with(&known.id().to_string()).await?[0].categories == [there], "it is filed");
    let said = gone.as_ref().map_or_else(ToString::to_string, |gone| gone.differences.join("; "));
    ensure!(said.contains("categories") && said.contains("99999"), "{gone:?}");
    ensure!(none.differences.iter().any(|said| said.contains("không có ở đâu")), "{:?}", none.differences);
    Ok(())
}

pub async fn a_featured_picture_it_does_not_take_is_reported(site: &WordPress) -> Result<()> {
    let (desk, article) = (site.desk(site.user("editor"))?, Article::seed());
    let before: Vec<u64> = site.pictures().await?.iter().map(|picture| picture.id).collect();
    article.give_pictures(&desk).await?;
    // Somebody cleans up the library while the desk believes the pictures are there.
    for picture in site.pictures().await?.iter().filter(|picture| !before.contains(&picture.id)) {
        site.delete_picture(picture.id).await?;
    }

    let answer = desk.deliver(&article.delivery(decision())).await;

    let post = site.posts_with(&article.id().to_string()).await?;
    match answer {
        Ok(delivered) => {
            ensure!(
                delivered.differences.iter().any(|said| said.contains("featured picture")),
                "{delivered:?}"
            );
        }
        Err(fault) => ensure!(post.is_empty(), "{fault:?}, and {post:?}"),
    }
    Ok(())
}

pub async fn words_become_terms_once(site: &WordPress) -> Result<()> {
    let desk = site.desk(site.user("editor"))?;
    let tagged = |headline: &str| {
        Article::short(headline).with(|document| {
            let fields = &mut document.fields;
            fields.keywords = vec!["Y tế số".into(), "R&D".into(), "y tế số".into()];
            fields.byline = "Author".into();
        })
    };
    let (first, second) = (tagged("Một"), tagged("Hai"));

    let one = first.publish(&desk, decision()).await?;
    let two = second.publish(&desk, decision()).await?;

    ensure!(one.differences.is_empty() && two.differences.is_empty(), "{one:?}, {two:?}");
    let posts = site.posts_with("toasoan").await?;
    let of = |article: &Article| posts.iter().find(|post| post.content.contains(&article.id().to_string()));
    let (one, two) = (of(&first).context("a post")?, of(&second).context("a post")?);
    let mut tags = one.tags.clone();
    tags.sort_unstable();
    tags.dedup();
    ensure!(tags.len() == 2, "{:?}", one.tags);
    ensure!(one.tags == two.tags, "{:?}, {:?}", one.tags, two.tags);
    ensure!(one.author == site.user("author").id, "the byline's account is {}", one.author);
    Ok(())
}
