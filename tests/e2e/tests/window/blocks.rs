//! Blocks of a newspaper, in the text and on the page beside it; a card of a video loads nothing, and a heavy text stops nobody.

use e2e::{
    Desk, Opens, Result, Told,
    spot::{tab, textbox},
    story,
};
use thirtyfour::Key;

const PAGE: &str = "const article = [...document.querySelectorAll('iframe')].map((one) => one.contentDocument?.querySelector('article')).find(Boolean);";

async fn pastes(desk: &Desk, text: &str) -> Result<()> {
    desk.copies_text(text)?;
    desk.press(textbox("Body")).await?;
    desk.chord(Key::Control, 'v').await
}

#[test]
fn blocks_of_a_newspaper_stand_on_the_page_and_load_nothing() -> Told {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let video = format!("http://{}/lu.mp4", listener.local_addr()?);
    let body = format!(
        "> Nước lên nhanh.\n> — Trần Lan\n\n> [!pull]\n> Chưa từng thấy.\n\n> [!box] Cần biết\n> - Gọi 114\n\n{video}\n\n| Xã | Nhà |\n|---|---|\n| Đại Hải | 40 |\n\nHết.\n"
    );
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        pastes(desk, &body).await?;
        desk.press(tab("Page")).await?;
        desk.page_shows("Hết.").await?;

        let shown = "return ['.quotation figcaption', '.pull-quote blockquote', 'aside.box h2', '.embed a', '.table td']\
                     .map((what) => article.querySelector(what)?.textContent.trim() ?? '').join('|')";
        let shown = desk.run(&format!("{PAGE} {shown}"), vec![]).await?;
        let in_text = "return [...document.querySelectorAll('.embed-card, .block-mark, .speaker-line')].map((one) => one.textContent.split('A card')[0]).join('|')";
        let in_text = desk.run(in_text, vec![]).await?;

        assert_eq!(shown, format!("Trần Lan|Chưa từng thấy.|Cần biết|{video}|Đại Hải"));
        assert_eq!(in_text, "> — Trần Lan|[!pull]|[!box]|Video · 127.0.0.1");
        assert!(listener.accept().is_err(), "the window reached for the video");
        Ok(())
    })
}

#[test]
fn a_text_made_to_be_heavy_is_told_of_and_writing_goes_on() -> Told {
    let body = format!("Đầu.\n\n{}\n\n{}\n\n", ">".repeat(150_000), "[a](https://a.vn) ".repeat(8_000));
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(tab("Page")).await?;
        pastes(desk, &body).await?;
        desk.page_shows("too large to be shown here").await?;

        desk.types("Vẫn gõ được.").await?;

        desk.page_shows("Vẫn gõ được.").await?;
        let elements =
            desk.run(&format!("{PAGE} return article.querySelectorAll('*').length"), vec![]).await?;
        assert!(elements.as_u64().is_some_and(|count| count < 300), "{elements}");
        desk.is_saved().await
    })
}
