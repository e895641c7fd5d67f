//! An approval is of one revision: any edit voids it, and says so.

use e2e::{
    Opens, Told,
    spot::{button, textbox},
    story,
};

const SUBMITTED: &str = "Highland growers try a slower roast";

#[test]
fn an_edit_after_approval_voids_it_visibly() -> Told {
    story(Opens::sample(), async |desk| {
        desk.press(button("To review").in_part()).await?;
        desk.opens(SUBMITTED).await?;
        desk.approves().await?;
        let approved =
            format!("SELECT count(*) FROM articles WHERE headline = '{SUBMITTED}' AND stage = 'approved'");
        desk.counts(&approved, 1).await?;

        desk.press(textbox("Body")).await?;
        desk.types("One word more. ").await?;

        desk.sees_words("lapsed: the article was changed since").await?;
        desk.misses(button("Publish…")).await?;
        desk.sees(button("Submit for review")).await?;
        desk.counts(&approved, 0).await?;
        Ok(())
    })
}

#[test]
fn a_check_that_blocks_leads_to_its_field() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.press(e2e::spot::tab("Checks")).await?;

        desk.press(button("No alt text").in_part()).await?;

        desk.sees_that(
            textbox("Alt text").within(e2e::job::card(e2e::job::PLACES[0])),
            "with the caret",
            |seen| seen.focused,
        )
        .await?;
        Ok(())
    })
}
