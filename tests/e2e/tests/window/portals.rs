//! Portals are connected in two steps, with the keyboard alone; nothing is believed that the portal has not said.

use e2e::{
    Context, Opens, Result, Told, ensure, job,
    portals::{Served, front_of_a_wordpress},
    screen::wait_for,
    spot::{any, button, combobox, dialog, list, menuitem, region, tab, textbox},
    story,
};
use thirtyfour::Key;

const OF_OURS: &str = "SELECT count(*) FROM portals WHERE kind = 'native'";

#[test]
fn a_portal_is_connected_in_two_steps_with_the_keyboard_alone() -> Told {
    story(Opens::empty(), async |desk| {
        let portal = desk.serves_a_portal()?;

        desk.sees_that(button("Take in a source page"), "with the focus", |seen| seen.focused).await?;
        desk.tabs_to(button("Preferences")).await?;
        desk.key(Key::Enter).await?;
        walks_to(desk, "Portals…").await?;
        desk.key(Key::Enter).await?;
        has_focus(desk, "Add a portal…").await?;
        desk.key(Key::Enter).await?;
        desk.sees_that(textbox("Address of the portal"), "with the focus", |seen| seen.focused).await?;
        desk.types(&portal.url).await?;
        desk.key(Key::Enter).await?;
        desk.reads(dialog("Sign in at 127.0.0.1"), "speaks our protocol").await?;
        desk.sees_that(textbox("Token"), "with the focus", |seen| seen.focused).await?;
        desk.types(&portal.token).await?;
        desk.key(Key::Enter).await?;

        desk.reads(dialog("Connected to 127.0.0.1"), "This account may publish and correct").await?;
        desk.counts(OF_OURS, 1).await?;
        desk.key(Key::Enter).await?;
        desk.reads(list("Portals of this desk"), "signed in by a token").await?;
        desk.key(Key::Escape).await?;
        desk.misses(any("dialog")).await
    })
}

async fn walks_to(desk: &e2e::Desk, entry: &str) -> Result<()> {
    desk.sees(menuitem(entry)).await?;
    for _ in 0..12 {
        if desk.see(menuitem(entry)).await?.iter().any(|seen| seen.focused) {
            return Ok(());
        }
        desk.key(Key::Down).await?;
    }
    ensure!(false, "the arrow keys do not lead to {entry}");
    Ok(())
}

async fn has_focus(desk: &e2e::Desk, name: &str) -> Result<()> {
    desk.sees_that(button(name), "with the focus", |seen| seen.focused).await.map(drop)
}

#[test]
fn a_wrong_address_and_a_wrong_token_are_said_and_can_be_mended() -> Told {
    story(Opens::empty(), async |desk| {
        let portal = desk.serves_a_portal()?;
        let nobody = format!("http://127.0.0.1:{}", e2e::screen::free_port()?);

        desk.gives_a_portals_address(&nobody).await?;
        desk.reads(any("alert"), "The portal cannot be reached").await?;
        desk.fills(textbox("Address of the portal"), "http://portal.example").await?;
        desk.press(button("Next")).await?;
        desk.reads(any("alert"), "no address a password may be sent to").await?;
        desk.fills(textbox("Address of the portal"), &portal.url).await?;
        desk.press(button("Next")).await?;
        desk.fills(textbox("Token"), "no token at all").await?;
        desk.press(button("Sign in")).await?;
        desk.reads(any("alert"), "The portal does not accept this").await?;
        assert_eq!(desk.count(OF_OURS)?, 0, "what the portal has not confirmed is not kept");

        desk.fills(textbox("Token"), &portal.token).await?;
        desk.press(button("Sign in")).await?;

        desk.sees(dialog("Connected to 127.0.0.1")).await?;
        assert_eq!(desk.count(OF_OURS)?, 1);
        Ok(())
    })
}

#[test]
fn a_wordpress_is_known_before_anybody_signs_in_and_says_what_it_cannot_promise() -> Told {
    story(Opens::empty(), async |desk| {
        let url = front_of_a_wordpress("Báo Cao Nguyên")?;

        desk.gives_a_portals_address(url.trim_start_matches("http://")).await?;

        let sign_in = dialog("Sign in at Báo Cao Nguyên");
        desk.reads(sign_in.clone(), "is a WordPress").await?;
        desk.reads(list("What it cannot promise"), "may be overwritten").await?;
        has_focus(desk, "Allow it in the browser…").await?;
        desk.sees_that(button("Sign in").within(sign_in), "that cannot be used yet", |seen| seen.disabled)
            .await
            .map(drop)
    })
}

