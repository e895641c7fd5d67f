//! Everything by keyboard, in the size and contrast that a person needs, and words that are spelt right.

use std::fs;

use e2e::{
    Desk, Opens, Result, Told,
    spot::{any, button, combobox, dialog, menuitem, option, textbox},
    story,
};
use serde_json::json;
use thirtyfour::Key;

/// Chooses from the palette what a few letters find first.
async fn chooses(desk: &Desk, letters: &str) -> Result<()> {
    opens_the_palette(desk).await?;
    desk.types(letters).await?;
    desk.key(Key::Enter).await?;
    desk.misses(any("dialog")).await
}

/// Ctrl+Shift+P; the palette is called by its name in the language of the window.
async fn opens_the_palette(desk: &Desk) -> Result<()> {
    let chain = desk.window().action_chain().key_down(Key::Control).key_down(Key::Shift).send_keys("p");
    chain.key_up(Key::Shift).key_up(Key::Control).perform().await?;
    desk.sees(any("dialog")).await.map(drop)
}

#[test]
fn the_palette_finds_without_tones_and_gives_the_focus_back() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        desk.press(textbox("Headline")).await?;

        chooses(desk, "dark").await?;
        desk.until("the dark window", "return document.documentElement.dataset.theme === 'dark'").await?;
        desk.sees_that(textbox("Headline"), "with the caret", |seen| seen.focused).await?;

        chooses(desk, "tieng viet").await?;
        opens_the_palette(desk).await?;
        desk.types("xuat ban").await?;
        desk.sees(option("Đăng…").in_part()).await?;
        desk.key(Key::Escape).await?;
        desk.misses(any("dialog")).await?;
        chooses(desk, "giao dien sang").await?;
        desk.until("the light window", "return document.documentElement.dataset.theme === 'light'").await?;
        chooses(desk, "di toi: noi dung").await?;
        desk.sees_that(textbox("Nội dung"), "with the caret", |seen| seen.focused).await?;
        Ok(())
    })
}

#[test]
fn the_palette_says_what_cannot_be_done_and_why() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        opens_the_palette(desk).await?;
        desk.types("withdraw").await?;
        desk.reads(option("Withdraw approval").in_part(), "This step does not follow").await?;

        desk.key(Key::Enter).await?;
        desk.sees(combobox("What do you want to do? A few letters find it")).await?;
        desk.key(Key::Escape).await?;
        desk.misses(dialog("All actions")).await?;
        assert_eq!(desk.count("SELECT count(*) FROM decisions WHERE act = 'withdraw'")?, 0);
        Ok(())
    })
}

#[test]
fn everything_grows_to_twice_its_size_stays_in_the_window_and_is_so_at_the_next_start() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        for _ in 0..12 {
            desk.chord(Key::Control, '=').await?;
        }
        let twice =
            "return Math.abs(innerWidth - 640) <= 8 && document.documentElement.scrollWidth <= innerWidth";
        desk.until("a window of half as many pixels", twice).await?;
        desk.sees(button("Submit for review")).await?;
        let unseen = "return [...document.querySelectorAll('footer button')].filter((one) => {
            const { left, right } = one.getBoundingClientRect(); return left < 0 || right > innerWidth + 1 }).length";
        assert_eq!(desk.run(unseen, vec![]).await?, json!(0));
        tokio::time::sleep(std::time::Duration::from_millis(900)).await; // preferences rest before they are kept

        desk.kill()?;
        desk.open_window().await?;
        desk.until("the same size", twice).await?;

        desk.chord(Key::Control, '0').await?;
        desk.until("the usual size", "return innerWidth > 1200").await?;
        Ok(())
    })
}

#[test]
fn the_menus_stand_above_the_window_for_who_wants_them() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        let before = desk.run("return innerHeight", vec![]).await?.as_i64().unwrap_or_default();

        chooses(desk, "menu bar").await?;
        desk.until("a bar above the page", &format!("return innerHeight < {before} - 10")).await?;
        chooses(desk, "menu bar").await?;
        desk.until("no bar", &format!("return innerHeight === {before}")).await?;
        Ok(())
    })
}

/// Small dictionaries of the person's own, which go before the system's.
fn has_dictionaries(desk: &Desk) -> Result<()> {
    let folder = desk.screen.home.path().join(".local/share/hunspell");
    fs::create_dir_all(&folder)?;
    let aff = "SET UTF-8\nTRY aeiouêânghptcmrs\n";
    for (name, words) in [("vi_VN", "4\nuống\ncà\nphê\nở\n"), ("en_US", "2\ncoffee\nharvest\n")] {
        fs::write(folder.join(name).with_extension("aff"), aff)?;
        fs::write(folder.join(name).with_extension("dic"), words)?;
    }
    Ok(())
}

