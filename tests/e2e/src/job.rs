//! The main job, step by step, in the window: what a journalist does from a source page to the page readers see.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

use crate::{
    desk::Desk,
    paths,
    spot::{Spot, any, button, dialog, group, region, tab, textbox},
};

/// The seed's headline, as it must arrive.
pub const HEADLINE: &str =
    "Sweden dan Vietnam bekerjasama untuk mempromosikan inovasi dalam penjagaan kesihatan.";

/// What the journalist adds; nothing of the seed's words is removed.
pub const ADDED: &str = "Persidangan ini dijangka diadakan semula pada tahun hadapan.";

/// A picture for those who cannot see it, one of each placement. None repeats its caption.
pub const ALTS: [&str; 3] = [
    "Secawan kopi hitam di atas meja kayu, dilihat dari atas",
    "Seekor kucing belang merenung ke arah kamera",
    "Roket di tapak pelancaran pada waktu senja",
];

/// The places of the pictures, as the window names them.
pub const PLACES: [&str; 3] = ["Lead picture", "Picture 1", "Picture 2"];

/// The card of a picture in the side pane.
#[must_use]
pub fn card(place: &str) -> Spot {
    group(place).within(any("tabpanel"))
}

impl Desk {
    /// Puts a page on the clipboard and pastes it into the dialog.
    ///
    /// # Errors
    /// When the page is not taken in.
    pub async fn takes_in(&self, page: &str) -> Result<()> {
        let dialog = dialog("Take in a source page");
        self.copies_text(page)?;
        self.press(button("Take in a page")).await?;
        self.press(textbox("Page").within(dialog.clone())).await?;
        self.chord(Key::Control, 'v').await?;
        self.press(button("Take in").within(dialog)).await
    }

    /// Takes the seed page in and looks at what became of it.
    ///
    /// # Errors
    /// When a part of it is not in its field.
    pub async fn takes_in_the_seed(&self) -> Result<()> {
        self.takes_in(&fs::read_to_string(paths::fixture("pages/seed-ms.txt"))?).await?;
        self.reads(textbox("Headline"), HEADLINE).await?;
        self.reads(textbox("Standfirst"), "Pada 11 Disember, di Hanoi, Persidangan Inovasi").await?;
        self.reads(textbox("Body"), "Program ini dihadiri oleh pemimpin kanan").await.map(drop)
    }

    /// Looks at every line that is in no field, and at where the article comes from.
    ///
    /// # Errors
    /// When something vanished.
    pub async fn looks_at_the_leftovers(&self) -> Result<()> {
        self.press(tab("Sources")).await?;
        self.press(button("Left over").in_part()).await?;
        let leftovers = region("Left over from the source page");
        for line in ["vntd1.jpg", "bvnhi.jpg", "Komen (0)", "Sistem Politik"] {
            self.reads(leftovers.clone(), line).await?;
        }
        self.reads(any("tabpanel"), "nhandan.vn/thuy-dien-va-viet-nam").await?;
        self.reads(any("tabpanel"), "11/12/2025").await.map(drop)
    }

    /// Gives a picture through the system's file dialog.
    ///
    /// # Errors
    /// When it is not taken.
    pub async fn chooses_picture(&self, place: &str, file: &Path) -> Result<()> {
        self.press(tab("Pictures")).await?;
        self.press(button("Choose a file…").within(card(place))).await?;
        self.chooses_file(file)
    }

    /// Copies a picture's file and pastes it onto its place.
    ///
    /// # Errors
    /// When it is not taken.
    pub async fn pastes_picture(&self, place: &str, file: &Path) -> Result<()> {
        self.press(tab("Pictures")).await?;
        self.copies_file(file)?;
        self.press(button("Paste").within(card(place))).await
    }

    /// Drags a picture's file from another window and drops it on its place.
    ///
    /// # Errors
    /// When it is not taken.
    pub async fn drops_picture(&self, place: &str, file: &Path) -> Result<()> {
        self.press(tab("Pictures")).await?;
        self.looks_at(card(place)).await?;
        self.drags(&[file], card(place)).await
    }

