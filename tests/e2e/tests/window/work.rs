//! How much is done at a key, counted: what an editor does for a letter must not grow with the article.

use e2e::{
    Desk, Opens, Result, Told, ensure, long_story,
    spot::{tab, textbox},
};
use serde_json::json;
use thirtyfour::Key;

/// Counts the lines of the editor and the blocks of the page that change.
const COUNT: &str = "
    const lines = new Set(), blocks = new Set();
    window.__work = { lines, blocks };
    const note = (into, at, top) => {
        while (at !== null && at.parentNode !== top) at = at.parentNode;
        if (at?.nodeType === Node.ELEMENT_NODE) into.add(at); // not the line end behind a block
    };
    const content = document.querySelector('.cm-content');
    const watch = (into, top) => new MutationObserver((changes) => changes.forEach((change) => {
        const nodes = change.target === top ? [...change.addedNodes] : [change.target];
        nodes.forEach((node) => note(into, node, top));
    })).observe(top, { subtree: true, childList: true, characterData: true });
    watch(lines, content);
    const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentDocument?.querySelector('article'));
    watch(blocks, frame.contentDocument.querySelector('article'));
    return 0";

async fn work_of_a_key(desk: &Desk, words: usize) -> Result<(u64, u64)> {
    let paragraph = "Chợ họp từ sáng sớm bên bến sông, **người mua** kẻ bán đông vui cho tới tận [trưa](https://example.org).\n\n";
    let each = paragraph.split_whitespace().count();
    desk.press("New article").await?;
    desk.copies_text(&(paragraph.repeat(words / each) + "Đoạn cuối"))?;
    desk.press(textbox("Body")).await?;
    desk.chord(Key::Control, 'v').await?;
    desk.press(tab("Page")).await?;
    desk.page_shows("Đoạn cuối").await?;
    desk.is_saved().await?;
    desk.press(textbox("Body")).await?;
    desk.goes_to(Key::End).await?;
    desk.types("x").await?; // the caret's own line is drawn by then
    desk.page_shows("Đoạn cuốix").await?;

    desk.run(COUNT, vec![]).await?;
    desk.types("y").await?;
    desk.page_shows("Đoạn cuốixy").await?;

    let counted = desk.run("return [window.__work.lines.size, window.__work.blocks.size]", vec![]).await?;
    ensure!(counted != json!([0, 0]), "nothing was seen to change");
    Ok((counted[0].as_u64().unwrap_or_default(), counted[1].as_u64().unwrap_or_default()))
}

#[test]
fn a_key_touches_one_paragraph_of_the_text_and_one_of_the_page_however_long_the_article_is() -> Told {
    long_story(Opens::sample(), async |desk| {
        for words in [500, 5_000, 20_000] {
            let touched = work_of_a_key(desk, words).await?;
            assert_eq!(touched, (1, 1), "lines and blocks at {words} words");
        }
        Ok(())
    })
}
