//! The page in a window of its own: live, scrolled along, a click leads back; it closes with the desk's window.

use e2e::{
    Desk, Opens, Result, Told,
    process::is_dead,
    screen::wait_for,
    spot::{button, tab, textbox},
    story,
};
use serde_json::json;
use thirtyfour::{Key, WindowHandle};

const PAGE: &str = "const frame = document.querySelector('iframe'), page = frame?.contentDocument;
    const article = page?.querySelector('article');
    const scroller = frame?.closest('.scroller');";

async fn long_article(desk: &Desk) -> Result<()> {
    let rest = "phiên chợ họp từ sáng sớm, người mua kẻ bán đông vui bên bến sông cho tới trưa.";
    let paragraphs: Vec<String> = (1..=60).map(|number| format!("Đoạn {number}: {rest}")).collect();
    desk.press("Start writing").await?;
    desk.fills(textbox("Headline"), "Chợ nổi").await?;
    desk.copies_text(&paragraphs.join("\n\n"))?;
    desk.press(textbox("Body")).await?;
    desk.chord(Key::Control, 'v').await?;
    desk.press(tab("Page")).await?;
    desk.page_shows("Đoạn 60").await?;
    desk.is_saved().await
}

/// The two windows of the app as the driver knows them.
struct Windows {
    desk: WindowHandle,
    page: WindowHandle,
}

async fn opens_the_page(desk: &Desk) -> Result<Windows> {
    desk.press(button("In its own window")).await?;
    Windows::both(desk).await
}

