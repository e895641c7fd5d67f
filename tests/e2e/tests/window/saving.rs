//! Nothing that was typed is lost, and one finds oneself where one was.

use std::time::Duration;

use e2e::{
    Opens, Result, Told,
    spot::{any, button, dialog, list, textbox},
    story,
};
use thirtyfour::Key;

/// What was typed is on disk after so long: the journal's 300 ms, and the disk's own time.
const JOURNAL: Duration = Duration::from_millis(700);

#[test]
fn an_untitled_draft_is_there_after_a_kill_though_nobody_saved_it() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Nước lũ đã rút khỏi bảy xã").await?;
        tokio::time::sleep(JOURNAL).await;

        desk.kill()?;
        desk.open_window().await?;

        desk.reads(textbox("Body"), "Nước lũ đã rút khỏi bảy xã").await?;
        assert_eq!(desk.count("SELECT count(*) FROM articles WHERE headline = ''")?, 1);
        desk.reads(button("Untitled").in_part(), "Untitled").await?;
        Ok(())
    })
}

#[test]
fn the_next_start_opens_the_same_article_with_the_caret_where_it_was() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::Home).await?;
        for _ in 0..3 {
            desk.key(Key::Right).await?;
        }
        tokio::time::sleep(JOURNAL).await;

        desk.kill()?;
        desk.open_window().await?;

        desk.sees_that(textbox("Body"), "with the caret", |seen| seen.focused).await?;
        desk.types("X").await?;
        desk.reads(textbox("Body"), "Từ Xbốn giờ sáng").await?;
        Ok(())
    })
}

#[test]
fn a_window_that_is_closed_while_one_types_keeps_the_last_word() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Headline")).await?;
        desk.types("Chuyến tàu cuối").await?;

        desk.close()?;

        assert_eq!(desk.count("SELECT count(*) FROM articles WHERE headline = 'Chuyến tàu cuối'")?, 1);
        Ok(())
    })
}

#[test]
fn closing_in_the_middle_of_a_sentence_asks_nothing_empties_nothing_and_loses_no_word() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        let before: String = body_of(desk, "Phiên chợ sớm%")?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::Home).await?;
        desk.types("Chưa kịp viết ").await?;

        desk.close()?;

        assert_eq!(body_of(desk, "Phiên chợ sớm%")?, format!("Chưa kịp viết {before}"));
        desk.open_window().await?;
        desk.reads(textbox("Body"), "Chưa kịp viết Từ bốn giờ sáng").await?;
        assert_eq!(desk.count("SELECT count(*) FROM articles WHERE body = ''")?, 0);
        Ok(())
    })
}

/// The portal of the desk is there, goes away, and stays away: nobody who writes is told, asked or held up.
#[test]
fn without_a_network_writing_saving_and_the_page_go_on_as_ever() -> Told {
    story(Opens::empty(), async |desk| {
        let portal = desk.serves_a_portal()?;
        desk.gives_a_portals_address(&portal.url).await?;
        desk.fills(textbox("Token"), &portal.token).await?;
        desk.key(Key::Enter).await?;
        desk.reads(dialog("Connected to 127.0.0.1"), "This account may publish and correct").await?;
        desk.key(Key::Enter).await?;
        desk.sees(list("Portals of this desk")).await?;
        desk.key(Key::Escape).await?;
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Trên tàu, còn mạng. ").await?;
        desk.is_saved().await?;

        let window = desk.app_process();
        let others =
            desk.screen.family.running(&e2e::paths::app()).into_iter().filter(|pid| Some(*pid) != window);
        others.for_each(e2e::process::kill);
        desk.types("Vào hầm, mất mạng.").await?;

        desk.page_shows("Trên tàu, còn mạng. Vào hầm, mất mạng.").await?;
        desk.is_saved().await?;
        desk.counts("SELECT count(*) FROM articles WHERE body = 'Trên tàu, còn mạng. Vào hầm, mất mạng.'", 1)
            .await?;
        desk.misses(any("alert")).await?;
        Ok(())
    })
}

fn body_of(desk: &e2e::Desk, headline: &str) -> Result<String> {
    let sql = "SELECT body FROM articles WHERE headline LIKE ?1";
    Ok(desk.database()?.query_row(sql, [headline], |row| row.get(0))?)
}

#[test]
fn a_second_start_on_the_same_folder_is_refused_with_one_sentence() -> Told {
    story(Opens::empty(), async |desk| {
        desk.sees(any("heading")).await?;

        let second = desk.starts_again(&[])?;

        assert_eq!(second.status.code(), Some(1));
        let said = String::from_utf8_lossy(&second.stderr).into_owned();
        let ours: Vec<&str> = said.lines().filter(|line| line.starts_with("toasoan: ")).collect();
        assert_eq!(ours.len(), 1, "{said}");
        assert!(ours[0].contains("open in another window"), "{said}");
        desk.sees(any("heading")).await?;
        Ok(())
    })
}

#[test]
fn two_articles_keep_their_own_words_however_quickly_one_goes_between_them() -> Told {
    story(Opens::sample(), async |desk| {
        for (headline, word) in
            [("Phiên chợ sớm", "một "), ("Thư viện lưu động", "hai "), ("Phiên chợ sớm", "ba ")]
        {
            find(desk, headline).await?;
            desk.press(textbox("Body")).await?;
            desk.goes_to(Key::Home).await?;
            desk.types(word).await?;
        }
        tokio::time::sleep(JOURNAL).await;

        let begins = |like: &str| format!("SELECT count(*) FROM articles WHERE body LIKE '{like}%'");
        desk.counts(&begins("ba một Từ bốn giờ"), 1).await?;
        desk.counts(&begins("hai Chuyến xe"), 1).await?;
        Ok(())
    })
}

async fn find(desk: &e2e::Desk, headline: &str) -> Result<()> {
    desk.fills(e2e::spot::searchbox("Find everything"), headline).await?;
    desk.opens(headline).await
}
