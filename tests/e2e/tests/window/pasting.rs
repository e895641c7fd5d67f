//! What another program copied becomes the article's text: by the real clipboard, the real keys, the real web view.

use std::fs;

use e2e::{Desk, Opens, Result, Told, paths, spot::textbox, story};

/// Word's own clipboard: its lists are paragraphs, and a web view's sanitiser would lose what makes them lists.
fn copied_from_word(desk: &Desk) -> Result<()> {
    desk.copies_page(&fs::read_to_string(paths::fixture("clipboard/word/lists.html"))?)
}

const BODY: &str = "SELECT body FROM articles";

async fn body_becomes(desk: &Desk, wanted: &str) -> Result<()> {
    desk.counts(&format!("SELECT count(*) FROM articles WHERE body = '{}'", wanted.replace('\'', "''")), 1)
        .await
}

#[test]
fn a_list_copied_in_word_is_a_list_and_one_undo_takes_all_of_it_back() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Mở đầu. ").await?;
        copied_from_word(desk)?;

        desk.strikes("ctrl+v")?;

        let pasted = "Mở đầu. Ba việc cần làm:\n\n1. **Rà soát** hồ chứa\n   1. Hồ Kẻ Gỗ\n   2. Hồ Sông Rác\n2. Sơ tán *trước* \
                      18 giờ\n\nĐồ cần mang theo:\n\n- nước sạch\n  - ít nhất ba lít\n- đèn pin\n\n1. Đếm lại từ đầu";
        body_becomes(desk, pasted).await?;
        desk.strikes("ctrl+z")?;
        body_becomes(desk, "Mở đầu. ").await?;
        assert_eq!(desk.count(&format!("SELECT count(*) FROM ({BODY})"))?, 1);
        Ok(())
    })
}

#[test]
fn a_paste_as_plain_text_has_no_formatting() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.copies_text("một *hai*\nba")?;

        desk.strikes("ctrl+shift+v")?;

        body_becomes(desk, "một *hai*\nba").await
    })
}

#[test]
fn a_pasted_picture_is_wanted_and_goes_with_an_undo() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.copies_page(&fs::read_to_string(paths::fixture("clipboard/chrome/article.html"))?)?;

        desk.strikes("ctrl+v")?;

        let places = "SELECT count(*) FROM placements WHERE caption = 'Khách mua vàng tại Hà Nội.' AND credit_line = 'Giang Huy'";
        desk.counts(places, 1).await?;
        desk.sees_words("Khách mua vàng tại Hà Nội.").await?;
        desk.strikes("ctrl+z")?;
        desk.counts(places, 0).await?;
        body_becomes(desk, "").await
    })
}

#[test]
fn a_page_pasted_into_the_headline_is_its_words_on_one_line() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Headline")).await?;
        desk.copies_text("Lũ rút\nchậm")?;

        desk.strikes("ctrl+v")?;

        desk.counts("SELECT count(*) FROM articles WHERE headline = 'Lũ rút chậm'", 1).await
    })
}