impl Windows {
    /// Waits until there are two; the driver's is the desk's.
    async fn both(desk: &Desk) -> Result<Self> {
        let first = desk.window().window().await?;
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        loop {
            let all = desk.window().windows().await?;
            if let Some(page) = all.into_iter().find(|handle| *handle != first) {
                return Ok(Self { desk: first, page });
            }
            e2e::ensure!(
                std::time::Instant::now() < deadline,
                "the driver sees no second window; {}",
                desk.said()
            );
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    async fn on_the_page(&self, desk: &Desk) -> Result<()> {
        Ok(desk.window().switch_to_window(self.page.clone()).await?)
    }

    /// Switches there, once all of the article stands.
    async fn on_the_whole_page(&self, desk: &Desk) -> Result<()> {
        self.on_the_page(desk).await?;
        let whole = format!("{PAGE} return article?.textContent.includes('Đoạn 60')");
        desk.until("the whole page", &whole).await.map(drop)
    }

    async fn on_the_desk(&self, desk: &Desk) -> Result<()> {
        Ok(desk.window().switch_to_window(self.desk.clone()).await?)
    }
}

#[test]
fn the_page_in_its_own_window_is_live_and_scrolls_with_the_text() -> Told {
    story(Opens::empty(), async |desk| {
        long_article(desk).await?;
        let windows = opens_the_page(desk).await?;

        windows.on_the_whole_page(desk).await?;
        desk.run(
            &format!("{PAGE} for (const block of article.children) block.seenBefore = true; return 0"),
            vec![],
        )
        .await?;
        windows.on_the_desk(desk).await?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::End).await?;
        desk.types(" Hết.").await?;
        windows.on_the_page(desk).await?;
        desk.until(
            "the word just typed",
            &format!("{PAGE} return article.textContent.includes('trưa. Hết.')"),
        )
        .await?;
        let made = desk
            .run(
                &format!("{PAGE} return [...article.children].filter((block) => !block.seenBefore).length"),
                vec![],
            )
            .await?;
        assert_eq!(made, json!(1), "only the block typed in is made anew");
        let followed = format!("{PAGE} return scroller.scrollTop > 400");
        if desk.until("the page to follow the text", &followed).await.is_err() {
            // Told while the page was taking the word in, a scroll may be overtaken by the page's own growth: the next is followed.
            windows.on_the_desk(desk).await?;
            desk.goes_to(Key::Home).await?;
            desk.goes_to(Key::End).await?;
            windows.on_the_page(desk).await?;
            desk.until("the page to follow the text", &followed).await?;
        }

        desk.run(&format!("{PAGE} scroller.scrollTop = 0; return 0"), vec![]).await?;
        windows.on_the_desk(desk).await?;
        desk.until(
            "the text to follow the page",
            "return document.querySelector('.work .scroller').scrollTop < 50",
        )
        .await?;
        Ok(())
    })
}

#[test]
fn a_click_in_the_pages_window_puts_the_caret_into_its_paragraph() -> Told {
    story(Opens::empty(), async |desk| {
        long_article(desk).await?;
        let windows = opens_the_page(desk).await?;
        windows.on_the_whole_page(desk).await?;

        let at = desk
            .run(
                &format!(
                    "{PAGE} const block = [...article.children].find((one) => one.textContent.startsWith('Đoạn 3:'));
                     const scale = frame.getBoundingClientRect().width / frame.offsetWidth;
                     scroller.scrollTop = block.getBoundingClientRect().top * scale - 150;
                     const box = block.getBoundingClientRect(), outer = frame.getBoundingClientRect();
                     return [outer.left + (box.left + 20) * scale, outer.top + (box.top + box.height / 2) * scale]"
                ),
                vec![],
            )
            .await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        desk.clicks_at(at[0].as_f64().unwrap_or_default(), at[1].as_f64().unwrap_or_default()).await?;
        windows.on_the_desk(desk).await?;
        desk.sees_that(textbox("Body"), "with the caret", |seen| seen.focused).await?;
        desk.types("Ở đây. ").await?;

        desk.page_shows("Ở đây. Đoạn 3:").await
    })
}

#[test]
fn opening_it_again_makes_no_second_one_and_it_closes_with_the_desk() -> Told {
    story(Opens::empty(), async |desk| {
        long_article(desk).await?;
        let windows = opens_the_page(desk).await?;
        windows.on_the_whole_page(desk).await?;
        windows.on_the_desk(desk).await?;

        desk.press(button("In its own window")).await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(desk.window().windows().await?.len(), 2);

        let app = desk.app_process().expect("it runs");
        windows.on_the_page(desk).await?;
        desk.key(Key::F6).await?; // back to the desk, which is then in front
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        desk.strikes("alt+F4")?;
        wait_for("the app to end with its window", || is_dead(app))?;
        let kept: i64 = desk.count("SELECT count(*) FROM settings WHERE name = 'page_window'")?;
        assert_eq!(kept, 1, "its place is remembered");
        Ok(())
    })
}

#[test]
fn the_pages_window_may_call_nothing_of_the_desk() -> Told {
    story(Opens::empty(), async |desk| {
        long_article(desk).await?;
        let windows = opens_the_page(desk).await?;
        windows.on_the_page(desk).await?;

        let asks = "const done = arguments[0];
            Promise.allSettled(['start', 'leave', 'library', 'problem_report'].map((name) => window.__TAURI_INTERNALS__.invoke(name)))
              .then((all) => done(all.map((one) => one.status)));";
        let answers = desk.window().execute_async(asks, vec![]).await?;

        assert_eq!(*answers.json(), json!(["rejected", "rejected", "rejected", "rejected"]));
        Ok(())
    })
}

#[test]
fn the_pages_window_is_as_large_as_the_desks_and_comes_back_with_it_where_it_stood() -> Told {
    story(Opens::empty(), async |desk| {
        long_article(desk).await?;
        let windows = opens_the_page(desk).await?;
        windows.on_the_whole_page(desk).await?;
        let usual = desk.run("return innerWidth", vec![]).await?.as_f64().unwrap_or_default();
        let large = format!("return Math.abs(innerWidth * 1.5 - {usual}) < 8");

        windows.on_the_desk(desk).await?;
        for _ in 0..5 {
            desk.chord(Key::Control, '=').await?;
        }
        windows.on_the_page(desk).await?;
        desk.until("a page half as large again", &large).await?;
        desk.key(Key::F6).await?;
        tokio::time::sleep(std::time::Duration::from_millis(900)).await; // preferences rest before they are kept
        windows.on_the_desk(desk).await?;
        desk.close()?;
        desk.open_window().await?;

        let windows = Windows::both(desk).await?;
        windows.on_the_whole_page(desk).await?;
        desk.until("the same size in the same place", &large).await?;
        windows.on_the_desk(desk).await?;
        desk.sees_that(textbox("Body"), "with the caret", |seen| seen.focused).await?;

        desk.chord(Key::Control, '4').await?; // raised, and closed by hand
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        desk.strikes("alt+F4")?;
        let alone = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while desk.window().windows().await?.len() > 1 {
            e2e::ensure!(std::time::Instant::now() < alone, "the page's window does not close");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let kept = "SELECT count(*) FROM settings WHERE name = 'page_window_open' AND value = 'no'";
        assert_eq!(desk.count(kept)?, 1, "it does not come back another time");
        Ok(())
    })
}
