//! The pictures of a job: made in the sizes the portal wants, and given to it where it lacks them.

use std::sync::{Arc, Mutex};

use domain::{document::Document, ids::Hash, picture::PictureWords, placement::Placement};
use media::rendition::{Recipe, Rendition};
use portal::{Fault, PictureFile, Portal};
use protocol::{Caps, PictureRendition};
use store::{
    outbox::{self, JobRow, Uploaded},
    pictures,
};

use crate::{Desk, Result, lock};

/// A rendition, the picture it is of, and the words written into it.
pub struct Sent {
    picture: Hash,
    rendition: Rendition,
    words: PictureWords,
}

/// Sizes are made one after the other: a person is typing on the same machine.
static MAKING: Mutex<()> = Mutex::new(());

impl Desk {
    /// Returns them, or why one cannot be made, in words.
    pub(super) async fn make_renditions(
        self: &Arc<Self>,
        document: &Document,
        caps: Caps,
    ) -> Result<Vec<Sent>, String> {
        let (desk, document) = (Arc::clone(self), document.clone());
        let made = tokio::task::spawn_blocking(move || {
            let _one = lock(&MAKING);
            desk.renditions_of(&document, caps).map_err(|error| error.to_string())
        });
        made.await.map_err(|error| error.to_string())?
    }

    /// Makes the sizes of every picture of the document, with the article's words written in.
    fn renditions_of(&self, document: &Document, caps: Caps) -> Result<Vec<Sent>> {
        let recipes: &[Recipe] =
            if caps.makes_sizes { &[Recipe::Web] } else { &[Recipe::WebSmall, Recipe::Web] };
        let mut made = Vec::new();
        for placement in &document.placements {
            let Some(picture) = placement.picture else { continue };
            let words = self.words_of(picture, placement)?;
            for recipe in recipes {
                let rendition = self.renditions.get(&self.vault, picture, *recipe, &words)?;
                made.push(Sent { picture, rendition, words: words.clone() });
            }
        }
        Ok(made)
    }

    pub(crate) fn words_of(&self, picture: Hash, placement: &Placement) -> Result<PictureWords> {
        let found = self
            .store
            .read(|conn| pictures::get(conn, picture))?
            .map(|picture| picture.words)
            .unwrap_or_default();
        Ok(PictureWords {
            caption: placement.caption.clone(),
            credit_line: placement.credit_line.clone(),
            alt: placement.alt.clone(),
            ..found
        })
    }

    /// Gives the portal the pictures it lacks, and tells how far they are.
    pub(super) async fn give_pictures(
        &self,
        portal: &dyn Portal,
        job: &JobRow,
        made: &[Sent],
    ) -> Result<(), Fault> {
        let mut hashes: Vec<Hash> = Vec::new();
        for sent in made {
            if !hashes.contains(&sent.rendition.hash) {
                hashes.push(sent.rendition.hash); // the same picture twice, with the same words
            }
        }
        if hashes.is_empty() {
            return Ok(());
        }
        let lacking = portal.lacks(&hashes).await?;
        let wanted = lacking.iter().filter_map(|hash| made.iter().find(|sent| sent.rendition.hash == *hash));
        let wanted: Vec<&Sent> = wanted.collect();
        let total = wanted.iter().map(|sent| length(sent)).sum();
        let mut done = 0;
        for sent in wanted {
            let Sent { rendition, words, .. } = sent;
            let told =
                |bytes: usize| self.tell_uploaded(job, Uploaded { sent: done + counted(bytes), total });
            portal
                .upload(&PictureFile { hash: rendition.hash, bytes: &rendition.bytes, words }, &told)
                .await?;
            done += length(sent);
        }
        Ok(())
    }

    /// How far the pictures are is only shown: where it cannot be written the job goes on.
    fn tell_uploaded(&self, job: &JobRow, uploaded: Uploaded) {
        if let Err(error) = self.store.write(|tx| outbox::uploaded(tx, job.id, uploaded)) {
            tracing::warn!(kind = crate::kind(&error), %error, "how far an upload is cannot be written");
        }
        self.tell_job(job);
    }
}

fn length(sent: &Sent) -> i64 {
    counted(sent.rendition.bytes.len())
}

fn counted(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

pub fn sized(sent: &Sent) -> PictureRendition {
    let Rendition { hash, width, height, .. } = sent.rendition;
    PictureRendition { picture: sent.picture, rendition: hash, width, height }
}
