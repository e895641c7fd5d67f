//! The article bundle: one article in one file (`*.toasoan`), to be carried to another desk. The format is
//! `docs/bundle.md`. A bundle comes from anywhere: nothing in it is believed before it was looked at.

mod contents;
mod pack;
mod readable;
mod store_whole;
mod unpack;

use std::{
    fs::File,
    io::{self, Read, Seek},
    path::Path,
};

use domain::{
    ids::{ArticleId, Hash},
    page,
    picture::PictureKind,
    placement::Placement,
};
use media::rendition::Recipe;
use store::{articles, pictures, placements, source_pages};

pub use crate::files::Existing;
use crate::{
    Desk, Result,
    article::document_of,
    window::{Changed, TakenIn},
};
use contents::{Contents, Page, PageKind, PictureKept, PlacementKept};
use unpack::Unpacked;

/// What a bundle is, as other programs name it; its first entry, so that a file is known by its beginning.
pub const MIME_TYPE: &str = "application/vnd.toasoan.article+zip";

/// How a bundle's name ends, for people; the program goes by its bytes.
pub const ENDING: &str = "toasoan";

/// The format that is written, and the newest that is read.
const FORMAT: u32 = 2;
/// Most pictures in one bundle.
const MOST_PICTURES: usize = 250;
/// Most bytes of all that is in one bundle, unpacked.
const MOST_BYTES: u64 = 1 << 30;
/// Most bytes of the article itself, which holds no picture.
const LARGEST_ARTICLE: u64 = 32 << 20;

/// Why a bundle is not taken in, or not made. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("this is an archive, but no article bundle; give a file that Tòa Soạn exported")]
    NotABundle,
    #[error(
        "the bundle was made by a newer Tòa Soạn (format {found}, this one reads {FORMAT}); bring this one up to date and take it in again"
    )]
    Newer { found: u64 },
    #[error("the bundle is damaged ({0}); ask the sender to export the article again")]
    Damaged(String),
    #[error("the bundle holds what does not belong into one ({0}); do not trust it, and ask who sent it")]
    Foreign(String),
    #[error("the article is too large for a bundle ({0}); take pictures out of it, and try again")]
    TooLarge(&'static str),
    #[error("picture {picture} of the bundle cannot be taken in: {why}")]
    Picture { picture: Hash, why: media::picture::Refused },
    #[error(
        "the file of picture {0} in the desk's folder is not what it was; replace the picture and try again"
    )]
    PictureAltered(Hash),
}

/// What became of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Bytes of the file.
    pub size: u64,
    pub pictures: usize,
}

impl Desk {
    /// Writes an article, with its pictures and the page it came from, into a file: all of it, or no file.
    ///
    /// # Errors
    /// When there is no such article, when a picture's file is missing, when the file cannot be written.
    pub fn export_bundle(&self, id: ArticleId, file: &Path, existing: Existing) -> Result<Exported> {
        let (contents, page) = self.contents(id)?;
        let bytes = pack::Bytes {
            page: page.as_deref(),
            original: &|hash| self.original(hash),
            readable: &|place| self.as_readers_get_it(place),
        };
        pack::write(file, existing, &contents, &bytes)
    }

    /// Returns the picture of a place as readers get it, the place's words written in.
    fn as_readers_get_it(&self, place: &Placement) -> Result<Vec<u8>> {
        let Some(hash) = place.picture else { return Ok(Vec::new()) };
        let words = self.words_of(hash, place)?;
        Ok(self.renditions.get(&self.vault, hash, Recipe::Web, &words)?.bytes)
    }

