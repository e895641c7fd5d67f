//! What was written is never lost: revisions beside each other and brought back, the trash, two texts saved at once, the
//! outbox; all of it by keyboard, and accessible, light and dark.

use std::fs;

use anyhow::Context as _;
use e2e::{
    Desk, Opens, Result, Told, paths,
    spot::{any, button, combobox, dialog, list, region, tab, textbox},
    story,
};
use serde_json::json;
use thirtyfour::Key;

use crate::looks::is_accessible_in_both;

/// What a run before left unkept becomes a revision so long after the start.
const FIRST_LOOK: std::time::Duration = std::time::Duration::from_secs(4);

/// What is marked so in the comparison, word by word.
async fn is_marked(desk: &Desk, of: &str, wanted: &str) -> Result<()> {
    let marked =
        format!("return [...document.querySelectorAll('.dialog {of}')].map((one) => one.textContent)");
    let mut found = serde_json::Value::Null;
    for _ in 0..50 {
        found = desk.run(&marked, vec![]).await?;
        if found == json!([wanted]) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    anyhow::bail!("{of} marks {found}, not “{wanted}”")
}

#[test]
fn an_older_revision_is_compared_walked_through_and_brought_back_and_that_can_be_undone() -> Told {
    story(Opens::empty(), async |desk| {
        tokio::time::sleep(FIRST_LOOK).await;
        desk.press("Start writing").await?;
        desk.press(textbox("Headline")).await?;
        desk.types("Lũ rút chậm").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Nước đã rút khỏi bảy xã.").await?;
        desk.finds_action("submit for review").await?;
        desk.counts("SELECT count(*) FROM decisions WHERE act = 'submit'", 1).await?;
        let kept = desk.count("SELECT count(*) FROM revisions")?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::End).await?;
        desk.types(" Đường còn ngập.").await?;
        desk.is_saved().await?;

        desk.finds_action("revisions").await?;
        let compare = dialog("Revisions");
        desk.reads(compare.clone(), "1 change").await?;
        is_marked(desk, "ins", "Đường còn ngập.").await?;
        is_accessible_in_both(desk, "two revisions").await?;
        desk.key(Key::F7).await?;
        let on_the_change = "return document.activeElement?.dataset.change === '' && document.activeElement.textContent.includes('ngập')";
        desk.until("the change to have the focus", on_the_change).await?;
        desk.tabs_to(button("Bring back the one of").in_part()).await?;
        desk.key(Key::Enter).await?;

        desk.misses(any("dialog")).await?;
        desk.counts("SELECT count(*) FROM articles WHERE body = 'Nước đã rút khỏi bảy xã.'", 1).await?;
        desk.reads(textbox("Body"), "Nước đã rút khỏi bảy xã.").await?;
        desk.press(tab("History")).await?;
        let revisions = region("Revisions");
        desk.reads(revisions.clone(), "What is here now is the newest of them").await?;
        is_accessible_in_both(desk, "the history pane").await?;
        desk.counts("SELECT count(*) FROM revisions", kept + 2).await?;

        desk.finds_action("revisions").await?;
        desk.reads(compare.clone(), "1 change").await?;
        is_marked(desk, "del", "Đường còn ngập.").await?;
        desk.tabs_to(button("Bring back the one of").in_part()).await?;
        desk.key(Key::Enter).await?;
        desk.counts(
            "SELECT count(*) FROM articles WHERE body = 'Nước đã rút khỏi bảy xã. Đường còn ngập.'",
            1,
        )
        .await?;
        desk.sees(button("Undo")).await?;
        desk.tabs_to(button("Undo")).await?;
        desk.key(Key::Enter).await?;
        desk.counts("SELECT count(*) FROM articles WHERE body = 'Nước đã rút khỏi bảy xã.'", 1).await
    })
}

#[test]
fn a_revision_of_the_pane_is_read_by_keyboard_and_looking_changes_nothing() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Highland growers").await?;
        let before = desk.count("SELECT sum(edits) FROM articles")?;
        desk.finds_action("side pane: history").await?;
        desk.tabs_to(button("Submit").in_part().within(region("Revisions"))).await?;
        desk.key(Key::Enter).await?;

        desk.reads(dialog("Revisions"), "No difference").await?;
        desk.tabs_to(combobox("Newer")).await?;
        desk.tabs_to(button("Close").within(dialog("Revisions"))).await?;
        desk.key(Key::Enter).await?;

        desk.misses(dialog("Revisions")).await?;
        assert_eq!(desk.count("SELECT sum(edits) FROM articles")?, before);
        Ok(())
    })
}

