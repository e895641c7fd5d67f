//! What is live is changed under its right name: asked by key, told to readers.

use anyhow::ensure;
use e2e::{
    Opens, Told, job,
    spot::{any, button, dialog, radio, textbox},
    story,
};
use thirtyfour::Key;

use crate::looks::is_accessible_in_both;

const LIVE: &str = "Thư viện lưu động đến với bảy xã vùng cao";
const NOTICE: &str = "Public notice: what was wrong, and what is right";

#[test]
fn a_correction_is_named_by_keyboard_and_tells_readers_what_was_wrong() -> Told {
    story(Opens::sample(), async |desk| {
        desk.press(button("Live").in_part()).await?;
        desk.opens(LIVE).await?;
        let url = desk.sees_it_live().await?;
        desk.adds_a_sentence().await?;
        desk.submits().await?;
        desk.press(button("Approve")).await?;

        desk.press(button("Publish the change…")).await?;
        desk.reads(dialog("Publish the change"), "What is this change?").await?;
        let go = button("Publish the change now");
        desk.sees_that(go.clone(), "not to be pressed before it is named", |seen| seen.disabled).await?;
        is_accessible_in_both(desk, "a change that is not named yet").await?;
        desk.tabs_to(radio("Minor fix")).await?;
        desk.key(Key::Down).await?;
        desk.key(Key::Down).await?;
        desk.tabs_to(textbox(NOTICE)).await?;
        desk.types("Số xã là bảy, không phải sáu.").await?;
        is_accessible_in_both(desk, "a correction").await?;
        desk.tabs_to(go).await?;
        desk.key(Key::Enter).await?;
        desk.misses(any("dialog")).await?;

        desk.counts("SELECT count(*) FROM outbox WHERE act = 'correct' AND state = 'confirmed'", 1).await?;
        desk.sees_words("Live, corrected").await?;
        let page = job::public_page(&url).await?;
        ensure!(page.contains("Số xã là bảy, không phải sáu.") && page.contains(job::ADDED), "{page}");
        Ok(())
    })
}
