//! The main job with a real WordPress at its end: connected and published to in the window, read back as readers get it.
//! Where no WordPress can be had the test is skipped, and says why; where `CI` is set it fails.

use std::process::ExitCode;

use e2e::{
    Desk, Opens, Result, ensure, job, paths,
    spot::{any, button, combobox, dialog, list, radio, region, tab, textbox},
    story,
};
use portals::{
    SiteTest, conclude, runtime,
    wordpress::{Post, State, WordPress},
};
use thirtyfour::Key;

const CATEGORY: &str = "Kesihatan";

fn main() -> ExitCode {
    let scheduled: SiteTest =
        ("what_is_scheduled_is_held_by_a_real_wordpress_moved_and_taken_back", |site| {
            let told = story(Opens::sample(), async |desk| schedules(desk, site).await);
            told.map_err(|failed| anyhow::anyhow!("{failed:?}"))
        });
    conclude(
        &[],
        &[
            // It counts the site's pictures, so it comes first.
            ("the_seed_article_is_published_through_the_window_to_a_real_wordpress", |site| {
                let category = runtime().block_on(a_category(site))?;
                let told = story(Opens::empty(), async |desk| publishes(desk, site).await);
                told.map_err(|failed| anyhow::anyhow!("{failed:?}"))?;
                runtime().block_on(is_there_once(site, category))
            }),
            scheduled,
        ],
    )
}

async fn a_category(site: &WordPress) -> Result<u64> {
    let words = serde_json::json!({ "name": CATEGORY });
    let made = site.ask(site.user("admin"), reqwest::Method::POST, "/categories", Some(&words)).await?;
    made.ok()?["id"].as_u64().ok_or_else(|| anyhow::anyhow!("a category has an id"))
}

async fn publishes(desk: &Desk, site: &WordPress) -> Result<()> {
    desk.takes_in_the_seed().await?;
    for (place, photo) in job::PLACES.into_iter().zip(paths::seed_photos()) {
        desk.pastes_picture(place, &photo).await?;
        desk.sees_picture(place).await?;
    }
    desk.completes_alt_texts().await?;
    desk.press(button("More fields").in_part()).await?;
    desk.fills(textbox("Category code"), "suc-khoe").await?;
    desk.is_saved().await?;
    connects(desk, site).await?;

    desk.submits().await?;
    desk.approves().await?;
    desk.press(button("Publish…")).await?;
    desk.selects(combobox("Portal"), "127.0.0.1 · ").await?;
    desk.reads(list("What it cannot promise"), "printed on the page, not kept as data").await?;
    desk.press(button("Publish now").within(dialog("Publish"))).await?;
    desk.press(tab("Live")).await?;
    let seen = desk.reads(region("Where readers find it"), &site.url).await?;
    ensure!(!seen.text.contains("shows something else"), "the portal shows something else: {}", seen.text);
    let url = seen.text.split_whitespace().find(|word| word.starts_with(&site.url)).unwrap_or_default();
    reads_as_readers_do(&job::public_page(url).await?)?;
    replaces_what_somebody_wrote_there(desk, site, url).await
}

const NOTICE: &str = "Public notice: what was wrong, and what is right";
const THEIRS: &str = "Perenggan yang ditulis di portal.";

/// What somebody wrote on the portal meanwhile stands until a person has seen that it does.
async fn replaces_what_somebody_wrote_there(desk: &Desk, site: &WordPress, url: &str) -> Result<()> {
    let post = site.posts_with("Sweden dan Vietnam").await?.remove(0);
    let theirs = serde_json::json!({ "content": format!("<!-- wp:paragraph --><p>{THEIRS}</p><!-- /wp:paragraph -->") });
    site.edit(site.user("admin"), post.id, &theirs).await?;
    desk.adds_a_sentence().await?;
    desk.submits().await?;
    desk.press(button("Approve")).await?;
    desk.press(button("Publish the change…")).await?;
    desk.selects(combobox("Portal"), "127.0.0.1 · ").await?;
    desk.press(radio("Correction")).await?;
    desk.fills(textbox(NOTICE), "Satu ayat kurang.").await?;
    desk.press(button("Publish the change now")).await?;
    desk.press(tab("Live")).await?;

    desk.press(button("Replace what is there…")).await?;
    ensure!(job::public_page(url).await?.contains(THEIRS), "it was overwritten before anybody had said so");
    desk.reads(any("dialog"), "Somebody changed this article there").await?;
    desk.press(button("Replace it")).await?;

    desk.reads(region("Where readers find it"), "Live, corrected").await?;
    let page = job::public_page(url).await?;
    ensure!(page.contains(job::ADDED) && !page.contains(THEIRS), "the page is not ours again");
    ensure!(page.contains("Satu ayat kurang."), "readers are not told what was wrong");
    Ok(())
}

async fn post_of(site: &WordPress, state: State) -> Result<Post> {
    let mut posts = site.posts_with("The beans turn for twice").await?;
    posts.retain(|post| post.state == state);
    posts.pop().ok_or_else(|| anyhow::anyhow!("no post is {state:?}"))
}

