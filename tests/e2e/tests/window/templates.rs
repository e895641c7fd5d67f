//! Templates in the window, by keyboard alone: an article from one, its blanks filled, and one of an article.

use e2e::{
    Desk, Opens, Result, Told,
    spot::{any, button, dialog, list, textbox},
    story,
};
use thirtyfour::Key;

/// Chooses from the palette what a few letters find first.
async fn chooses(desk: &Desk, letters: &str) -> Result<()> {
    let chain = desk.window().action_chain().key_down(Key::Control).key_down(Key::Shift).send_keys("p");
    chain.key_up(Key::Shift).key_up(Key::Control).perform().await?;
    desk.sees(dialog("All actions")).await?;
    desk.types(letters).await?;
    desk.key(Key::Enter).await?;
    desk.misses(dialog("All actions")).await
}

/// Ctrl+Shift+N, a few letters without tones, Enter.
async fn begins_from(desk: &Desk, letters: &str) -> Result<()> {
    let chain = desk.window().action_chain().key_down(Key::Control).key_down(Key::Shift).send_keys("n");
    chain.key_up(Key::Shift).key_up(Key::Control).perform().await?;
    desk.sees(dialog("New article from a template")).await?;
    desk.types(letters).await?;
    desk.key(Key::Enter).await?;
    desk.misses(any("dialog")).await
}

async fn hands_in(desk: &Desk) -> Result<()> {
    let chain = desk.window().action_chain().key_down(Key::Control).send_keys(Key::Enter);
    Ok(chain.key_up(Key::Control).perform().await?)
}

fn submitted(headline: &str) -> String {
    format!(
        "SELECT count(*) FROM decisions JOIN articles ON articles.id = decisions.article
         WHERE act = 'submit' AND headline = '{headline}'"
    )
}

/// Goes on by Tab until the first button of this name has the focus.
async fn tabs_to(desk: &Desk, name: &str) -> Result<()> {
    for _ in 0..30 {
        let here = desk.run("return document.activeElement?.textContent.trim() ?? ''", vec![]).await?;
        if here.as_str() == Some(name) {
            return Ok(());
        }
        desk.key(Key::Tab).await?;
    }
    anyhow::bail!("no Tab reaches {name}")
}

async fn selected(desk: &Desk, words: &str) -> Result<()> {
    let script = format!(
        "const box = document.activeElement; const said = 'selectionStart' in box
            ? box.value.slice(box.selectionStart, box.selectionEnd) 
            : getSelection().getRangeAt(0).toString(); return said === '{words}'"
    );
    desk.until(&format!("“{words}” to be selected"), &script).await.map(drop)
}

#[test]
fn an_article_from_a_template_is_filled_from_blank_to_blank_and_then_handed_in() -> Told {
    story(Opens::sample(), async |desk| {
        begins_from(desk, "tin van").await?;

        selected(desk, "{{ai làm gì, ở đâu}}").await?;
        desk.types("Chợ nổi mở lại").await?;
        desk.key(Key::F8).await?;
        selected(desk, "{{điều quan trọng nhất, trong một câu}}").await?;
        desk.types("Sau mùa nước.").await?;
        desk.key(Key::F8).await?;
        selected(desk, "{{ai}}").await?;
        desk.types("tiểu thương").await?;
        desk.key(Key::Tab).await?;
        selected(desk, "{{làm gì}}").await?;
        desk.until(
            "the blanks to be marked",
            "return document.querySelectorAll('.cm-content .place').length === 5",
        )
        .await?;

        hands_in(desk).await?;
        desk.reads(list("Before it can be approved"), "Body: A blank of the template is not filled in")
            .await?;
        desk.counts(&submitted("Chợ nổi mở lại"), 0).await?;

        chooses(desk, "go to: body").await?;
        desk.chord(Key::Control, 'a').await?;
        desk.types("Thuyền về từ bốn giờ.").await?;
        desk.key(Key::F8).await?;
        selected(desk, "{{nơi viết}}").await?;
        desk.types("Cần Thơ").await?;
        desk.key(Key::F8).await?;
        desk.sees_words("Nothing is left to be filled in.").await?;
        hands_in(desk).await?;
        desk.counts(&submitted("Chợ nổi mở lại"), 1).await?;
        Ok(())
    })
}

#[test]
fn tab_leaves_the_text_where_no_blank_is_left() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        chooses(desk, "go to: body").await?;
        desk.types("{{ai}} nói").await?;
        desk.goes_to(Key::Home).await?;

        desk.key(Key::Tab).await?;
        selected(desk, "{{ai}}").await?;
        desk.types("Ông Tư").await?;
        desk.key(Key::Tab).await?;

        desk.sees_that(textbox("Body"), "without the caret", |seen| !seen.focused).await?;
        desk.counts("SELECT count(*) FROM articles WHERE body = 'Ông Tư nói'", 1).await?;
        Ok(())
    })
}

#[test]
fn the_open_article_becomes_a_template_replaces_one_when_told_and_is_renamed_and_removed() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        chooses(desk, "save as template").await?;
        desk.types("Tin vắn").await?;
        desk.sees_words("There is a template Tin vắn: it will be replaced.").await?;
        desk.sees(button("Replace").within(dialog("Save as template"))).await?;
        desk.key(Key::Enter).await?;
        desk.misses(any("dialog")).await?;
        desk.counts("SELECT count(*) FROM templates WHERE content LIKE '%Phiên chợ sớm%'", 1).await?;
        desk.counts("SELECT count(*) FROM templates", 3).await?;

        chooses(desk, "templates…").await?;
        tabs_to(desk, "Rename…").await?;
        desk.key(Key::Enter).await?;
        desk.sees(dialog("Another name for Bài khai thác")).await?;
        desk.chord(Key::Control, 'a').await?;
        desk.types("phóng sự ảnh").await?;
        desk.sees_words("There is a template Phóng sự ảnh already.").await?;
        desk.chord(Key::Control, 'a').await?;
        desk.types("Bài của báo bạn").await?;
        desk.key(Key::Enter).await?;
        desk.counts("SELECT count(*) FROM templates WHERE name = 'Bài của báo bạn'", 1).await?;

        desk.sees(dialog("Templates")).await?;
        tabs_to(desk, "Remove…").await?;
        desk.key(Key::Enter).await?;
        desk.sees(dialog("Remove the template Bài của báo bạn?")).await?;
        tabs_to(desk, "Remove").await?;
        desk.key(Key::Enter).await?;
        desk.counts("SELECT count(*) FROM templates", 2).await?;
        desk.counts("SELECT count(*) FROM articles", 3).await?;
        Ok(())
    })
}
