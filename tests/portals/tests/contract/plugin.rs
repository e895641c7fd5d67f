//! What our plugin adds to a WordPress: put there and taken away as an administrator does, asked past the adapter too.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use domain::ids::{ArticleId, StoryId};
use portal::{Fault, Portal as _, probe::probe};
use portals::{
    article::{Article, decision},
    network::Network,
    wordpress::{Answer, State, User, WordPress},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::subject::copies;

const PLUGIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src-tauri/crates/portal/wordpress-plugin");
const NOTICE: &str = "Bài được gỡ theo yêu cầu của <nguồn>.";
const REASON: &str = "lý do nội bộ 4711";

/// Asks the plugin for `path` in somebody's name.
async fn asked(
    site: &WordPress,
    who: &User,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Result<Answer> {
    site.ask_at(who, method, &format!("/toasoan/v1{path}"), body).await
}

/// Takes an article away: what is not written needs no more than its name.
async fn removed(site: &WordPress, article: &Article, act: &str) -> Result<Answer> {
    let body = json!({
        "act": act, "article": article.id(), "story": article.edition.story, "public_notice": NOTICE, "reason": REASON,
    });
    let path = format!("/decisions/{}", decision());
    asked(site, site.user("editor"), Method::PUT, &path, Some(&body)).await
}

/// Returns the article as data, as a search engine reads it.
fn data_of(page: &str) -> Result<Value> {
    let start = "<script type=\"application/ld+json\">";
    let json = page
        .split(start)
        .find_map(|part| part.split("</script>").next().filter(|json| json.contains("NewsArticle")));
    Ok(serde_json::from_str(json.context("the page has data")?)?)
}

pub async fn every_file_is_php_and_carries_the_one_version(_site: &WordPress) -> Result<()> {
    let main = fs::read_to_string(Path::new(PLUGIN).join("toasoan.php"))?;
    let mut files = vec![Path::new(PLUGIN).join("toasoan.php"), Path::new(PLUGIN).join("uninstall.php")];
    for folder in ["includes", "languages"] {
        files
            .extend(fs::read_dir(Path::new(PLUGIN).join(folder))?.map(|entry| entry.expect("a file").path()));
    }

    for file in &files {
        let said = Command::new("php").arg("-l").arg(file).output()?;
        ensure!(said.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&said.stdout));
        let text = fs::read_to_string(file)?;
        let guarded =
            ["defined( 'ABSPATH' ) || exit", "defined( 'WP_UNINSTALL_PLUGIN' ) || exit", "return array("];
        ensure!(guarded.iter().any(|guard| text.contains(guard)), "{} runs by itself", file.display());
    }
    let number = env!("CARGO_PKG_VERSION");
    ensure!(main.contains(&format!(" * Version:           {number}\n")), "its header says another version");
    ensure!(main.contains(&format!("const VERSION = '{number}';")), "its code says another version");
    ensure!(files.len() > 10, "{files:?}");
    Ok(())
}

/// A plugin that was there and went leaves articles, pictures and, unless it was asked for, its records.
pub async fn it_is_put_in_by_the_form_and_leaves_what_was_published(site: &WordPress) -> Result<()> {
    let (article, key) = (Article::seed(), decision());
    let first = {
        let _plugin = site.with_plugin().await?;
        article.publish(&site.desk(site.user("editor"))?, key).await?.receipt
    };
    ensure!(!probe(&site.url, None).await?.companion, "it is not active");
    site.delete_plugin().await?;

    site.install_plugin().await?; // its records were kept
    let again = article.publish(&site.desk(site.user("editor"))?, key).await?.receipt;
    ensure!(again == first, "{again:?}, {first:?}");
    ensure!(probe(&site.url, None).await?.companion, "it is found");

    site.choose_to_remove_records().await?;
    site.set_plugin("inactive").await?;
    site.delete_plugin().await?;
    let posts = site.posts_with(&article.id().to_string()).await?;
    ensure!(posts.len() == 1 && posts[0].state == State::Publish, "{posts:?}");
    ensure!(copies(site, &article).await? == [1, 1, 1], "its pictures");

    let _plugin = site.with_plugin().await?; // its records are gone, what was published is known by its marker
    let desk = site.desk(site.user("editor"))?;
    let same = article.publish(&desk, key).await?.receipt;
    ensure!((&same.remote_id, &same.version) == (&first.remote_id, &first.version), "{same:?}, {first:?}");
    let before = asked(site, site.user("editor"), Method::GET, "/changes", None).await?.ok()?;
    ensure!(before["changes"] == json!([]), "its records were kept: {before}");
    Ok(())
}

/// A desk that published without the plugin goes on with it, and back: the same post, the same pictures.
pub async fn what_was_published_without_it_is_taken_in_and_given_back(site: &WordPress) -> Result<()> {
    let (article, key) = (Article::seed(), decision());
    let plain = site.desk(site.user("editor"))?;
    let first = article.publish(&plain, key).await?.receipt;

    let second = {
        let _plugin = site.with_plugin().await?;
        let desk = site.desk(site.user("editor"))?;
        let network = Network::to(&site.url);
        let settled = desk.receipt_of(&article.delivery(key), std::time::Duration::MAX).await?;
        let settled = settled.context("it was applied")?.receipt;
        ensure!((&settled.remote_id, &settled.version) == (&first.remote_id, &first.version), "{settled:?}");
        let again = article.publish(&site.desk_at(&network.url, site.user("editor"))?, key).await?.receipt;
        ensure!(again.remote_id == first.remote_id, "{again:?}");
        ensure!(network.seen("PUT /wp-json/toasoan/v1/pictures") == 0, "its pictures are known");
        article.corrected("Tajuk kedua", &first).publish(&desk, decision()).await?.receipt
    };
    let third = article
        .corrected("Tajuk ketiga", &second)
        .publish(&site.desk(site.user("editor"))?, decision())
        .await?;

    ensure!(third.differences.is_empty(), "{:?}", third.differences);
    let posts = site.posts_with(&article.id().to_string()).await?;
    ensure!(posts.len() == 1 && posts[0].title == "Tajuk ketiga", "{posts:?}");
    ensure!(posts[0].id.to_string() == first.remote_id && third.receipt.url == first.url, "another post");
    ensure!(copies(site, &article).await? == [1, 1, 1], "its pictures");
    Ok(())
}

/// A draft that the desk left there before the plugin came is finished, one that somebody wrote in is not touched.
pub async fn a_draft_left_without_it_is_finished_unless_somebody_wrote_in_it(site: &WordPress) -> Result<()> {
    for touched in [false, true] {
        let (article, key) = (Article::short("Bản nháp để lại"), decision());
        article.publish(&site.desk(site.user("editor"))?, key).await?;
        let id = site.posts_with(&article.id().to_string()).await?[0].id;
        site.edit(site.user("admin"), id, &json!({ "status": "draft" })).await?;
        if touched {
            site.edit(site.user("admin"), id, &json!({ "title": "Lời của cổng" })).await?;
        }
        let _plugin = site.with_plugin().await?;

        let answer = article.publish(&site.desk(site.user("editor"))?, key).await;

        let post = &site.posts_with(&article.id().to_string()).await?[0];
        ensure!(post.id == id, "a second post");
        if touched {
            ensure!(matches!(answer, Err(Fault::ChangedThere { .. })), "{answer:?}");
            ensure!(post.state == State::Draft && post.title == "Lời của cổng", "{post:?}");
        } else {
            ensure!(post.state == State::Publish && answer?.receipt.remote_id == id.to_string(), "{post:?}");
        }
    }
    Ok(())
}

/// Two desks correct the same page at the same moment: one is told that it was late, and nothing of the other's is lost.
pub async fn of_two_corrections_at_once_one_is_refused(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let (one, other) = (site.desk(site.user("editor"))?, site.desk(site.user("admin"))?);
    for round in 1..=10 {
        let article = Article::short("Hai người sửa");
        let live = article.publish(&one, decision()).await?.receipt;
        let (first, second) =
            (article.corrected("Người thứ nhất", &live), article.corrected("Người thứ hai", &live));

        let answers = tokio::join!(first.publish(&one, decision()), second.publish(&other, decision()));

        let title = site.posts_with(&article.id().to_string()).await?[0].title.clone();
        let won = match &answers {
            (Ok(_), Err(Fault::ChangedThere { .. })) => "Người thứ nhất",
            (Err(Fault::ChangedThere { .. }), Ok(_)) => "Người thứ hai",
            other => anyhow::bail!("round {round}: {other:?}"),
        };
        ensure!(title == won, "round {round}: {title}, {answers:?}");
    }
    Ok(())
}

/// A key is used once: another content under it is refused.
pub async fn another_content_under_the_same_key_is_refused(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::short("Khoá"), decision());
    let live = article.publish(&desk, key).await?.receipt;

    let answer = article.corrected("Khác", &live).publish(&desk, key).await;

    ensure!(
        matches!(&answer, Err(Fault::Refused { status: 422, words }) if words.contains("applied here before")),
        "{answer:?}"
    );
    ensure!(site.posts_with(&article.id().to_string()).await?[0].title == "Khoá", "it was written");
    Ok(())
}

