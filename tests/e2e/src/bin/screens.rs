//! Pictures of the main screens for people to look at: light and dark, Vietnamese and English, on two sizes of screen.
//! They lie in `target/e2e/screens`.
#![allow(clippy::print_stdout, reason = "it says what it did")]

use std::{path::PathBuf, time::Duration};

use e2e::{
    Desk, Opens, Result, job, paths,
    portals::front_of_a_wordpress,
    screen::{self, LAPTOP, MONITOR, Size},
    spot::{any, button, dialog, list, menuitemradio, searchbox, tab, textbox},
    words::Words,
};
use thirtyfour::Key;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for size in [LAPTOP, MONITOR] {
        for language in ["vi", "en"] {
            for theme in ["light", "dark"] {
                runtime
                    .block_on(Look { size, language, theme, words: Words::of(language)? }.at_everything())?;
            }
        }
    }
    println!("The screens lie in {}", folder().display());
    Ok(())
}

fn folder() -> PathBuf {
    screen::pictures().join("screens")
}

struct Look {
    size: Size,
    language: &'static str,
    theme: &'static str,
    words: Words,
}

impl Look {
    async fn at_everything(&self) -> Result<()> {
        let desk = Desk::open(Opens { size: self.size, ..Opens::empty() }).await?;
        self.dresses(&desk).await?;
        self.shoots(&desk, "00-empty").await?;
        drop(desk);

        let desk = Desk::open(Opens { size: self.size, ..Opens::sample() }).await?;
        desk.takes_in_the_seed().await?;
        desk.drops_picture(job::PLACES[0], &paths::seed_photos()[0]).await?;
        desk.sees_picture(job::PLACES[0]).await?;
        desk.pastes_picture(job::PLACES[2], &paths::seed_photos()[2]).await?;
        desk.sees_picture(job::PLACES[2]).await?;
        self.dresses(&desk).await?;
        self.looks_at_the_tabs(&desk).await?;
        self.looks_at_the_dialogs(&desk).await
    }

    async fn looks_at_the_tabs(&self, desk: &Desk) -> Result<()> {
        for (number, view) in
            ["page", "pictures", "sources", "checks", "live", "history"].into_iter().enumerate()
        {
            desk.press(tab(self.words.get(&format!("side.{view}")))).await?;
            self.shoots(desk, &format!("{:02}-{view}", number + 1)).await?;
        }
        desk.press(tab(self.words.get("side.page"))).await?;
        desk.press(button(self.words.get("work.more")).in_part()).await?;
        self.shoots(desk, "06-more-fields").await?;
        desk.press(button(self.words.get("work.more")).in_part()).await?;
        self.opens(desk, "Thư viện lưu động").await?;
        desk.press(tab(self.words.get("side.live"))).await?;
        self.shoots(desk, "07-live").await
    }

    async fn looks_at_the_dialogs(&self, desk: &Desk) -> Result<()> {
        desk.press(button(self.words.get("queue.take_in"))).await?;
        desk.sees(dialog(self.words.get("take_in.title"))).await?;
        self.shoots(desk, "08-take-in").await?;
        desk.key(Key::Escape).await?;
        desk.misses(any("dialog")).await?;
        self.opens(desk, "Highland growers").await?;
        desk.press(tab(self.words.get("side.page"))).await?;
        self.shoots(desk, "09-to-review").await?;
        desk.press(button(self.words.get("step.approve"))).await?;
        desk.press(button(self.words.get("action.publish"))).await?;
        desk.sees(dialog(self.words.get("publish.title"))).await?;
        self.shoots(desk, "10-publish").await?;
        desk.key(Key::Escape).await?;
        desk.misses(any("dialog")).await?;
        desk.press(button(self.words.get("prefer.keys"))).await?;
        desk.sees(any("dialog")).await?;
        self.shoots(desk, "11-keys").await?;
        desk.key(Key::Escape).await?;
        desk.misses(any("dialog")).await?;
        self.looks_at_the_portals(desk).await
    }

    async fn looks_at_the_portals(&self, desk: &Desk) -> Result<()> {
        let preferences = self.words.get("prefer.label");
        desk.chooses_in_preferences(preferences, self.words.get("prefer.portals")).await?;
        desk.sees(dialog(self.words.get("portals.title"))).await?;
        self.shoots(desk, "12-portals").await?;
        desk.press(button(self.words.get("portals.add"))).await?;
        desk.fills(textbox(self.words.get("connect.address")), &front_of_a_wordpress("Báo Cao Nguyên")?)
            .await?;
        self.shoots(desk, "13-address").await?;
        desk.key(Key::Enter).await?;
        desk.sees(button(self.words.get("sign_in.browser"))).await?;
        self.shoots(desk, "14-sign-in").await?;
        desk.key(Key::Escape).await?;
        desk.misses(any("dialog")).await?;
        desk.chooses_in_preferences(preferences, self.words.get("prefer.report")).await?;
        desk.reads(textbox(self.words.get("report.label")), "[versions]").await?;
        self.shoots(desk, "15-report").await
    }

    async fn opens(&self, desk: &Desk, headline: &str) -> Result<()> {
        desk.fills(searchbox(self.words.get("queue.find")), headline).await?;
        desk.press(button(headline).in_part().within(list(self.words.get("queue.articles")))).await?;
        desk.reads(textbox(self.words.get("field.headline")), headline).await.map(drop)
    }

    /// Chooses appearance and language in the menu, as a person does; the language last.
    async fn dresses(&self, desk: &Desk) -> Result<()> {
        let theme = if self.theme == "dark" { "Dark" } else { "Light" };
        let language = if self.language == "vi" { "Tiếng Việt" } else { "English" };
        for choice in [theme, language] {
            desk.press(button("Preferences")).await?;
            desk.press(menuitemradio(choice)).await?;
            if !desk.see(menuitemradio(choice)).await?.is_empty() {
                desk.key(Key::Escape).await?;
            }
            desk.misses(any("menu")).await?;
        }
        Ok(())
    }

    async fn shoots(&self, desk: &Desk, name: &str) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(500)).await; // what fades in is there, pictures are drawn
        let (width, _) = self.size;
        desk.screen.picture(&folder().join(format!("{name}-{}-{}-{width}.png", self.language, self.theme)))
    }
}
