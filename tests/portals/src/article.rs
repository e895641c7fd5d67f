//! What a desk sends, and how it works off what it does not know: as its outbox does, without the waiting.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use domain::{
    article::Fields,
    document::Document,
    ids::{ArticleId, DecisionId, Hash, PlacementId, StoryId},
    outbox::{self, Next},
    picture::PictureWords,
    placement::{Placement, Position},
};
use portal::{Delivered, Delivery, Fault, PictureFile, Portal, term::TermMapping};
use protocol::{Act, Edition, PictureRendition, Receipt};
use serde_json::Value;
use uuid::Uuid;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures");
/// A sensible desk has given up by then.
const MOST_ATTEMPTS: u32 = 12;
const A_MOMENT: Duration = Duration::from_millis(200);

/// Returns a decision that nobody made before.
#[must_use]
pub fn decision() -> DecisionId {
    DecisionId(Uuid::now_v7())
}

/// A rendition of the article, with its words.
#[derive(Clone)]
pub struct Rendition {
    pub hash: Hash,
    pub bytes: Vec<u8>,
    pub words: PictureWords,
}

/// An article with its pictures: new on every portal.
#[derive(Clone)]
pub struct Article {
    pub edition: Edition,
    pub renditions: Vec<Rendition>,
    /// Notices of corrections that stand on its page.
    pub earlier_notices: Vec<String>,
    /// What the portal calls what is live of it.
    remote_id: Option<String>,
}

impl Article {
    /// The seed page as the desk keeps it, with its three pictures.
    ///
    /// # Panics
    /// When the fixtures are not there.
    #[must_use]
    pub fn seed() -> Self {
        let page = std::fs::read_to_string(Path::new(FIXTURES).join("pages/seed-ms.json")).expect("the seed");
        let page: Value = serde_json::from_str(&page).expect("JSON");
        let fields: Fields = serde_json::from_value(page["fields"].clone()).expect("its fields");
        let pictures = page["pictures"].as_array().expect("three pictures");
        let photos = ["seed/lead", "seed/ambassador", "seed/hospital"].map(photo);
        let placements: Vec<Placement> = pictures.iter().zip(&photos).map(placement).collect();
        let mut in_text = placements.iter().filter(|placement| placement.position == Position::InText);
        let blocks = page["blocks"].as_array().expect("paragraphs").iter();
        let paragraphs = blocks.map(|block| match block.as_str() {
            Some("[picture]") => format!("![](photo:{})", in_text.next().expect("a place").id),
            words => words.unwrap_or_default().to_owned(),
        });
        let body = paragraphs.collect::<Vec<_>>().join("\n\n");
        let document = Document { fields, body, placements };
        let renditions = photos.into_iter().zip(&document.placements).map(rendition).collect();
        Self::of(document, renditions)
    }

    /// A few words without a picture.
    #[must_use]
    pub fn short(headline: &str) -> Self {
        let fields = Fields {
            language: "vi".into(),
            headline: headline.into(),
            standfirst: "Sapo có “ngoặc”, <thẻ> & dấu.".into(),
            source_paper: "Báo Nhân Dân".into(),
            source_url: "https://nhandan.example.vn/bai-post929488.html?a=1&b=2".into(),
            source_date: "2025-12-11".into(),
            ..Fields::default()
        };
        let body = "Đoạn một.\n\nĐoạn **hai** có [liên kết](https://example.vn/?x=1&y=2).\n".into();
        Self::of(Document { fields, body, placements: Vec::new() }, Vec::new())
    }

    /// A few words with three pictures of less than a kilobyte: a publication that is quickly done.
    #[must_use]
    pub fn small() -> Self {
        let photos = ["small/1", "small/2", "small/3"].map(photo);
        let placements: Vec<Placement> = photos.iter().enumerate().map(small_placement).collect();
        let places: Vec<String> =
            placements[1..].iter().map(|placement| format!("![](photo:{})", placement.id)).collect();
        let mut document = Self::short("Bài nhỏ").edition.document;
        document.body = format!("Đoạn một.\n\n{}\n", places.join("\n\n"));
        document.placements = placements;
        let renditions = photos.into_iter().zip(&document.placements).map(rendition).collect();
        Self::of(document, renditions)
    }