/// PHP dies once the post is written: nothing of it is left, and the next attempt is the first.
pub async fn a_server_that_dies_in_the_middle_leaves_nothing_behind(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::seed(), decision());
    article.give_pictures(&desk).await?;
    {
        let _trouble = site.with_fatal_error_after_writing();
        let answer = desk.deliver(&article.delivery(key)).await;
        ensure!(matches!(answer, Err(Fault::ServerFailed { .. })), "{answer:?}");
    }
    let left = site.posts_with(&article.id().to_string()).await?;
    ensure!(left.is_empty(), "{left:?}");

    article.work_off(&desk, key).await?;

    ensure!(site.posts_with(&article.id().to_string()).await?.len() == 1, "once");
    Ok(())
}

/// The first answer to a decision stays its answer, whatever became of the post: it is not taken out of the trash.
pub async fn a_decision_that_comes_again_changes_nothing(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let (desk, article, key) = (site.desk(site.user("editor"))?, Article::short("Bỏ đi rồi"), decision());
    let first = article.publish(&desk, key).await?.receipt;
    site.trash(first.remote_id.parse()?).await?;

    let again = article.publish(&desk, key).await?.receipt;

    ensure!(again == first, "{again:?}, {first:?}");
    ensure!(site.posts_with(&article.id().to_string()).await?[0].state == State::Trash, "it was taken out");
    ensure!(desk.live(article.id()).await?.is_none(), "it is not live");
    Ok(())
}

