//! Nothing a person with a disability would stumble over: axe finds nothing serious in any main view, light or dark.

use e2e::{
    Desk, Opens, Result, Told, eyes,
    portals::front_of_a_wordpress,
    spot::{button, dialog, menuitemradio, region, tab, textbox},
    story,
};
use serde_json::Value;
use thirtyfour::Key;

/// Fails with what axe finds serious or critical in the window as it is now.
pub async fn is_accessible(desk: &Desk, view: &str) -> Result<()> {
    if desk.run("return typeof axe", vec![]).await? != "object" {
        desk.run(&eyes::axe()?, vec![]).await?;
    }
    tokio::time::sleep(std::time::Duration::from_millis(250)).await; // a thing that fades in has no contrast yet
    let script = "const done = arguments[0];
        axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(({ violations }) => done(violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 4).map((node) => node.html.slice(0, 200)).join(' | ')}`)),
          (why) => done([String(why)]));";
    let found: Value = desk.window().execute_async(script, vec![]).await?.json().clone();
    assert_eq!(found, serde_json::json!([]), "{view}");
    Ok(())
}

/// As [`is_accessible`], light and dark.
pub async fn is_accessible_in_both(desk: &Desk, view: &str) -> Result<()> {
    for theme in ["dark", "light"] {
        desk.run(&format!("document.documentElement.dataset.theme = '{theme}'; return 0"), vec![]).await?;
        is_accessible(desk, &format!("{view}, {theme}")).await?;
    }
    Ok(())
}

async fn appears(desk: &Desk, theme: &str) -> Result<()> {
    desk.press(button("Preferences")).await?;
    desk.press(menuitemradio(theme)).await?;
    desk.key(Key::Escape).await?;
    desk.misses(menuitemradio(theme)).await
}

/// The palette, the list of keys and the lists of words.
async fn every_action(desk: &Desk, theme: &str) -> Result<()> {
    desk.chooses_in_preferences("Preferences", "All actions… Ctrl+Shift+P").await?;
    desk.sees(dialog("All actions")).await?;
    is_accessible(desk, &format!("the palette, {theme}")).await?;
    desk.types("words of the newsroom").await?;
    desk.key(Key::Enter).await?;
    desk.sees(dialog("Words that are spelt right")).await?;
    is_accessible(desk, &format!("the lists of words, {theme}")).await?;
    desk.key(Key::Escape).await?;
    desk.misses(dialog("Words that are spelt right")).await?;
    desk.key(Key::F1).await?;
    desk.sees(dialog("Keys")).await?;
    is_accessible(desk, &format!("the list of keys, {theme}")).await?;
    desk.key(Key::Escape).await?;
    desk.misses(dialog("Keys")).await
}

/// What a new article may begin with: chosen, named, looked through.
async fn templates(desk: &Desk, theme: &str) -> Result<()> {
    for (asked, seen) in [
        ("new from template", "New article from a template"),
        ("save as template", "Save as template"),
        ("templates…", "Templates"),
    ] {
        desk.chooses_in_preferences("Preferences", "All actions… Ctrl+Shift+P").await?;
        desk.sees(dialog("All actions")).await?;
        desk.types(asked).await?;
        desk.key(Key::Enter).await?;
        desk.sees(dialog(seen)).await?;
        is_accessible(desk, &format!("{seen}, {theme}")).await?;
        desk.key(Key::Escape).await?;
        desk.misses(dialog(seen)).await?;
    }
    Ok(())
}

/// High contrast at twice the size, where the window is narrow.
fn large_and_clear(theme: &'static str) -> Told {
    story(Opens::sample(), async |desk| {
        appears(desk, theme).await?;
        desk.opens("Highland growers").await?;
        for chosen in ["contrast: high", "motion: reduced"] {
            desk.chooses_in_preferences("Preferences", "All actions… Ctrl+Shift+P").await?;
            desk.sees(dialog("All actions")).await?;
            desk.types(chosen).await?;
            desk.key(Key::Enter).await?;
            desk.misses(dialog("All actions")).await?;
        }
        desk.press(tab("Pictures")).await?;
        desk.until("high contrast", "return document.documentElement.dataset.contrast === 'more'").await?;
        desk.until("no motion", "return document.documentElement.dataset.motion === 'less'").await?;
        is_accessible(desk, &format!("high contrast, {theme}")).await?;
        for _ in 0..10 {
            desk.chord(Key::Control, '=').await?;
        }
        desk.until("twice the size", "return innerWidth < 660").await?;
        is_accessible(desk, &format!("twice the size, {theme}")).await?;
        desk.chord(Key::Control, '3').await?; // the driver's mouse does not know of the size
        desk.sees(tab("Pictures")).await?;
        is_accessible(desk, &format!("the side pane at twice the size, {theme}")).await
    })
}

#[test]
fn axe_finds_nothing_serious_in_high_contrast_at_twice_the_size() -> Told {
    large_and_clear("Light")
}

#[test]
fn axe_finds_nothing_serious_in_dark_high_contrast_at_twice_the_size() -> Told {
    large_and_clear("Dark")
}

fn all_views(theme: &'static str) -> Told {
    story(Opens::sample(), async |desk| {
        appears(desk, theme).await?;
        desk.opens("Phiên chợ sớm").await?;
        for view in ["Page", "Pictures", "Sources", "Checks", "Live", "History"] {
            desk.press(tab(view)).await?;
            is_accessible(desk, &format!("{view}, {theme}")).await?;
        }
        desk.press(tab("Page")).await?;
        desk.press(button("As heard")).await?;
        desk.reads(region("As heard"), "heading level 1").await?;
        is_accessible(desk, &format!("the page as heard, {theme}")).await?;
        desk.press(button("More fields").in_part()).await?;
        is_accessible(desk, &format!("more fields, {theme}")).await?;
        desk.press(button("Take in a page")).await?;
        desk.sees(dialog("Take in a source page")).await?;
        is_accessible(desk, &format!("take in, {theme}")).await?;
        desk.press(button("Cancel").within(dialog("Take in a source page"))).await?;
        desk.takes_in_the_seed().await?;
        for view in ["Pictures", "Sources", "Checks"] {
            desk.press(tab(view)).await?;
            is_accessible(desk, &format!("{view} of a page taken in, {theme}")).await?;
        }
        desk.press(button("To review").in_part()).await?;
        desk.opens("Highland growers").await?;
        desk.approves().await?;
        desk.press(button("Publish…")).await?;
        desk.reads(dialog("Publish"), "Readers will find").await?;
        is_accessible(desk, &format!("publish, {theme}")).await?;
        desk.press(button("Portals…").within(dialog("Publish"))).await?;
        desk.sees(dialog("Portals")).await?;
        is_accessible(desk, &format!("portals, {theme}")).await?;
        desk.press(button("Add a portal…")).await?;
        desk.sees(textbox("Address of the portal")).await?;
        is_accessible(desk, &format!("a portal's address, {theme}")).await?;
        desk.types(&front_of_a_wordpress("Báo Cao Nguyên")?).await?;
        desk.key(Key::Enter).await?;
        desk.sees(dialog("Sign in at Báo Cao Nguyên")).await?;
        is_accessible(desk, &format!("signing in at a portal, {theme}")).await?;
        desk.key(Key::Escape).await?;
        desk.chooses_in_preferences("Preferences", "Report a problem…").await?;
        desk.reads(textbox("The report"), "[log]").await?;
        is_accessible(desk, &format!("a problem report, {theme}")).await?;
        desk.key(Key::Escape).await?;
        every_action(desk, theme).await?;
        templates(desk, theme).await
    })
}

#[test]
fn axe_finds_nothing_serious_in_the_light_window() -> Told {
    all_views("Light")
}

#[test]
fn axe_finds_nothing_serious_in_the_dark_window() -> Told {
    all_views("Dark")
}

#[test]
fn axe_finds_nothing_serious_on_an_empty_desk() -> Told {
    story(Opens::empty(), async |desk| {
        desk.sees(button("Start writing")).await?;
        is_accessible(desk, "an empty desk").await
    })
}

#[test]
fn axe_finds_nothing_serious_in_the_pages_own_window() -> Told {
    story(Opens::sample(), async |desk| {
        appears(desk, "Dark").await?;
        desk.opens("Highland growers").await?;
        let first = desk.window().window().await?;
        desk.chord(Key::Control, '4').await?;
        let page = loop {
            let other = desk.window().windows().await?.into_iter().find(|handle| *handle != first);
            if let Some(page) = other {
                break page;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await; // the story has its own end
        };
        desk.window().switch_to_window(page).await?;
        desk.until("the dark look", "return document.documentElement.dataset.theme === 'dark'").await?;
        is_accessible(desk, "the page's own window").await?;
        desk.press(button("As heard")).await?;
        desk.reads(region("As heard"), "heading level 1").await?;
        is_accessible(desk, "the page's own window, as heard").await
    })
}