const MARKED: &str = "[...document.querySelectorAll('.cm-misspelt')].map((one) => one.textContent).join()";

/// Begins an article in Vietnamese with `words`, of which `marked` are misspelt.
async fn writes_in_vietnamese(desk: &Desk, words: &str, marked: &str) -> Result<()> {
    desk.press("Start writing").await?;
    chooses(desk, "go to: language").await?;
    desk.selects(combobox("Language"), "Vietnamese").await?;
    desk.press(textbox("Body")).await?;
    desk.types(words).await?;
    desk.until("the misspelt words to be marked", &format!("return {MARKED} === '{marked}'")).await.map(drop)
}

#[test]
fn a_misspelt_word_is_marked_and_mended_by_key() -> Told {
    story(Opens::empty(), async |desk| {
        has_dictionaries(desk)?;
        writes_in_vietnamese(desk, "uống cà phêê, coffee ở Xuân `phêêê` ", "phêê,Xuân").await?;

        desk.goes_to(Key::Home).await?;
        desk.key(Key::F7).await?;
        desk.chord(Key::Control, '.').await?;
        desk.press(menuitem("phê")).await?;
        desk.reads(textbox("Body"), "uống cà phê, coffee").await?;

        desk.key(Key::F7).await?;
        desk.chord(Key::Control, '.').await?;
        desk.press(menuitem("“Xuân” is right: the newsroom's words")).await?;
        desk.until("nothing to be marked", &format!("return {MARKED} === ''")).await?;
        assert_eq!(
            desk.count("SELECT count(*) FROM spelling_words WHERE word = 'Xuân' AND person IS NULL")?,
            1
        );
        desk.key(Key::F7).await?;
        desk.sees_words("No misspelt word here.").await
    })
}

#[test]
fn the_key_that_opens_a_menu_opens_the_suggestions_at_a_misspelt_word_and_the_systems_elsewhere() -> Told {
    story(Opens::empty(), async |desk| {
        has_dictionaries(desk)?;
        writes_in_vietnamese(desk, "uống phêê ở cà phêê ", "phêê,phêê").await?;

        for (key, left) in [("Menu", "phêê"), ("shift+F10", "")] {
            desk.goes_to(Key::Home).await?;
            desk.key(Key::F7).await?;
            desk.strikes(key)?;
            desk.press(menuitem("phê")).await?;
            desk.until("the word to be mended", &format!("return {MARKED} === '{left}'")).await?;
        }

        desk.goes_to(Key::Home).await?;
        desk.strikes("Menu")?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert!(desk.see(any("menu")).await?.is_empty(), "no suggestions for a word that is right");
        desk.strikes("Escape")?;
        desk.reads(textbox("Body"), "uống phê ở cà phê").await.map(drop)
    })
}

#[test]
fn a_headline_is_mended_by_key_too_and_undo_takes_it_back() -> Told {
    story(Opens::empty(), async |desk| {
        has_dictionaries(desk)?;
        desk.press("Start writing").await?;
        desk.press(textbox("Headline")).await?;
        desk.types("coffee harvst").await?;

        desk.key(Key::F7).await?;
        desk.chord(Key::Control, '.').await?;
        desk.press(menuitem("harvest")).await?;
        desk.reads(textbox("Headline"), "coffee harvest").await?;

        desk.chord(Key::Control, 'z').await?;
        desk.reads(textbox("Headline"), "coffee harvst").await.map(drop)
    })
}

#[test]
fn without_a_dictionary_it_is_said_which_one_to_install() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        chooses(desk, "go to: language").await?;
        desk.selects(combobox("Language"), "Malay").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Peristiwa semasa ").await?;
        desk.key(Key::F7).await?;
        desk.sees_words("there is no dictionary for Malay on this machine. Install the package hunspell-ms")
            .await
    })
}

#[test]
fn the_badge_of_a_live_article_that_was_changed_stands_on_one_line_in_vietnamese() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Thư viện lưu động").await?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::End).await?;
        desk.types(" Thêm.").await?;
        chooses(desk, "tieng viet").await?;

        desk.sees_words("đã sửa").await?;
        let lines = "return document.querySelector('.badge[role=group]').getBoundingClientRect().height";
        let height = desk.run(lines, vec![]).await?.as_f64().unwrap_or_default();
        assert!(height > 0.0 && height < 24.0, "the badge is {height} px high: two lines");
        Ok(())
    })
}
