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
async fn asks_for(desk: &Desk, act: &str, title: &str) -> Result<()> {
    desk.finds_action(act).await?;
    desk.sees(dialog(title)).await.map(drop)
}

async fn presses(desk: &Desk, name: &str) -> Result<()> {
    desk.tabs_to(button(name)).await?;
    desk.key(Key::Enter).await
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
        presses(desk, "Unpublish").await?;

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
        presses(desk, "Go on…").await?;
        desk.reads(dialog("Kill the story"), "1 edition on 1 portal").await?;
        desk.sees_that(button("Back"), "with the focus", |seen| seen.focused).await?;
        desk.counts("SELECT count(*) FROM decisions WHERE act = 'kill'", 0).await?;
        is_accessible_in_both(desk, "the second step of a kill").await?;
        presses(desk, "Kill it for good").await?;

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
