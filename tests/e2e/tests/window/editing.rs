//! The editor under a person's hands: what its keys do in the real web view, and what is there afterwards.

use std::time::Duration;

use anyhow::Context;
use e2e::{
    Desk, Opens, Result, Told,
    spot::{any, button, textbox},
    story,
};
use thirtyfour::Key;

/// So long the window rests before it keeps what can be undone.
const REST: Duration = Duration::from_millis(3600);

async fn writes(desk: &Desk, words: &str) -> Result<()> {
    desk.press("Start writing").await?;
    desk.press(textbox("Body")).await?;
    desk.types(words).await
}

async fn body_is(desk: &Desk, body: &str) -> Result<()> {
    desk.counts(&format!("SELECT count(*) FROM articles WHERE body = '{}'", body.replace('\'', "''")), 1)
        .await
}

/// Another program, or a backup put back: what the window knows of the text is not true any more.
fn somebody_else_writes(desk: &Desk, body: &str) -> Result<()> {
    let file = desk.database()?.path().context("the database is a file")?.to_owned();
    let written = rusqlite::Connection::open(file)?;
    written.execute("UPDATE articles SET body = ?1, edits = edits + 1", [body])?;
    Ok(())
}

#[test]
fn what_was_typed_before_a_restart_is_undone_after_it() -> Told {
    story(Opens::empty(), async |desk| {
        writes(desk, "Nước lũ").await?;
        tokio::time::sleep(Duration::from_millis(900)).await; // a pause makes a step of its own
        desk.types(" đã rút").await?;
        desk.close()?;

        desk.open_window().await?;
        desk.reads(textbox("Body"), "Nước lũ đã rút").await?;
        desk.press(textbox("Body")).await?;
        desk.chord(Key::Control, 'z').await?;

        body_is(desk, "Nước lũ").await?;
        desk.chord(Key::Control, 'z').await?;
        body_is(desk, "").await?;
        Ok(())
    })
}

#[test]
fn what_can_be_undone_survives_a_kill_and_is_dropped_where_somebody_else_changed_the_text() -> Told {
    story(Opens::empty(), async |desk| {
        writes(desk, "Nước lũ").await?;
        tokio::time::sleep(REST).await;
        desk.counts("SELECT count(*) FROM undo_histories WHERE history <> ''", 1).await?;

        desk.kill()?;
        somebody_else_writes(desk, "Bài của người khác")?;
        desk.open_window().await?;
        desk.reads(textbox("Body"), "Bài của người khác").await?;
        desk.press(textbox("Body")).await?;
        desk.chord(Key::Control, 'z').await?;
        desk.goes_to(Key::End).await?;
        desk.types("!").await?;

        body_is(desk, "Bài của người khác!").await?;
        Ok(())
    })
}

#[test]
fn a_list_goes_on_counts_itself_and_ends() -> Told {
    story(Opens::empty(), async |desk| {
        writes(desk, "1. một").await?;
        for word in ["hai", "ba"] {
            desk.key(Key::Enter).await?;
            desk.types(word).await?;
        }
        desk.chord(Key::Control, ']').await?;
        desk.key(Key::Enter).await?;
        desk.key(Key::Enter).await?; // out of the inner list
        desk.key(Key::Enter).await?; // and of the outer one
        desk.types("Hết").await?;

        body_is(desk, "1. một\n2. hai\n   1. ba\n\nHết").await?;
        Ok(())
    })
}

#[test]
fn quotes_are_set_while_one_types_and_one_undo_gives_back_the_key() -> Told {
    story(Opens::empty(), async |desk| {
        writes(desk, "Ông nói \"rút").await?;
        body_is(desk, "Ông nói “rút").await?;
        desk.types("\"").await?;
        body_is(desk, "Ông nói “rút”").await?;

        desk.chord(Key::Control, 'z').await?;

        body_is(desk, "Ông nói “rút\"").await?;
        Ok(())
    })
}

#[test]
fn one_finds_without_accents_and_replaces_by_keyboard_alone() -> Told {
    story(Opens::empty(), async |desk| {
        writes(desk, "Con đường cũ, đường mới, dưỡng sinh").await?;
        desk.chord(Key::Control, 'h').await?;
        desk.types("duong").await?;
        desk.sees_words("1 of 3").await?;
        desk.until("the places marked", "return document.querySelectorAll('.found').length === 3 && document.querySelector('.found-now') !== null").await?;

        desk.press(button("Accents count")).await?;
        desk.fills(textbox("Find"), "đường").await?;
        desk.sees_words("of 2").await?;
        desk.fills(textbox("Replace with"), "phố").await?;
        desk.press(button("Replace all")).await?;

        body_is(desk, "Con phố cũ, phố mới, dưỡng sinh").await?;
        desk.sees_words("2 replaced").await?;
        desk.press(textbox("Find")).await?;
        desk.key(Key::Escape).await?;
        desk.misses(textbox("Find")).await?;
        desk.sees_that(textbox("Body"), "with the caret", |seen| seen.focused).await?;
        desk.chord(Key::Control, 'z').await?;
        body_is(desk, "Con đường cũ, đường mới, dưỡng sinh").await?;
        Ok(())
    })
}

#[test]
fn an_address_pasted_on_words_links_them() -> Told {
    story(Opens::empty(), async |desk| {
        writes(desk, "lũ").await?;
        desk.copies_text("https://vietnam.vn/tin")?;
        desk.chord(Key::Control, 'a').await?;
        desk.strikes("ctrl+v")?;

        body_is(desk, "[lũ](https://vietnam.vn/tin)").await?;
        Ok(())
    })
}

#[test]
fn focus_and_typewriter_are_by_key_and_are_there_the_next_time() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::End).await?;
        desk.key(Key::Enter).await?;
        desk.types("Mot cau.").await?;
        desk.chord(Key::Control, 'd').await?;
        desk.until(
            "a bright paragraph",
            "return document.querySelectorAll('.cm-line.in-focus').length === 1",
        )
        .await?;
        desk.chord(Key::Control, 'd').await?;
        desk.until("a bright sentence", "return document.querySelector('.cm-line > span.in-focus') !== null")
            .await?;

        desk.strikes("ctrl+shift+d")?;
        desk.types(" x").await?;
        desk.until("the line at its height", LINE_AT_ITS_HEIGHT).await?;
        desk.close()?;
        desk.open_window().await?;

        desk.sees(any("main")).await?;
        desk.until("both again", "return document.querySelector('.cm-editor.focusing.typewriter') !== null")
            .await?;
        Ok(())
    })
}

/// The caret's line is a little above the middle of what scrolls.
const LINE_AT_ITS_HEIGHT: &str = "
    const scroller = document.querySelector('.scroller').getBoundingClientRect();
    const caret = getSelection().getRangeAt(0).getBoundingClientRect();
    const at = (caret.top - scroller.top) / scroller.height;
    return at > 0.35 && at < 0.55";