/// Given early, it is there for nobody; another time, the same post; called off, it is gone; at once, it is live.
async fn schedules(desk: &Desk, site: &WordPress) -> Result<()> {
    let editor = site.user("editor");
    desk.gives_a_portals_address(&site.url).await?;
    desk.fills(textbox("User name"), &editor.name).await?;
    desk.fills(textbox("Application password"), &editor.application_password).await?;
    desk.press(button("Sign in")).await?;
    desk.sees_words("(editor). This account may publish and correct.").await?;
    desk.press(button("Done")).await?;
    desk.press(button("Close").within(dialog("Portals"))).await?;
    desk.opens("Highland growers").await?;
    desk.approves().await?;
    publishes_at(desk, "tomorrow 6:00").await?;

    let held = "The portal has it and brings it out by itself at that time";
    desk.reads(region("Outbox"), held).await?;
    let post = post_of(site, State::Future).await?;
    ensure!(site.page(&post.link).await?.0 == 404, "a reader sees it");
    desk.counts("SELECT count(*) FROM publications WHERE portal LIKE '127.0.0.1%'", 0).await?;
    desk.finds_action("change when the article goes out").await?;
    desk.tabs_to(textbox("Goes out at")).await?;
    desk.types("tomorrow 7:00").await?;
    desk.reads(dialog("Change the time"), "tomorrow 07:00").await?;
    desk.tabs_to(button("Change the time")).await?;
    desk.key(Key::Enter).await?;
    desk.counts("SELECT count(*) FROM outbox WHERE held_for = not_before AND attempts = 0", 1).await?;
    desk.reads(region("Outbox"), held).await?;
    ensure!(post_of(site, State::Future).await?.id == post.id, "it is another post");

    desk.press(button("Cancel sending")).await?;
    desk.counts("SELECT count(*) FROM outbox WHERE state = 'cancelled'", 1).await?;
    ensure!(post_of(site, State::Future).await.is_err(), "it is there still");
    publishes_at(desk, "tomorrow 8:00").await?;
    desk.reads(region("Outbox"), held).await?;
    let again = post_of(site, State::Future).await?;
    desk.finds_action("change when the article goes out").await?;
    desk.press(button("Send it now")).await?;
    desk.reads(region("Where readers find it"), &site.url).await?;
    let live = post_of(site, State::Publish).await?;
    ensure!(live.id == again.id && site.page(&live.link).await?.0 == 200, "it is not live");
    ensure!(post_of(site, State::Future).await.is_err(), "it is there twice");
    Ok(())
}

async fn publishes_at(desk: &Desk, time: &str) -> Result<()> {
    desk.press(button("Publish…")).await?;
    desk.selects(combobox("Portal"), "127.0.0.1 · ").await?;
    desk.fills(textbox("Goes out at"), time).await?;
    desk.reads(dialog("Publish"), "brings it out by itself").await?;
    desk.press(button("Put into the outbox")).await?;
    desk.misses(dialog("Publish")).await
}

/// Two steps, and our category matched with the portal's.
async fn connects(desk: &Desk, site: &WordPress) -> Result<()> {
    let editor = site.user("editor");
    desk.gives_a_portals_address(&site.url).await?;
    desk.fills(textbox("User name"), &editor.name).await?;
    desk.fills(textbox("Application password"), "never an application password").await?;
    desk.press(button("Sign in")).await?;
    desk.reads(any("alert"), "The portal does not accept this").await?;
    desk.fills(textbox("Application password"), &editor.application_password).await?;
    desk.press(button("Sign in")).await?;
    desk.sees_words("(editor). This account may publish and correct.").await?;

    desk.press(button("Match categories…")).await?;
    desk.selects(combobox("suc-khoe"), CATEGORY).await?;
    desk.counts("SELECT count(*) FROM term_mappings WHERE ours = 'suc-khoe'", 1).await?;
    desk.press(button("Done")).await?;
    desk.reads(dialog("Portals"), "signed in as").await?;
    desk.press(button("Close").within(dialog("Portals"))).await?;
    desk.misses(any("dialog")).await
}

/// Caption and credit of each picture, in the order of the page.
const WORDS: [(&str, &str); 3] = [
    (
        "Persidangan yang diadakan di Hanoi itu menarik sejumlah besar delegasi dari Vietnam dan Sweden, serta rakan kongsi lain.",
        "PV",
    ),
    ("Duta Sweden ke Vietnam, Encik Johan Ndisi.", "PV"),
    (
        "Hospital Kanak-Kanak Nasional, simbol kerjasama perubatan Vietnam-Sweden",
        "laman web Hospital Kanak-kanak Nasional Hanoi",
    ),
];

fn reads_as_readers_do(page: &str) -> Result<()> {
    let source = "https://nhandan.vn/thuy-dien-va-viet-nam-hop-tac-thuc-day-doi-moi-sang-tao-trong-y-te-post929488.html";
    for words in [job::HEADLINE, "Pada 11 Disember, di Hanoi, Persidangan Inovasi", source] {
        ensure!(page.contains(words), "the public page lacks “{words}”");
    }
    // The theme shows the featured picture once more, without words: that figure is the theme's.
    let figures: Vec<&str> = page
        .split("<figure")
        .skip(1)
        .filter_map(|rest| rest.split("</figure>").next())
        .filter(|figure| figure.split('>').next().is_some_and(|tag| tag.contains("wp-block-image")))
        .collect();
    ensure!(figures.len() == WORDS.len(), "there are {} figures", figures.len());
    for (figure, (caption, credit)) in figures.iter().zip(WORDS) {
        ensure!(figure.contains("<img"), "a figure without its picture: {figure}");
        for words in [format!("\"caption\">{caption}<"), format!("\"credit\">{credit}<")] {
            ensure!(figure.matches(&words).count() == 1, "“{words}” is not once in {figure}");
        }
    }
    Ok(())
}

/// One post in its category, three pictures, whatever was asked on the way.
async fn is_there_once(site: &WordPress, category: u64) -> Result<()> {
    let posts = site.posts_with("Sweden dan Vietnam").await?;
    ensure!(posts.len() == 1, "there are {} posts", posts.len());
    ensure!(posts[0].categories == [category], "it is in {:?}, not in {category}", posts[0].categories);
    let pictures = site.pictures().await?;
    ensure!(pictures.len() == 3, "there are {} pictures", pictures.len());
    Ok(())
}