#[test]
fn an_article_goes_into_the_trash_comes_back_and_only_what_was_never_read_is_deleted() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        desk.finds_action("put into the trash").await?;
        desk.counts("SELECT count(*) FROM articles WHERE stage = 'spiked'", 1).await?;
        desk.sees_words("In the trash: Phiên chợ sớm").await?;
        desk.misses(textbox("Headline")).await?;

        desk.finds_action("list: trash").await?;
        desk.reads(list("Articles"), "Phiên chợ sớm").await?;
        is_accessible_in_both(desk, "the trash").await?;
        desk.tabs_to(button("Phiên chợ sớm").in_part().within(list("Articles"))).await?;
        desk.types("r").await?;
        desk.counts("SELECT count(*) FROM articles WHERE stage = 'spiked'", 0).await?;
        desk.reads(textbox("Headline"), "Phiên chợ sớm").await?;

        desk.finds_action("put into the trash").await?;
        desk.counts("SELECT count(*) FROM articles WHERE stage = 'spiked'", 1).await?;
        desk.finds_action("empty the trash").await?;
        let empty = dialog("Empty the trash");
        desk.reads(empty.clone(), "Nothing has lain here for thirty days yet").await?;
        is_accessible_in_both(desk, "emptying the trash").await?;
        desk.tabs_to(e2e::spot::checkbox("and 1 of the last thirty days")).await?;
        desk.types(" ").await?;
        desk.tabs_to(button("Delete 1 for good")).await?;
        desk.key(Key::Enter).await?;
        desk.misses(empty).await?;
        desk.counts("SELECT count(*) FROM articles WHERE headline LIKE 'Phiên chợ sớm%'", 0).await?;
        assert_eq!(desk.count("SELECT count(*) FROM articles")?, 2);
        Ok(())
    })
}

/// Another program saves while this window's own save waits for the disk: both texts are true.
async fn both_save(desk: &Desk, theirs: &str, ours: &str) -> Result<()> {
    let file = desk.database()?.path().context("the database is a file")?.to_owned();
    let mut other = rusqlite::Connection::open(file)?;
    let writing = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    desk.types(ours).await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await; // its save waits by now
    writing.execute("UPDATE articles SET body = ?1, edits = edits + 1 WHERE headline = 'Lũ'", [theirs])?;
    Ok(writing.commit()?)
}

#[test]
fn of_two_texts_saved_at_once_none_is_lost_and_one_is_chosen_by_keyboard() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Headline")).await?;
        desk.types("Lũ").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Đầu.").await?;
        desk.is_saved().await?;

        both_save(desk, "Bài của người khác.", " Viết ở đây.").await?;
        let clash = dialog("Changed elsewhere at the same time");
        desk.sees(clash.clone()).await?;
        let texts = "return [...document.querySelectorAll('.dialog textarea')].map((one) => one.value)";
        assert_eq!(
            desk.run(texts, vec![]).await?,
            json!(["Lũ\n\nĐầu. Viết ở đây.", "Lũ\n\nBài của người khác."])
        );
        is_accessible_in_both(desk, "two texts saved at once").await?;
        desk.key(Key::Escape).await?;
        desk.sees(clash.clone()).await?; // it is not passed over
        desk.tabs_to(button("Take what was saved elsewhere")).await?;
        desk.key(Key::Enter).await?;
        desk.misses(clash.clone()).await?;
        desk.reads(textbox("Body"), "Bài của người khác.").await?;

        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::End).await?;
        both_save(desk, "Lại của người khác.", " Viết tiếp.").await?;
        desk.sees(clash.clone()).await?;
        desk.tabs_to(button("Keep what is written here")).await?;
        desk.key(Key::Enter).await?;
        desk.misses(clash).await?;
        desk.counts("SELECT count(*) FROM articles WHERE body = 'Bài của người khác. Viết tiếp.'", 1).await?;

        desk.press(tab("History")).await?; // the other texts are kept, too
        desk.finds_action("revisions").await?;
        for (revision, kept) in [(1, "Viết ở đây."), (2, "Lại của người khác.")] {
            let found = format!(
                "return [...document.querySelectorAll('.dialog select')][0].options.length > {revision}"
            );
            desk.until(&format!("a revision with “{kept}”"), &found).await?;
        }
        Ok(())
    })
}