pub async fn what_is_taken_away_is_gone_and_says_no_more(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let desk = site.desk(site.user("editor"))?;
    let table =
        [("unpublish", 404, State::Draft), ("takedown", 410, State::Draft), ("kill", 410, State::Trash)];
    for (act, status, state) in table {
        let article = Article::seed();
        let live = article.publish(&desk, decision()).await?.receipt;

        let answer = removed(site, &article, act).await?.ok().context(act)?;

        let (found, page) = site.page(&live.url).await?;
        ensure!(found == status, "{act}: its page answers {found}");
        let headline = &article.edition.document.fields.headline;
        ensure!(!page.contains(headline) && !page.contains(REASON), "{act}: the page says too much");
        ensure!((status == 410) == page.contains("của &lt;nguồn&gt;"), "{act}: the notice");
        ensure!(desk.live(article.id()).await?.is_none(), "{act}: it is called live");
        let posts = site.posts_with(&article.id().to_string()).await?;
        ensure!(posts.len() == 1 && posts[0].state == state, "{act}: {posts:?}");
        let kept = copies(site, &article).await?;
        ensure!(kept == if act == "kill" { [0, 0, 0] } else { [1, 1, 1] }, "{act}: {kept:?}, {answer}");
    }
    Ok(())
}

/// What was withdrawn may come back at its address; what was killed may not, however late somebody's request is.
pub async fn only_what_was_killed_never_comes_back(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let desk = site.desk(site.user("editor"))?;
    for act in ["unpublish", "takedown", "kill"] {
        let article = Article::short("Bài sẽ gỡ");
        let live = article.publish(&desk, decision()).await?.receipt;
        removed(site, &article, act).await?.ok()?;

        let again = article.publish(&desk, decision()).await;

        if act == "kill" {
            ensure!(
                matches!(&again, Err(Fault::Refused { status: 409, words }) if words.contains("killed")),
                "{again:?}"
            );
        } else {
            ensure!(again?.receipt.url == live.url, "{act}: another address");
            ensure!(site.page(&live.url).await?.0 == 200, "{act}: it is not back");
        }
    }
    let never = Article::short("Chưa từng đăng");
    removed(site, &never, "kill").await?.ok()?;
    let late = never.publish(&desk, decision()).await;
    ensure!(matches!(late, Err(Fault::Refused { status: 409, .. })), "{late:?}");
    ensure!(site.posts_with(&never.id().to_string()).await?.is_empty(), "it was made");
    Ok(())
}

