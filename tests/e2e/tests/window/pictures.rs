//! Pictures come in by three ways; what is none is refused in words, by each of them.

use std::{fs, path::PathBuf};

use e2e::{
    Desk, Opens, Result, Told, job, paths,
    spot::{button, tab, textbox},
    story,
};
use thirtyfour::Key;

/// A photograph that breaks off, as from a card that was pulled out.
fn cut_off(desk: &Desk) -> Result<PathBuf> {
    let whole = fs::read(&paths::seed_photos()[0])?;
    let file = desk.screen.home.path().join("cut-off.jpg");
    fs::write(&file, &whole[..whole.len() / 3])?;
    Ok(file)
}

/// A text that calls itself a photograph.
fn lie(desk: &Desk) -> Result<PathBuf> {
    let file = desk.screen.home.path().join("lie.jpg");
    fs::write(&file, "This is not a picture.")?;
    Ok(file)
}

fn nothing_changed(desk: &Desk) -> Result<()> {
    assert_eq!(desk.count("SELECT count(*) FROM pictures")?, 0);
    assert_eq!(desk.count("SELECT count(*) FROM placements WHERE picture IS NOT NULL")?, 0);
    Ok(())
}

#[test]
fn a_chosen_picture_that_is_cut_off_is_refused_in_words_and_changes_nothing() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.chooses_picture(job::PLACES[0], &cut_off(desk)?).await?;

        desk.sees_words("The picture's file is cut off. Nothing was changed.").await?;
        nothing_changed(desk)
    })
}

#[test]
fn a_pasted_file_that_is_no_picture_is_refused_in_words_and_changes_nothing() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.pastes_picture(job::PLACES[0], &lie(desk)?).await?;

        desk.sees_words("This is not a picture. Nothing was changed.").await?;
        nothing_changed(desk)
    })
}

#[test]
fn a_dropped_file_that_is_no_picture_is_refused_in_words_and_changes_nothing() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.drops_picture(job::PLACES[0], &lie(desk)?).await?;

        desk.sees_words("This is not a picture. Nothing was changed.").await?;
        nothing_changed(desk)
    })
}

#[test]
fn an_empty_clipboard_is_said_and_changes_nothing() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.press(tab("Pictures")).await?;
        desk.press(button("Paste").within(job::card(job::PLACES[0]))).await?;

        desk.sees_words("There is no picture in the clipboard.").await?;
        nothing_changed(desk)
    })
}

#[test]
fn a_picture_copied_in_a_browser_is_pasted_into_the_text_with_what_it_says_of_itself() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.copies_picture(&paths::seed_photos()[1], "image/jpeg")?;
        desk.press(textbox("Body")).await?;
        desk.chord(Key::Control, 'v').await?;

        desk.counts("SELECT count(*) FROM pictures WHERE creator <> ''", 1).await?;
        desk.counts("SELECT count(*) FROM placements WHERE picture IS NOT NULL", 1).await?;
        desk.counts("SELECT count(*) FROM placements", 4).await?;
        Ok(())
    })
}
