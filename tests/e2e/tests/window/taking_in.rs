//! A source page comes in once; what is no page is refused in words.

use std::fs;

use e2e::{
    Opens, Told, job, paths,
    spot::{any, button, dialog, textbox},
    story,
};

#[test]
fn the_same_source_url_twice_offers_the_article_that_is_there() -> Told {
    story(Opens::seed(), async |desk| {
        desk.takes_in(&fs::read_to_string(paths::fixture("pages/seed-ms.txt"))?).await?;

        let there = dialog("This page is on the desk already");
        desk.reads(there.clone(), "Sweden dan Vietnam").await?;
        desk.press(button("Open that one").within(there)).await?;

        desk.reads(textbox("Headline"), job::HEADLINE).await?;
        assert_eq!(desk.count("SELECT count(*) FROM articles")?, 1);
        Ok(())
    })
}

#[test]
fn what_is_no_page_of_a_paper_is_refused_in_words_and_changes_nothing() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press(button("Take in a source page")).await?;
        desk.press(textbox("Page")).await?;
        desk.types("x").await?;
        desk.press(button("Take in").within(dialog("Take in a source page"))).await?;

        desk.reads(any("alert"), "Nothing was taken in.").await?;
        desk.sees(dialog("Take in a source page")).await?;
        assert_eq!(desk.count("SELECT count(*) FROM articles")?, 0);
        Ok(())
    })
}

#[test]
fn a_saved_page_is_chosen_in_the_file_dialog() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press(button("Take in a source page")).await?;
        desk.press(button("Choose a file…").within(dialog("Take in a source page"))).await?;
        desk.chooses_file(&paths::fixture("pages/seed-ms.txt"))?;

        desk.reads(textbox("Headline"), job::HEADLINE).await?;
        desk.misses(any("dialog")).await?;
        Ok(())
    })
}
