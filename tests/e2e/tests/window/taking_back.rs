//! Taking it back, by keyboard alone: the act, its reason, and what becomes of it as it comes.

use e2e::{
    Desk, Opens, Result, Told,
    spot::{any, button, dialog, group, list, region, tab, textbox},
    story,
};
use thirtyfour::Key;

use crate::looks::is_accessible_in_both;

const ARTICLE: &str = "Highland growers";
const READERS: &str = "Where readers find it";
const BADGE: &str = "Where it is";

/// Asks for an act by its name, as the palette has it.
async fn asks_for(desk: &Desk, act: &str, dialog_title: &str) -> Result<()> {
    desk.strikes("ctrl+shift+p")?;
    desk.sees(dialog("All actions")).await?;
    desk.types(act).await?;
    desk.key(Key::Enter).await?;
    desk.sees(dialog(dialog_title)).await?;
    Ok(())
}

/// Goes on by Tab until this button has the focus, and presses it.
async fn tabs_to(desk: &Desk, name: &str) -> Result<()> {
    for _ in 0..8 {
        if desk.sees(button(name)).await?.focused {
            return desk.key(Key::Enter).await;
        }
        desk.key(Key::Tab).await?;
    }
    panic!("no Tab leads to {name}");
}

#[test]
fn an_article_is_unpublished_comes_back_and_is_killed_by_keyboard() -> Told {
    story(Opens::sample(), async |desk| {
        desk.press(button("To review").in_part()).await?;
        desk.opens(ARTICLE).await?;
        desk.approves().await?;
        desk.publishes().await?;
        desk.sees_it_live().await?;

        asks_for(desk, "unpublish", "Unpublish").await?;
        desk.sees_that(textbox("Why (stays on the desk)"), "with the caret", |seen| seen.focused).await?;
        is_accessible_in_both(desk, "unpublish").await?;
        desk.types("It stands in the wrong section.").await?;
        tabs_to(desk, "Unpublish").await?;

        desk.reads(region(READERS), "Gone: the page answers 404.").await?;
        desk.reads(region(READERS), "Reason: It stands in the wrong section.").await?;
        desk.reads(group(BADGE), "Unpublished").await?;
        desk.counts("SELECT count(*) FROM publications WHERE standing = 'unpublished' AND gone_at > 0", 1)
            .await?;
        is_accessible_in_both(desk, "what readers see no more").await?;

        desk.publishes().await?;
        desk.reads(group(BADGE), "Live since").await?;
        asks_for(desk, "kill", "Kill the story").await?;
        desk.types("A name in it is another person's.").await?;
        tabs_to(desk, "Go on…").await?;
        desk.reads(dialog("Kill the story"), "1 edition on 1 portal").await?;
        desk.sees_that(button("Back"), "with the focus", |seen| seen.focused).await?;
        desk.counts("SELECT count(*) FROM decisions WHERE act = 'kill'", 0).await?;
        is_accessible_in_both(desk, "the second step of a kill").await?;
        tabs_to(desk, "Kill it for good").await?;

        desk.misses(any("dialog")).await?;
        desk.reads(region(READERS), "Gone: the page answers 410.").await?;
        desk.reads(region("Killed"), "A name in it is another person's.").await?;
        desk.reads(group(BADGE), "Killed").await?;
        desk.misses(button("Publish…")).await?;
        desk.misses(button(ARTICLE).in_part().within(list("Articles"))).await?;
        desk.counts("SELECT count(*) FROM publications WHERE standing = 'killed' AND gone_at > 0", 1).await?;
        is_accessible_in_both(desk, "what was killed").await?;
        desk.press(tab("History")).await?;
        desk.reads(region("Revisions"), "Killed").await.map(drop)
    })
}
