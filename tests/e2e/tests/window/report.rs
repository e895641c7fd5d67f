//! A problem is reported without a word of an article: all of it is shown, and what was shown is what is saved.

use std::fs;

use e2e::{
    Opens, Told,
    spot::{any, button, dialog, textbox},
    story,
};

#[test]
fn a_report_is_shown_and_saved_as_it_was_shown() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        desk.takes_in("Komen (0)\n").await?; // something goes wrong: there is no article in it
        desk.sees(any("alert")).await?;
        desk.press(button("Cancel").within(dialog("Take in a source page"))).await?;

        desk.chooses_in_preferences("Preferences", "Report a problem…").await?;
        let shown = desk.reads(textbox("The report"), "[versions]").await?.value;
        desk.press(button("Save…").within(dialog("Report a problem"))).await?;
        let file = desk.screen.home.path().join("report.txt");
        desk.chooses_file(&file)?;
        desk.sees_words("Saved as report.txt.").await?;

        assert_eq!(fs::read_to_string(&file)?, shown);
        for told in [
            "check: whole",
            "articles: approved 1, draft 1, submitted 1",
            "a command failed code=PageNoArticle",
        ] {
            assert!(shown.contains(told), "“{told}” is missing in {shown}");
        }
        let home = desk.screen.home.path().to_string_lossy().into_owned();
        for never in ["Phiên chợ", "Lan", "example.vn", "127.0.0.1", "coffee", &home] {
            assert!(!shown.contains(never), "the report says “{never}”: {shown}");
        }
        Ok(())
    })
}
