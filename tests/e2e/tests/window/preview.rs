//! The page beside the text follows each key: changed blocks only, the scroll kept, a click leads back.

use e2e::{
    Desk, Opens, Result, Told,
    spot::{button, region, tab, textbox},
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

#[test]
fn a_picture_that_loads_late_moves_neither_the_text_nor_what_is_read() -> Told {
    story(Opens::empty(), async |desk| {
        pastes_forty_paragraphs(desk).await?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::End).await?;
        desk.until("the page to follow", &format!("{PAGE} return scroller.scrollTop > 400")).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let seen = "const at = scroller.getBoundingClientRect().top + 40;
             const block = [...article.children].find((one) => frame.getBoundingClientRect().top + one.getBoundingClientRect().bottom * scale() > at);
             return [block.textContent.slice(0, 9), frame.getBoundingClientRect().top + block.getBoundingClientRect().top * scale(), document.querySelector('.work .scroller').scrollTop];
             function scale() { return frame.getBoundingClientRect().width / frame.offsetWidth; }";
        let before = ask(desk, seen).await?;

        // What a picture without a size does to a page once it has loaded.
        ask(desk, "const late = frame.contentDocument.createElement('div'); late.style.height = '480px'; article.prepend(late); return 0").await?;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;

        let after = ask(desk, seen).await?;
        assert_eq!(after[0], before[0], "another paragraph stands at the top: {before} {after}");
        let moved = after[1].as_f64().unwrap_or_default() - before[1].as_f64().unwrap_or_default();
        assert!(moved.abs() < 3.0, "what is read moved by {moved}: {before} {after}");
        assert_eq!(after[2], before[2], "the text was scrolled by an echo");
        Ok(())
    })
}

#[test]
fn what_a_screen_reader_says_follows_each_key_and_leads_back_to_the_text() -> Told {
    story(Opens::empty(), async |desk| {
        pastes_forty_paragraphs(desk).await?;
        desk.press(button("As heard")).await?;
        let heard = region("As heard");
        desk.reads(heard.clone(), "Đoạn 40").await?;

        goes_to_the_end(desk).await?;
        desk.copies_text("\n\n## Đề mục mới\n\n* một\n* hai")?;
        desk.chord(Key::Control, 'v').await?;
        desk.reads(heard.clone(), "heading level 3").await?;
        desk.reads(heard.clone(), "list of 2").await?;

        desk.press(button("Đoạn 12:").in_part().within(heard)).await?;
        desk.sees_that(textbox("Body"), "with the caret", |seen| seen.focused).await?;
        desk.types("Ở đây. ").await?;
        desk.press(button("Phone")).await?;
        desk.page_shows("Ở đây. Đoạn 12:").await
    })
}

#[test]
fn a_press_leads_into_tables_boxes_and_notes_too() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.copies_text("Mở đầu.[^1]\n\n| Tỉnh | Dân |\n|---|---|\n| Huế | 1,2 |\n\nGiữa.\n\n[^1]: Theo Tổng cục Thống kê.\n\n> [!box] Cần biết\n> Gọi **114** ngay.\n>\n> - Tắt điện\n> - Khoá ga\n\nCuối.")?;
        desk.press(textbox("Body")).await?;
        desk.chord(Key::Control, 'v').await?;
        desk.press(tab("Page")).await?;
        desk.page_shows("Theo Tổng cục").await?;
        for (words, line) in
            [("Tỉnh", 3), ("Huế", 5), ("Theo Tổng cục", 9), ("Gọi 114", 12), ("Khoá ga", 15), ("Cuối.", 17)]
        {
            let at = ask(
                desk,
                &format!(
                    "const scale = frame.getBoundingClientRect().width / frame.offsetWidth;
                     const all = [...article.querySelectorAll('th, td, p, li')].filter((one) => one.textContent.includes('{words}'));
                     scroller.scrollTop = all.at(-1).getBoundingClientRect().top * scale - 150;
                     const box = all.at(-1).getBoundingClientRect(), outer = frame.getBoundingClientRect();
                     return [outer.left + (box.left + 12) * scale, outer.top + (box.top + box.height / 2) * scale]"
                ),
            )
            .await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await; // the text follows
            desk.clicks_at(at[0].as_f64().unwrap_or_default(), at[1].as_f64().unwrap_or_default()).await?;
            let caret = format!(
                "const line = document.querySelector('.cm-activeLine') ?? getSelection().anchorNode?.parentElement?.closest('.cm-line');
                 const lines = [...document.querySelectorAll('.cm-line')]; return lines.indexOf(line) + 1 === {line}"
            );
            desk.until(&format!("the caret in line {line}, where “{words}” is"), &caret).await?;
        }
        Ok(())
    })
}

#[test]
fn a_text_of_half_a_megabyte_is_heard_to_its_end_and_typed_in_meanwhile() -> Told {
    story(Opens::empty(), async |desk| {
        let rest = "phiên chợ họp từ sáng sớm, người mua kẻ bán đông vui bên bến sông cho tới trưa.";
        let paragraphs: Vec<String> = (1..=4200).map(|number| format!("Đoạn {number}: {rest}")).collect();
        desk.press("Start writing").await?;
        desk.copies_text(&paragraphs.join("\n\n"))?;
        desk.press(textbox("Body")).await?;
        desk.chord(Key::Control, 'v').await?;
        desk.press(tab("Page")).await?;
        desk.page_shows("Đoạn 4200:").await?;

        // The longest time between two frames while the list is made and a word is typed.
        desk.run(
            "window.__longest = 0; let last = performance.now();
             const tick = () => { const now = performance.now(); window.__longest = Math.max(window.__longest, now - last); last = now; requestAnimationFrame(tick); };
             requestAnimationFrame(tick); return 0",
            vec![],
        )
        .await?;
        desk.press(button("As heard")).await?;
        goes_to_the_end(desk).await?;
        desk.types(" Hết.").await?;
        desk.until(
            "the last words to be heard",
            "return document.querySelector('.heard-block:last-child')?.textContent.includes('trưa. Hết.')",
        )
        .await?;
        desk.until(
            "every block to be read",
            "return document.querySelectorAll('.heard-line').length >= 4200",
        )
        .await?;

        let longest = desk.run("return window.__longest", vec![]).await?.as_f64().unwrap_or(f64::MAX);
        assert!(longest < 2500.0, "the window stood still for {longest} ms");
        Ok(())
    })
}