#[test]
fn a_portal_is_removed_after_a_second_look() -> Told {
    story(Opens::empty(), async |desk| {
        let portal = desk.serves_a_portal()?;
        connects(desk, &portal).await?;
        desk.press(button("Done")).await?;

        desk.press(button("Remove…")).await?;
        desk.reads(any("dialog"), "What readers see there stays as it is").await?;
        assert_eq!(desk.count(OF_OURS)?, 1);
        desk.press(button("Remove")).await?;

        desk.counts(OF_OURS, 0).await?;
        desk.sees(dialog("Portals")).await.map(drop)
    })
}

#[test]
fn before_publishing_it_is_said_what_the_portal_cannot_promise() -> Told {
    story(Opens::sample(), async |desk| {
        desk.press(button("To review").in_part()).await?;
        desk.opens("Highland growers").await?;
        desk.approves().await?;
        desk.press(button("Publish…")).await?;

        desk.reads(dialog("Publish"), "Keeps all that is sent").await?;
        desk.sees(combobox("Portal")).await?;
        desk.press(button("Portals…").within(dialog("Publish"))).await?;
        desk.reads(dialog("Portals"), "Runs on this machine").await?;
        desk.misses(any("alert")).await
    })
}

#[test]
fn signing_in_by_the_browser_can_be_given_up_here_and_refused_there() -> Told {
    story(Opens::empty(), async |desk| {
        let url = front_of_a_wordpress("Báo Cao Nguyên")?;
        desk.gives_a_portals_address(&url).await?;

        desk.press(button("Allow it in the browser…")).await?;
        desk.reads(any("dialog"), "Waiting for your browser").await?;
        wait_for("the browser", || desk.screen.browsed().len() == 1)?;
        desk.press(button("Stop waiting")).await?;
        desk.sees(textbox("Application password")).await?;
        desk.misses(any("alert")).await?;
        desk.press(button("Allow it in the browser…")).await?;
        wait_for("the browser", || desk.screen.browsed().len() == 2)?;
        let page = reqwest::Url::parse(&desk.screen.browsed()[1])?;
        assert!(page.as_str().starts_with(&format!("{url}/authorize?")), "{page}");
        let no = page
            .query_pairs()
            .find(|(name, _)| name == "reject_url")
            .context("where no leads to")?
            .1
            .into_owned();
        job::public_page(&no).await?;

        desk.reads(any("alert"), "The portal let nobody in").await?;
        assert_eq!(desk.count("SELECT count(*) FROM portals")?, 1, "only the local portal is known");
        Ok(())
    })
}

#[test]
fn a_job_whose_password_is_gone_asks_for_it_and_goes_on() -> Told {
    story(Opens::sample(), async |desk| {
        let portal = desk.serves_a_portal()?;
        connects(desk, &portal).await?;
        desk.press(button("Done")).await?;
        desk.key(Key::Escape).await?;
        desk.close()?;
        desk.open_window().await?; // without a keyring the password is gone now
        desk.press(button("To review").in_part()).await?;
        desk.opens("Highland growers").await?;
        desk.approves().await?;
        desk.press(button("Publish…")).await?;
        desk.selects(combobox("Portal"), "127.0.0.1 · ").await?;
        desk.press(button("Publish now")).await?;

        desk.press(tab("Live")).await?;
        desk.press(button("Give the password…")).await?;
        desk.sees(dialog("Sign in again at 127.0.0.1")).await?;
        desk.types(&portal.token).await?;
        desk.key(Key::Enter).await?;
        desk.press(button("Done")).await?;

        desk.misses(any("dialog")).await?;
        desk.reads(region("Where readers find it"), &portal.url).await.map(drop)
    })
}

async fn connects(desk: &e2e::Desk, portal: &Served) -> Result<()> {
    desk.gives_a_portals_address(&portal.url).await?;
    desk.fills(textbox("Token"), &portal.token).await?;
    desk.press(button("Sign in")).await?;
    desk.sees(dialog("Connected to 127.0.0.1")).await.map(drop)
}
