//! An article in one file: exported from the window, opened with it, dropped on it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use e2e::{
    Opens, Told, job, paths,
    spot::{any, button, dialog, menuitem, textbox},
    story,
};
use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::Key;

/// Another desk, known by what its command line does.
struct OtherDesk(TempDir);

impl OtherDesk {
    fn new() -> Result<Self> {
        Ok(Self(tempfile::tempdir()?))
    }

    fn word(&self, words: &[&str]) -> Result<Value> {
        let mut command = Command::new(paths::app());
        let output = command.arg("--desk").arg(self.0.path().join("desk")).args(words).output()?;
        ensure!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The seed article with its lead picture, exported under a name that says nothing.
    fn exports_seed(&self) -> Result<PathBuf> {
        let told = self.word(&["import", &text(&paths::fixture("pages/seed-ms.txt"))])?;
        let id = told["id"].as_str().context("an id")?;
        self.word(&["attach", id, &text(&paths::fixture("photos/seed/lead.jpg")), "--alt", "Delegates"])?;
        let file = self.0.path().join("from another desk.bin");
        self.word(&["export", id, &text(&file)])?;
        Ok(file)
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

const DRAFTS: &str = "SELECT count(*) FROM articles WHERE stage = 'draft'";
const PICTURES: &str = "SELECT count(*) FROM placements WHERE picture IS NOT NULL";

#[test]
fn a_file_opens_the_window_with_its_article_and_a_second_start_hands_its_own_to_it() -> Told {
    let other = OtherDesk::new()?;
    let bundle = text(&other.exports_seed()?);
    let opens = Opens { arguments: vec![bundle.clone()], ..Opens::empty() };
    story(opens, async |desk| {
        desk.reads(textbox("Headline"), job::HEADLINE).await?;
        desk.counts(PICTURES, 1).await?;

        let second = desk.starts_again(&[&text(&paths::fixture("pages/brot-de.html"))])?;
        assert!(second.status.success(), "{}", String::from_utf8_lossy(&second.stderr));
        desk.counts(DRAFTS, 2).await?;
        let german = serde_json::from_slice::<Value>(&fs::read(paths::fixture("pages/brot-de.json"))?)?;
        desk.reads(textbox("Headline"), german["fields"]["headline"].as_str().context("a headline")?).await?;

        let again = desk.starts_again(&[&bundle])?;
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        let there = dialog("This article is on the desk already");
        desk.press(button("Open that one").within(there)).await?;
        desk.reads(textbox("Headline"), job::HEADLINE).await?;
        assert_eq!(desk.count(DRAFTS)?, 2);
        Ok(())
    })
}

#[test]
fn an_article_dropped_on_the_window_is_taken_in_whatever_its_file_is_called() -> Told {
    let other = OtherDesk::new()?;
    let bundle = other.exports_seed()?;
    story(Opens::empty(), async |desk| {
        desk.drags(&[&bundle], button("Take in a source page")).await?;

        desk.reads(textbox("Headline"), job::HEADLINE).await?;
        desk.counts(PICTURES, 1).await?;
        Ok(())
    })
}

#[test]
fn what_is_on_the_screen_is_exported_and_no_dialog_is_in_the_way_of_it() -> Told {
    let other = OtherDesk::new()?;
    story(Opens::seed(), async |desk| {
        desk.reads(textbox("Headline"), job::HEADLINE).await?;
        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::Home).await?;
        desk.types("Typed just now. ").await?;
        let file = desk.screen.home.path().join("exported.toasoan");
        desk.press(button("More actions")).await?;
        desk.press(menuitem("Export…")).await?;
        desk.chooses_file(&file)?;
        desk.sees_words("Exported as exported.toasoan.").await?;

        other.word(&["import", &text(&file)])?;
        let listed = other.word(&["list"])?;
        let id = listed[0]["id"].as_str().context("an id")?;
        let body = other.word(&["show", id])?["body"].as_str().context("a body")?.to_owned();
        assert!(body.starts_with("Typed just now. "), "{body:.60}");
        Ok(())
    })
}

#[test]
fn a_damaged_file_is_refused_in_the_window_and_nothing_is_taken_in() -> Told {
    let other = OtherDesk::new()?;
    let bundle = other.exports_seed()?;
    let whole = fs::read(&bundle)?;
    fs::write(&bundle, &whole[..whole.len() - 500])?;
    let opens = Opens { arguments: vec![text(&bundle)], ..Opens::empty() };
    story(opens, async |desk| {
        desk.reads(any("alert"), "The exported article is damaged.").await?;

        assert_eq!(desk.count(DRAFTS)?, 0);
        Ok(())
    })
}