    /// Waits until the place shows its picture.
    ///
    /// # Errors
    /// When it stays empty.
    pub async fn sees_picture(&self, place: &str) -> Result<()> {
        self.sees(button("Replace…").within(card(place))).await.map(drop)
    }

    /// Adds a sentence at the end of the text.
    ///
    /// # Errors
    /// When the page beside does not follow, or the badge does not say that it is saved.
    pub async fn adds_a_sentence(&self) -> Result<()> {
        self.press(tab("Page")).await?;
        self.press(textbox("Body")).await?;
        self.goes_to(Key::End).await?;
        self.key(Key::Enter).await?;
        self.key(Key::Enter).await?;
        self.types(ADDED).await?;
        self.page_shows(ADDED).await?;
        self.is_saved().await
    }

    /// Waits until the badge says that all is on this disk.
    ///
    /// # Errors
    /// When it never does.
    pub async fn is_saved(&self) -> Result<()> {
        let script = "const words = document.body.innerText; return words.includes('Saved here') && !words.includes('Saving…')";
        self.until("the badge to say “Saved here”", script).await.map(drop)
    }

    /// Waits until the portal's page in the side pane holds the words.
    ///
    /// # Errors
    /// When it never does.
    pub async fn page_shows(&self, words: &str) -> Result<()> {
        let script = format!(
            "return [...document.querySelectorAll('iframe')].some((frame) =>
                frame.contentDocument?.body?.innerText.includes({}))",
            serde_json::to_string(words)?
        );
        self.until(&format!("the page to show “{words}”"), &script).await.map(drop)
    }

    /// Says what each picture shows, for those who cannot see it.
    ///
    /// # Errors
    /// When a field does not take the words.
    pub async fn completes_alt_texts(&self) -> Result<()> {
        self.press(tab("Pictures")).await?;
        for (place, alt) in PLACES.into_iter().zip(ALTS) {
            self.fills(textbox("Alt text").within(card(place)), alt).await?;
        }
        self.is_saved().await
    }

    /// Waits until the checks find nothing that stops it.
    ///
    /// # Errors
    /// When they find something.
    pub async fn sees_checks_clear(&self) -> Result<()> {
        self.press(tab("Checks")).await?;
        self.reads(any("tabpanel"), "All is in order").await.map(drop)
    }

    /// Submits the article.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn submits(&self) -> Result<()> {
        self.press(button("Submit for review")).await?;
        self.sees(button("Approve")).await.map(drop)
    }

    /// Approves the article as it stands.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn approves(&self) -> Result<()> {
        self.press(button("Approve")).await?;
        self.sees(button("Publish…")).await.map(drop)
    }

    /// Confirms the publication.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn publishes(&self) -> Result<()> {
        self.press(button("Publish…")).await?;
        self.reads(dialog("Publish"), "Readers will find this article on").await?;
        self.press(button("Publish now").within(dialog("Publish"))).await
    }

    /// Waits until readers can see it, and returns where.
    ///
    /// # Errors
    /// When it does not go live.
    pub async fn sees_it_live(&self) -> Result<String> {
        self.press(tab("Live")).await?;
        let seen = self.reads(region("Where readers find it"), "http://").await?;
        let url =
            seen.text.split_whitespace().find(|word| word.starts_with("http://")).context("an address")?;
        Ok(url.to_owned())
    }

    /// Scrolls so that it is to be seen.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn looks_at(&self, spot: Spot) -> Result<()> {
        self.sees(spot.clone()).await?;
        self.reveals(&spot).await?;
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(())
    }
}

/// Returns the page readers get, as the portal serves it.
///
/// # Errors
/// When it does not serve it.
pub async fn public_page(url: &str) -> Result<String> {
    let answer = reqwest::get(url).await?;
    ensure!(answer.status().is_success(), "{url} answers {}", answer.status());
    Ok(answer.text().await?)
}