/// A picture that another article shows outlives a kill.
pub async fn a_kill_leaves_pictures_that_others_show(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let (desk, article) = (site.desk(site.user("editor"))?, Article::seed());
    let another = article.another();
    article.publish(&desk, decision()).await?;
    another.publish(&desk, decision()).await?;

    removed(site, &article, "kill").await?.ok()?;
    ensure!(copies(site, &another).await? == [1, 1, 1], "a picture of the other went");

    removed(site, &another, "kill").await?.ok()?;
    ensure!(copies(site, &another).await? == [0, 0, 0], "nobody shows them any more");
    Ok(())
}

/// Everything that happens is told in its order, by the desk or by people there, and asking again tells what is new.
pub async fn changes_are_told_in_their_order(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let (desk, editor, article) =
        (site.desk(site.user("editor"))?, site.user("editor"), Article::short("Nguồn tin"));
    let mut after = "0".to_owned();
    loop {
        let told = asked(site, editor, Method::GET, &format!("/changes?limit=500&after={after}"), None)
            .await?
            .ok()?;
        after = told["next"].as_str().context("a number")?.to_owned();
        if told["more"] == false {
            break;
        }
    }
    let live = article.publish(&desk, decision()).await?.receipt;
    let corrected = article.corrected("Nguồn tin, đã sửa", &live).publish(&desk, decision()).await?.receipt;
    let post = corrected.remote_id.parse()?;
    site.edit(site.user("admin"), post, &json!({ "title": "Lời của cổng" })).await?;
    removed(site, &article, "takedown").await?.ok()?;

    let told = asked(site, editor, Method::GET, &format!("/changes?after={after}"), None).await?.ok()?;

    let changes = told["changes"].as_array().context("changes")?;
    let said = |name: &str| {
        changes.iter().map(|change| change[name].as_str().unwrap_or_default()).collect::<Vec<_>>()
    };
    ensure!(said("act") == ["publish", "correct", "portal", "takedown"], "{told}");
    ensure!(said("state") == ["live", "live", "live", "taken_down"], "{told}");
    ensure!(said("version")[..2] == [live.version, corrected.version], "{told}");
    let others = asked(site, site.user("author"), Method::GET, &format!("/changes?after={after}"), None)
        .await?
        .ok()?;
    ensure!(others["changes"] == json!([]), "an author is told of another's: {others}");
    Ok(())
}

