//! Schedule and embargo, by keyboard: typed as people type them, said in both zones, asked about where the clocks jump,
//! changed and called off in the outbox.

use e2e::{
    Desk, Opens, Result, Told,
    spot::{any, button, dialog, group, list, option, region, tab, textbox},
    story,
};
use serde_json::json;
use thirtyfour::Key;

use crate::looks::is_accessible_in_both;

const WAITS: &str = "SELECT count(*) FROM outbox WHERE state = 'waiting_time' AND zone = 'Europe/Berlin'";

/// The newsroom works by Vietnam's time, wherever this machine is.
async fn works_in_vietnam(desk: &Desk) -> Result<()> {
    desk.finds_action("time zone").await?;
    desk.sees(option("Vietnam").in_part()).await?;
    desk.types("ha noi").await?;
    desk.key(Key::Enter).await?;
    desk.misses(any("dialog")).await
}

async fn approves_one(desk: &Desk) -> Result<()> {
    desk.opens("Highland growers").await?;
    desk.press(button("Approve")).await?;
    desk.sees(button("Publish…")).await?;
    desk.chord(Key::Control, '\u{e007}').await?; // Ctrl+Enter: the next step
    desk.sees(dialog("Publish")).await.map(drop)
}

#[test]
fn a_time_is_typed_as_people_say_it_and_shown_by_both_clocks() -> Told {
    story(Opens::sample(), async |desk| {
        works_in_vietnam(desk).await?;
        approves_one(desk).await?;

        desk.tabs_to(textbox("Goes out at")).await?;
        desk.types("bao giờ cũng được").await?;
        desk.reads(any("alert"), "This is no time").await?;
        desk.sees_that(button("Publish now"), "that cannot be pressed", |seen| seen.disabled).await?;
        desk.chord(Key::Control, 'a').await?;
        desk.types("tomorrow 12:00 Berlin").await?;
        let publish = dialog("Publish");
        desk.reads(publish.clone(), "Vietnam time · ").await?;
        desk.reads(publish.clone(), "tomorrow 12:00 Berlin time").await?;
        desk.reads(publish.clone(), "keep Tòa Soạn running").await?;
        is_accessible_in_both(desk, "publishing at a time").await?;
        desk.tabs_to(button("Put into the outbox")).await?;
        desk.key(Key::Enter).await?;
        desk.misses(dialog("Publish")).await?;

        desk.counts(WAITS, 1).await?;
        desk.reads(region("Outbox"), "Vietnam time · tomorrow 12:00 Berlin time").await?;
        desk.finds_action("list: scheduled").await?;
        desk.reads(list("Articles"), "Scheduled").await?;
        desk.reads(list("Articles"), "Berlin time").await?;
        desk.finds_action("show the outbox").await?;
        desk.reads(dialog("Outbox"), "Vietnam time · tomorrow 12:00 Berlin time").await?;
        is_accessible_in_both(desk, "the outbox with a time").await?;

        desk.tabs_to(button("Change the time…")).await?;
        desk.key(Key::Enter).await?;
        desk.reads(dialog("Change the time"), "tomorrow 12:00 Berlin time").await?;
        is_accessible_in_both(desk, "another time").await?;
        desk.tabs_to(textbox("Goes out at")).await?;
        desk.types("ngày kia 6h Berlin").await?;
        desk.reads(dialog("Change the time"), "06:00 Berlin time").await?;
        desk.tabs_to(button("Change the time")).await?;
        desk.key(Key::Enter).await?;
        desk.reads(dialog("Outbox"), "06:00 Berlin time").await?;
        desk.tabs_to(button("Cancel sending")).await?;
        desk.key(Key::Enter).await?;
        desk.reads(dialog("Outbox"), "cancelled").await?;
        desk.counts(WAITS, 0).await
    })
}

#[test]
fn a_time_that_comes_twice_is_asked_about_and_an_embargo_holds_what_is_published_at_once() -> Told {
    story(Opens::sample(), async |desk| {
        works_in_vietnam(desk).await?;
        approves_one(desk).await?;

        desk.tabs_to(textbox("Embargo until")).await?;
        desk.types("2:30 31/10/2027 Berlin").await?;
        desk.reads(any("alert"), "comes twice in Berlin").await?;
        is_accessible_in_both(desk, "a time that comes twice").await?;
        let choices =
            group("This time comes twice in Berlin: the clocks go back over it. Choose which is meant:");
        desk.tabs_to(button("(UTC+1)").in_part().within(choices)).await?;
        desk.key(Key::Enter).await?;
        desk.reads(dialog("Publish"), "08:30 Vietnam time · 31/10/2027 02:30 Berlin time").await?;
        desk.reads(dialog("Publish"), "Under embargo nothing of it leaves this machine").await?;
        desk.tabs_to(button("Put into the outbox")).await?;
        desk.key(Key::Enter).await?;

        desk.counts("SELECT count(*) FROM outbox WHERE embargo = '2027-10-31T01:30:00Z[Europe/Berlin]'", 1)
            .await?;
        desk.press(tab("Live")).await?;
        desk.reads(region("Outbox"), "waiting for its time").await?;
        desk.finds_action("change when the article goes out").await?;
        desk.tabs_to(button("Send it now")).await?;
        desk.key(Key::Enter).await?;
        desk.misses(dialog("Change the time")).await?;
        desk.reads(region("Outbox"), "31/10/2027").await?;
        desk.counts("SELECT count(*) FROM outbox WHERE state = 'waiting_time'", 1).await
    })
}

#[test]
fn among_the_fields_a_time_is_read_too_and_one_the_clocks_skip_is_asked_about() -> Told {
    story(Opens::sample(), async |desk| {
        works_in_vietnam(desk).await?;
        desk.opens("Phiên chợ sớm").await?;
        desk.finds_action("go to: embargo").await?;
        desk.sees_that(textbox("Embargo"), "with the caret", |seen| seen.focused).await?;
        desk.types("28/3/2027 2:30 Berlin").await?;
        desk.reads(any("alert"), "does not exist in Berlin").await?;
        is_accessible_in_both(desk, "a time that the clocks skip").await?;
        desk.tabs_to(button("(UTC+2)").in_part()).await?;
        desk.key(Key::Enter).await?;

        desk.counts("SELECT count(*) FROM articles WHERE embargo = '2027-03-28T01:30:00Z[Europe/Berlin]'", 1)
            .await?;
        desk.sees_that(textbox("Embargo"), "as it is written", |seen| {
            seen.text.is_empty() || seen.text.contains("03:30")
        })
        .await?;
        assert_eq!(
            desk.run("return document.querySelector('[data-field=embargo]').value", vec![]).await?,
            json!("03:30 28/03/2027 Berlin")
        );
        desk.finds_action("go to: schedule").await?;
        desk.types("hôm qua 6:00").await?;
        desk.sees_words("past: counts for nothing").await?;
        desk.counts("SELECT count(*) FROM articles WHERE schedule LIKE '%Z[Asia/%'", 1).await
    })
}