    fn of(document: Document, renditions: Vec<Rendition>) -> Self {
        let id = Uuid::now_v7();
        let sizes = document.placements.iter().zip(&renditions).map(|(placement, made)| PictureRendition {
            picture: placement.picture.expect("it has one"),
            rendition: made.hash,
            width: 600,
            height: 400,
        });
        let edition = Edition {
            act: Act::Publish,
            article: ArticleId(id),
            story: StoryId(id),
            content_hash: document.content_hash(),
            base: None,
            renditions: sizes.collect(),
            document,
            correction_notice: String::new(),
            canonical_url: String::new(),
            decided_at: "2025-12-12T00:00:00Z".into(),
        };
        Self { edition, renditions, earlier_notices: Vec::new(), remote_id: None }
    }

    #[must_use]
    pub fn id(&self) -> ArticleId {
        self.edition.article
    }

    /// Changes the article before it is approved.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Document)) -> Self {
        change(&mut self.edition.document);
        self.edition.content_hash = self.edition.document.content_hash();
        self
    }

    /// Returns another article with the same words and the same pictures.
    #[must_use]
    pub fn another(&self) -> Self {
        Self::of(self.edition.document.clone(), self.renditions.clone())
    }

    /// Returns the next edition, over what is live by this receipt.
    #[must_use]
    pub fn corrected(&self, headline: &str, live: &Receipt) -> Self {
        let mut edition = self.edition.clone();
        edition.act = Act::Correct;
        let remote_id = Some(live.remote_id.clone());
        let earlier_notices = self.earlier_notices.clone();
        let article = Self { edition, renditions: self.renditions.clone(), earlier_notices, remote_id };
        article.with(|document| document.fields.headline = headline.to_owned()).over(&live.version)
    }

    /// Replaces this version, where somebody has seen it.
    #[must_use]
    pub fn over(mut self, version: &str) -> Self {
        self.edition.base = Some(version.to_owned());
        self
    }

    #[must_use]
    pub fn delivery(&self, decision: DecisionId) -> Delivery<'_> {
        Delivery {
            decision,
            edition: &self.edition,
            earlier_notices: &self.earlier_notices,
            remote_id: self.remote_id.as_deref(),
            terms: &[],
        }
    }

    /// Gives the portal the pictures it lacks.
    ///
    /// # Errors
    /// What the portal says.
    pub async fn give_pictures(&self, portal: &dyn Portal) -> Result<(), Fault> {
        let hashes: Vec<Hash> = self.renditions.iter().map(|made| made.hash).collect();
        for hash in portal.lacks(&hashes).await? {
            let made =
                self.renditions.iter().find(|made| made.hash == hash).expect("one of those asked about");
            portal.take_picture(&made.file()).await?;
        }
        Ok(())
    }

    /// Pictures, then the decision.
    ///
    /// # Errors
    /// What the portal says.
    pub async fn publish(&self, portal: &dyn Portal, decision: DecisionId) -> Result<Delivered, Fault> {
        self.give_pictures(portal).await?;
        portal.deliver(&self.delivery(decision)).await
    }

    /// As [`Self::publish`], with terms that were matched before.
    ///
    /// # Errors
    /// What the portal says.
    pub async fn publish_with(&self, portal: &dyn Portal, terms: &[TermMapping]) -> Result<Delivered, Fault> {
        self.give_pictures(portal).await?;
        portal.deliver(&Delivery { terms, ..self.delivery(decision()) }).await
    }

    /// Works the decision off until there is a receipt, by the rules of the outbox.
    ///
    /// # Errors
    /// When the outbox would stop and show it to a person, or go on for ever.
    pub async fn work_off(&self, portal: &dyn Portal, decision: DecisionId) -> Result<Delivered> {
        self.work_off_every(portal, decision, A_MOMENT).await
    }

    /// As [`Self::work_off`], with this pause between two attempts.
    ///
    /// # Errors
    /// As [`Self::work_off`].
    pub async fn work_off_every(
        &self,
        portal: &dyn Portal,
        decision: DecisionId,
        pause: Duration,
    ) -> Result<Delivered> {
        let (mut ask, mut sent) = (false, None::<Instant>);
        for attempt in 1..=MOST_ATTEMPTS {
            let fault = match self.attempt(portal, decision, ask, &mut sent).await {
                Ok(delivered) => return Ok(delivered),
                Err(fault) => fault,
            };
            match outbox::next(attempt, fault.outcome()) {
                Next::AskIn(_) => ask = true,
                Next::RetryIn(_) => {}
                Next::Confirm | Next::StopAndShow | Next::WaitForPassword => bail!("it stops: {fault:?}"),
            }
            tokio::time::sleep(pause).await;
        }
        bail!("{MOST_ATTEMPTS} attempts settled nothing")
    }

    async fn attempt(
        &self,
        portal: &dyn Portal,
        decision: DecisionId,
        ask: bool,
        sent: &mut Option<Instant>,
    ) -> Result<Delivered, Fault> {
        if ask {
            let ago = sent.map_or(Duration::MAX, |sent| sent.elapsed());
            if let Some(delivered) = portal.receipt_of(&self.delivery(decision), ago).await? {
                return Ok(delivered);
            }
        }
        self.give_pictures(portal).await.map_err(before_sending)?;
        *sent = Some(Instant::now());
        portal.deliver(&self.delivery(decision)).await
    }
}