/// Credits, source, languages and corrections are data on the page, and what is the desk's own is nowhere in public.
pub async fn the_page_says_as_data_what_it_says_in_words(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let desk = site.desk(site.user("editor"))?;
    let malay = Article::seed();
    let mut vietnamese = Article::short("Bản tiếng </script><script>alert(1)</script> Việt");
    vietnamese.edition.story = malay.edition.story;
    let live = malay.publish(&desk, decision()).await?.receipt;
    let other = vietnamese.publish(&desk, decision()).await?.receipt;
    let mut corrected = malay.corrected("Tajuk yang dibetulkan", &live);
    corrected.edition.correction_notice = "Nama duta telah dibetulkan.".into();
    corrected.publish(&desk, decision()).await?;

    let (page, data) = {
        let (_, page) = site.page(&live.url).await?;
        let data = data_of(&page)?;
        (page, data)
    };

    let fields = &corrected.edition.document.fields;
    ensure!(data["headline"] == fields.headline && data["inLanguage"] == "ms", "{data}");
    ensure!(data["isBasedOn"] == fields.source_url, "{data}");
    ensure!(data["sourceOrganization"]["name"] == fields.source_paper, "{data}");
    ensure!(data["correction"][0]["text"] == "Nama duta telah dibetulkan.", "{data}");
    ensure!(data["workTranslation"][0]["@id"] == other.url, "{data}");
    for (at, placement) in corrected.edition.document.placements.iter().enumerate() {
        let image = &data["image"][at];
        ensure!(
            image["creditText"] == placement.credit_line && image["caption"] == placement.caption,
            "{image}"
        );
    }
    for (language, url) in [("ms", &live.url), ("vi", &other.url)] {
        let link = format!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"{url}\" />");
        for page in [&page, &site.page(&other.url).await?.1] {
            ensure!(page.matches(&link).count() == 1, "{language}: {link}");
        }
    }
    let (_, hostile) = site.page(&other.url).await?;
    ensure!(
        data_of(&hostile)?["headline"].as_str().is_some_and(|words| words.contains("</script>")),
        "its headline"
    );
    ensure!(!hostile.contains("<script>alert(1)"), "a headline became a script");
    let public = format!("{}/wp-json/wp/v2/posts/{}", site.url, live.remote_id);
    let (_, told) = site.page(&public).await?;
    for secret in ["_toasoan", &live.decision.to_string(), &live.content_hash.to_string()] {
        ensure!(!told.contains(secret) && !page.contains(secret), "{secret} is public");
    }
    Ok(())
}

/// Who is nobody is told nothing, who may not publish publishes nothing, and what makes no sense is refused.
pub async fn it_is_closed_to_whom_it_should_be(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let article = Article::short("Của biên tập viên");
    let key = decision();
    article.publish(&site.desk(site.user("editor"))?, key).await?;
    let kill = json!({ "act": "kill", "article": article.id(), "story": article.edition.story });
    let paths = [
        ("GET", "/about".to_owned()),
        ("GET", "/changes".to_owned()),
        ("GET", format!("/editions/{}", article.id())),
        ("GET", format!("/decisions/{key}")),
        ("PUT", format!("/decisions/{}", decision())),
        ("POST", "/pictures/known".to_owned()),
        ("PUT", format!("/pictures/{}", "0".repeat(64))),
    ];
    let nobody = User { application_password: "wrong".into(), ..site.user("editor").clone() };
    for (method, path) in &paths {
        let body = (*method != "GET")
            .then(|| if path.contains("known") { json!({ "hashes": [] }) } else { kill.clone() });
        let answer = asked(site, &nobody, method.parse()?, path, body.as_ref()).await?;
        ensure!(answer.status == 401, "{method} {path}: {answer:?}");
    }
    for (role, status) in [("contributor", 403), ("author", 403)] {
        for act in ["kill", "takedown", "unpublish"] {
            let body = json!({ "act": act, "article": article.id(), "story": article.edition.story });
            let path = format!("/decisions/{}", decision());
            let answer = asked(site, site.user(role), Method::PUT, &path, Some(&body)).await?;
            ensure!(answer.status == status, "{role} {act}: {answer:?}");
        }
    }
    let nonsense = [
        json!({ "act": "explode", "article": article.id(), "story": article.id() }),
        json!({ "act": "kill", "article": "' OR 1=1 --", "story": article.id() }),
        json!({ "act": "publish", "article": article.id(), "story": article.id() }),
        json!({ "act": "publish", "article": article.id(), "story": article.id(), "content_hash": "0".repeat(64), "fields": { "meta": { "a": 1 } } }),
        json!({ "act": "kill", "article": article.id(), "story": article.id(), "reason": "x".repeat(10_001) }),
        json!({ "act": "kill", "article": article.id(), "story": article.id(), "language": "\"><script>" }),
    ];
    for body in nonsense {
        let path = format!("/decisions/{}", decision());
        let answer = asked(site, site.user("admin"), Method::PUT, &path, Some(&body)).await?;
        ensure!(answer.status == 400, "{body}: {answer:?}");
    }
    ensure!(site.posts_with(&article.id().to_string()).await?[0].state == State::Publish, "it was touched");
    Ok(())
}