    /// Returns what the file of an article is called where nobody says otherwise.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn bundle_name(&self, id: ArticleId) -> Result<String> {
        let article = self.store.read(|conn| articles::get(conn, id))?;
        Ok(format!("{}.{ENDING}", page::name::of(&article.fields, id)))
    }

    /// Makes a draft of a bundle: the article as it was exported, with its pictures. With `anyway` also when the
    /// article, or another with its source URL, is on the desk already.
    ///
    /// # Errors
    /// [`Refused`], in words; nothing is stored then.
    pub fn take_in_bundle(&self, bundle: impl Read + Seek, anyway: bool) -> Result<TakenIn> {
        let mut unpacked = Unpacked::open(bundle)?;
        let contents = unpacked.contents()?;
        if !anyway && let Some(other) = self.already_there(&contents)? {
            return Ok(other);
        }
        let inspected = unpacked.inspect_all(&contents)?; // all of them, before the first is stored
        unpacked.look_at_readable(&contents)?;
        let page = unpacked.page(&contents)?;
        for picture in &contents.pictures {
            self.vault.put(&unpacked.picture(picture)?)?; // the file first: a row never names bytes that are not there
        }
        let id =
            self.store.write(|tx| store_whole::keep(self, tx, &contents, &inspected, page.as_deref()))?;
        self.news.tell(&Changed { articles: vec![id], outbox: false, pictures: !inspected.is_empty() });
        Ok(TakenIn::Draft { article: Box::new(self.open_article(id)?) })
    }

    fn already_there(&self, contents: &Contents) -> Result<Option<TakenIn>> {
        if let Some(article) = self.store.read(|conn| articles::find(conn, contents.article))? {
            let headline = article.fields.headline;
            return Ok(Some(TakenIn::OnTheDesk { id: article.id, headline, source_url: String::new() }));
        }
        self.on_the_desk(&contents.document.fields.source_url)
    }

    /// Gathers all that a bundle says of an article, and the bytes of the page it came from.
    fn contents(&self, id: ArticleId) -> Result<(Contents, Option<Vec<u8>>)> {
        self.store.read(|conn| {
            let article = articles::get(conn, id)?;
            let document = document_of(conn, &article)?;
            let rows = placements::of_article(conn, id)?;
            let mut kept: Vec<PictureKept> = Vec::new();
            for hash in rows.iter().filter_map(|row| row.picture) {
                if kept.iter().all(|picture| picture.hash != hash) {
                    let picture = pictures::get(conn, hash)?
                        .ok_or_else(|| store::Error::Missing(format!("picture {hash}")))?;
                    let seen_as = pictures::seen_as(conn, hash)?;
                    kept.push(PictureKept { hash, kind: picture.kind, seen_as, words: picture.words });
                }
            }
            let page = source_pages::get(conn, id)?;
            let contents = Contents {
                format: FORMAT,
                article: id,
                story: article.story,
                translated_from: article.translated_from,
                created_at: contents::time(article.created_at),
                saved_at: contents::time(article.saved_at),
                content_hash: document.content_hash(),
                document,
                placements: rows.iter().map(PlacementKept::of).collect(),
                pictures: kept,
                source_page: page.as_ref().map(|page| Page {
                    hash: page.hash,
                    kind: PageKind::of(&page.frozen_copy),
                    headline: page.page_headline.clone(),
                    taken_in_at: contents::time(page.taken_in_at),
                }),
                leftovers: source_pages::leftovers(conn, id)?,
            };
            Ok((contents, page.map(|page| page.frozen_copy)))
        })
    }

    /// Returns the bytes of a picture, which are still the ones that were taken in.
    fn original(&self, hash: Hash) -> Result<Vec<u8>> {
        let bytes = self.vault.read(hash)?;
        if Hash::of(&bytes) == hash { Ok(bytes) } else { Err(Refused::PictureAltered(hash).into()) }
    }
}

/// Says whether a file is an archive, by its first bytes: what is no bundle among those is refused as one.
pub(crate) fn is_archive(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// Says whether a file begins as a bundle does, whatever its name is; false where it cannot be read.
#[must_use]
pub fn is_bundle(file: &Path) -> bool {
    let mut start = Vec::new();
    let limit = u64::try_from(unpack::BEGINNING).unwrap_or(u64::MAX);
    let read = File::open(file).and_then(|file| file.take(limit).read_to_end(&mut start));
    read.is_ok() && unpack::begins_right(&start)
}

fn picture_name(hash: Hash, kind: PictureKind) -> String {
    let ending = match kind {
        PictureKind::Jpeg => "jpg",
        PictureKind::Png => "png",
        PictureKind::Webp => "webp",
    };
    format!("pictures/{hash}.{ending}")
}

impl From<zip::result::ZipError> for Refused {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