impl Rendition {
    #[must_use]
    pub fn file(&self) -> PictureFile<'_> {
        PictureFile { hash: self.hash, bytes: &self.bytes, words: &self.words }
    }
}

/// Before the decision itself was sent nothing can have happened.
#[must_use]
pub fn before_sending(fault: Fault) -> Fault {
    match fault {
        Fault::Unknown(words) | Fault::NotAPortal(words) | Fault::ServerFailed { words, .. } => {
            Fault::Unreachable(words)
        }
        Fault::Unreachable(_)
        | Fault::Certificate(_)
        | Fault::Busy { .. }
        | Fault::Refused { .. }
        | Fault::ChangedThere { .. }
        | Fault::NeedsPassword(_)
        | Fault::Address(_) => fault,
    }
}

fn placement((words, photo): (&Value, &Vec<u8>)) -> Placement {
    let word = |at: usize| words[at].as_str().unwrap_or_default().to_owned();
    Placement {
        id: PlacementId(Uuid::now_v7()),
        position: serde_json::from_value(words[0].clone()).expect("lead or in_text"),
        caption: word(1),
        credit_line: word(2),
        alt: format!("Gambar: {}", word(1)),
        picture: Some(Hash::of(&[photo, b" as it came".as_slice()].concat())),
    }
}

fn small_placement((at, photo): (usize, &Vec<u8>)) -> Placement {
    Placement {
        id: PlacementId(Uuid::now_v7()),
        position: if at == 0 { Position::Lead } else { Position::InText },
        caption: format!("Ảnh {at}."),
        credit_line: "Ngọc Lam".into(),
        alt: format!("Vệt màu {at}"),
        picture: Some(Hash::of(&[photo, b" as it came".as_slice()].concat())),
    }
}

fn rendition((bytes, placement): (Vec<u8>, &Placement)) -> Rendition {
    let words = PictureWords {
        caption: placement.caption.clone(),
        credit_line: placement.credit_line.clone(),
        alt: placement.alt.clone(),
        ..PictureWords::default()
    };
    Rendition { hash: Hash::of(&bytes), bytes, words }
}

/// A photograph that no portal has yet: a comment in it makes its bytes new.
fn photo(name: &str) -> Vec<u8> {
    let file = Path::new(FIXTURES).join(format!("photos/{name}.jpg"));
    let mut bytes = std::fs::read(file).expect("a photograph");
    let comment = Uuid::now_v7().to_string();
    let length = u16::try_from(comment.len() + 2).expect("it is short").to_be_bytes();
    bytes.splice(2..2, [&[0xff, 0xfe], &length[..], comment.as_bytes()].concat());
    bytes
}