pub async fn a_picture_that_is_none_or_arrived_damaged_is_refused(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let desk = site.desk(site.user("editor"))?;
    let before = site.pictures().await?.len();
    let mut damaged = Article::seed().renditions.remove(0);
    damaged.bytes.truncate(1000);
    let mut text = damaged.clone();
    text.bytes = b"<?php system( $_GET['c'] );".to_vec();
    text.hash = domain::ids::Hash::of(&text.bytes);

    let answers = (desk.take_picture(&damaged.file()).await, desk.take_picture(&text.file()).await);

    ensure!(matches!(answers.0, Err(Fault::Busy { .. })), "it is sent again: {answers:?}");
    ensure!(matches!(answers.1, Err(Fault::Refused { status: 400, .. })), "{answers:?}");
    ensure!(site.pictures().await?.len() == before, "something was kept");
    Ok(())
}

/// Two desks that give the same picture at the same moment.
pub async fn a_picture_given_twice_at_once_is_there_once(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let (one, other) = (site.desk(site.user("editor"))?, site.desk(site.user("author"))?);
    for _ in 0..5 {
        let article = Article::seed();
        let file = article.renditions[0].file();

        let answers = tokio::join!(one.take_picture(&file), other.take_picture(&file));

        ensure!(answers.0.is_ok() && answers.1.is_ok(), "{answers:?}");
        ensure!(copies(site, &article).await?[0] == 1, "it is there twice");
    }
    Ok(())
}

/// Two language editions are two posts, and one does not take the other's place.
pub async fn editions_of_a_story_do_not_touch_each_other(site: &WordPress) -> Result<()> {
    let _plugin = site.with_plugin().await?;
    let desk = site.desk(site.user("editor"))?;
    let story = StoryId(uuid::Uuid::now_v7());
    let edition = |language: &str| {
        let mut edition =
            Article::short("Ba bản").with(|document| document.fields.language = language.into());
        edition.edition.story = story;
        edition
    };
    let editions = ["vi", "en", "zh-Hans"].map(edition);
    for one in &editions {
        one.publish(&desk, decision()).await?;
    }

    removed(site, &editions[1], "kill").await?.ok()?;

    let live = async |id: ArticleId| Ok::<_, Fault>(desk.live(id).await?.is_some());
    let standing =
        [live(editions[0].id()).await?, live(editions[1].id()).await?, live(editions[2].id()).await?];
    ensure!(standing == [true, false, true], "{standing:?}");
    let page = site.page(&desk.live(editions[0].id()).await?.context("live")?.url).await?.1;
    ensure!(
        page.contains("hreflang=\"zh-Hans\"") && !page.contains("hreflang=\"en\""),
        "the dead one is named"
    );
    Ok(())
}

/// Nothing that the plugin did in all these tests was worth a line in the server's log.
pub async fn it_never_stumbled(site: &WordPress) -> Result<()> {
    let log = site.log()?;
    // A line that begins with # only tells the way to another's mistake: that of the PHP that the tests let die.
    let ours = |line: &&str| line.contains("plugins/toasoan/") && !line.starts_with('#');
    let ours: Vec<&str> = log.lines().filter(ours).collect();
    ensure!(ours.is_empty(), "{ours:#?}");
    Ok(())
}