#[test]
fn a_paste_is_there_after_a_restart_and_one_undo_still_takes_all_of_it_back() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Mở đầu. ").await?;
        tokio::time::sleep(std::time::Duration::from_millis(900)).await; // a pause makes a step of its own
        desk.copies_page(&fs::read_to_string(paths::fixture("clipboard/chrome/article.html"))?)?;
        desk.strikes("ctrl+v")?;
        let places = "SELECT count(*) FROM placements WHERE caption = 'Khách mua vàng tại Hà Nội.'";
        desk.counts(places, 1).await?;
        desk.is_saved().await?;
        let pasted: String = desk.database()?.query_row("SELECT body FROM articles", [], |row| row.get(0))?;
        desk.close()?;

        desk.open_window().await?;
        desk.reads(textbox("Body"), "Mở đầu.").await?;
        desk.page_shows("Khách mua vàng tại Hà Nội.").await?;
        desk.press(textbox("Body")).await?;
        desk.strikes("ctrl+z")?;
        desk.counts("SELECT count(*) FROM articles WHERE body = 'Mở đầu. '", 1).await?;
        desk.counts(places, 0).await?;
        desk.strikes("ctrl+shift+z")?;

        desk.counts(places, 1).await?;
        let now: String = desk.database()?.query_row("SELECT body FROM articles", [], |row| row.get(0))?;
        assert_eq!(now, pasted);
        Ok(())
    })
}

#[test]
fn what_does_not_go_out_is_seen_in_the_outbox_sent_again_and_called_off_by_keyboard() -> Told {
    story(Opens::sample(), async |desk| {
        let portal = desk.serves_a_portal()?;
        desk.gives_a_portals_address(&portal.url).await?;
        desk.fills(textbox("Token"), &portal.token).await?;
        desk.key(Key::Enter).await?;
        desk.reads(dialog("Connected to 127.0.0.1"), "This account may publish").await?;
        desk.key(Key::Enter).await?;
        desk.key(Key::Escape).await?;
        desk.misses(any("dialog")).await?;
        let window = desk.app_process();
        let served = desk.screen.family.running(&paths::app()).into_iter().filter(|pid| Some(*pid) != window);
        served.for_each(e2e::process::kill);
        desk.opens("Highland growers").await?;
        desk.approves().await?;
        desk.press(button("Publish…")).await?;
        desk.selects(combobox("Portal"), "127.0.0.1 · ").await?;
        desk.press(button("Publish now")).await?;
        desk.misses(dialog("Publish")).await?;

        desk.finds_action("show the outbox").await?;
        let outbox = dialog("Outbox");
        desk.reads(outbox.clone(), "portal not reached, tried again by itself").await?;
        is_accessible_in_both(desk, "a failed job in the outbox").await?;
        let attempts = desk.count("SELECT attempts FROM outbox WHERE state = 'retry_later'")?;
        desk.tabs_to(button("Send again")).await?;
        desk.key(Key::Enter).await?;
        desk.counts(
            &format!("SELECT count(*) FROM outbox WHERE attempts > {attempts} AND state = 'retry_later'"),
            1,
        )
        .await?;
        desk.reads(outbox.clone(), "portal not reached").await?;
        desk.tabs_to(button("Cancel sending")).await?;
        desk.key(Key::Enter).await?;

        desk.counts("SELECT count(*) FROM outbox WHERE state = 'cancelled'", 1).await?;
        desk.reads(outbox.clone(), "cancelled").await?;
        desk.tabs_to(button("Highland growers").in_part().within(outbox.clone())).await?;
        desk.key(Key::Enter).await?;
        desk.misses(outbox).await?;
        desk.reads(textbox("Headline"), "Highland growers").await.map(drop)
    })
}
