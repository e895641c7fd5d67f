//! The page beside the text follows each key: changed blocks only, the scroll kept, a click leads back.

use e2e::{
    Desk, Opens, Result, Told,
    spot::{tab, textbox},
    story,
};
use serde_json::json;
use thirtyfour::Key;

/// Begins an article and pastes forty paragraphs, each with its number.
async fn pastes_forty_paragraphs(desk: &Desk) -> Result<()> {
    let rest = "phiên chợ họp từ sáng sớm, người mua kẻ bán đông vui bên bến sông cho tới trưa.";
    let paragraphs: Vec<String> = (1..=40).map(|number| format!("Đoạn {number}: {rest}")).collect();
    desk.press("Start writing").await?;
    desk.copies_text(&paragraphs.join("\n\n"))?;
    desk.press(textbox("Body")).await?;
    desk.chord(Key::Control, 'v').await?;
    desk.press(tab("Page")).await?;
    desk.page_shows("Đoạn 40").await?;
    desk.is_saved().await
}

const PAGE: &str = "const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentDocument?.querySelector('article'));
    const article = frame.contentDocument.querySelector('article');
    const scroller = (() => { let at = frame; while (at && getComputedStyle(at).overflowY !== 'auto' && getComputedStyle(at).overflowY !== 'scroll') at = at.parentElement; return at; })();";

async fn ask(desk: &Desk, question: &str) -> Result<serde_json::Value> {
    desk.run(&format!("{PAGE} {question}"), vec![]).await
}

async fn goes_to_the_end(desk: &Desk) -> Result<()> {
    desk.press(textbox("Body")).await?;
    Ok(desk
        .window()
        .action_chain()
        .key_down(Key::Control)
        .send_keys(Key::End)
        .key_up(Key::Control)
        .perform()
        .await?)
}

#[test]
fn a_key_replaces_the_block_it_is_in_and_no_other() -> Told {
    story(Opens::empty(), async |desk| {
        pastes_forty_paragraphs(desk).await?;
        goes_to_the_end(desk).await?;
        ask(desk, "for (const block of article.children) block.seenBefore = true; return 0").await?;

        desk.types(" Hết.").await?;
        desk.page_shows("cho tới trưa. Hết.").await?;

        let made = ask(desk, "return [...article.children].filter((block) => !block.seenBefore).map((block) => block.textContent)").await?;
        assert_eq!(made.as_array().map(Vec::len), Some(1), "{made}");
        assert!(made[0].as_str().is_some_and(|text| text.starts_with("Đoạn 40")), "{made}");
        Ok(())
    })
}

#[test]
fn the_page_scrolls_with_the_text_and_stays_while_one_types() -> Told {
    story(Opens::empty(), async |desk| {
        pastes_forty_paragraphs(desk).await?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::Home).await?;
        desk.until("the page to go to its top", &format!("{PAGE} return scroller.scrollTop < 100")).await?;
        desk.goes_to(Key::End).await?;
        desk.until("the page to follow", &format!("{PAGE} return scroller.scrollTop > 400")).await?;
        let before = ask(desk, "return scroller.scrollTop").await?.as_f64().unwrap_or_default();

        desk.types(" Thêm vài chữ nữa.").await?;
        desk.page_shows("Thêm vài chữ nữa.").await?;

        let after = ask(desk, "return scroller.scrollTop").await?.as_f64().unwrap_or_default();
        assert!((after - before).abs() < 60.0, "the page jumped from {before} to {after}");
        Ok(())
    })
}

#[test]
fn a_click_on_the_page_puts_the_caret_into_its_paragraph() -> Told {
    story(Opens::empty(), async |desk| {
        pastes_forty_paragraphs(desk).await?;
        let at = ask(
            desk,
            "const block = [...article.children].find((one) => one.textContent.startsWith('Đoạn 12:'));
             const scale = frame.getBoundingClientRect().width / frame.offsetWidth;
             scroller.scrollTop = block.getBoundingClientRect().top * scale - 150;
             const box = block.getBoundingClientRect(), outer = frame.getBoundingClientRect();
             return [outer.left + (box.left + 20) * scale, outer.top + (box.top + box.height / 2) * scale]",
        )
        .await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        desk.clicks_at(at[0].as_f64().unwrap_or_default(), at[1].as_f64().unwrap_or_default()).await?;

        desk.sees_that(textbox("Body"), "with the caret", |seen| seen.focused).await?;
        desk.types("Ở đây. ").await?;
        desk.page_shows("Ở đây. ").await?;
        let paragraph = ask(
            desk,
            "return [...article.children].find((one) => one.textContent.includes('Ở đây. ')).textContent",
        )
        .await?;
        assert!(paragraph.as_str().is_some_and(|text| text.contains("Đoạn 12:")), "{paragraph}");
        assert_ne!(paragraph, json!(null));
        Ok(())
    })
}
