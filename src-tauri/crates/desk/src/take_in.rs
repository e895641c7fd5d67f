//! Taking over a source paper's page: a draft with its pictures wanted, the page frozen beside it, its leftovers listed.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use domain::{
    article::Article,
    ids::{ArticleId, PlacementId},
    placement::Position,
    revision::Occasion,
};
use intake::page::{self, Wanted};
use store::{
    Tx, articles,
    placements::{self, PlacementRow},
    source_pages,
};

use crate::{Desk, Error, Result, bundle, window::TakenIn};

impl Desk {
    /// Makes a draft of a page. With `anyway` also when its source URL is on the desk already.
    ///
    /// # Errors
    /// [`Error::Page`] when there is no article in it; nothing is stored then.
    pub fn take_in(&self, bytes: &[u8], anyway: bool) -> Result<TakenIn> {
        let page = page::read(bytes, &mut || PlacementId(self.clock.new_id()))?;
        if !anyway && let Some(other) = self.on_the_desk(&page.fields.source_url)? {
            return Ok(other);
        }
        let article = self.blank(page.fields.clone(), page.body.clone());
        self.store.write(|tx| {
            keep(tx, &article, &page, bytes)?;
            self.keep(tx, article.id, Occasion::TakenIn)
        })?;
        self.tell_article(article.id);
        Ok(TakenIn::Draft { article: Box::new(self.open_article(article.id)?) })
    }

    /// Makes a draft of a page, or of an article bundle, in a file: known by its bytes, never by its name.
    ///
    /// # Errors
    /// As [`Desk::take_in`] and [`Desk::take_in_bundle`]; [`Error::NotAFile`] and [`Error::File`] when it cannot be read.
    pub fn take_in_file(&self, path: &Path, anyway: bool) -> Result<TakenIn> {
        let failed = |error| Error::File { path: path.to_owned(), error };
        let mut file = open_file(path)?;
        let mut start = Vec::new();
        (&mut file).take(4).read_to_end(&mut start).map_err(failed)?; // enough to tell an archive from a page
        if bundle::is_archive(&start) {
            if !file.metadata().map_err(failed)?.is_file() {
                return Err(failed(io::Error::other(
                    "an exported article comes from a file, not through a pipe",
                )));
            }
            return self.take_in_bundle(file, anyway);
        }
        self.take_in(&read_rest(path, start, &file, page::MAX_BYTES)?, anyway)
    }

    pub(crate) fn on_the_desk(&self, source_url: &str) -> Result<Option<TakenIn>> {
        let found = self.store.read(|conn| articles::from_source_url(conn, source_url))?;
        Ok(found.map(|(id, headline)| TakenIn::OnTheDesk { id, headline, source_url: source_url.to_owned() }))
    }
}

fn keep(tx: &Tx<'_>, article: &Article, page: &page::TakenIn, bytes: &[u8]) -> Result<()> {
    articles::add(tx, article)?;
    for (ordinal, wanted) in (0..).zip(page.wanted.clone()) {
        placements::put(tx, &wanted_row(article.id, ordinal, wanted))?;
    }
    source_pages::keep(tx, article.id, bytes, &article.fields.headline, &page.leftovers, article.created_at)?;
    Ok(())
}

/// Returns the row of a picture that is wanted. Words that were not told follow the library once there is a picture.
pub(crate) fn wanted_row(article: ArticleId, ordinal: u32, wanted: Wanted) -> PlacementRow {
    let told = |words: String| Some(words).filter(|words| !words.is_empty());
    PlacementRow {
        id: wanted.id,
        article,
        position: wanted.position,
        ordinal: if wanted.position == Position::Lead { 0 } else { ordinal },
        picture: None,
        caption: told(wanted.caption),
        credit_line: told(wanted.credit_line),
        alt: told(wanted.alt),
        seen_as: wanted.seen_as,
    }
}

/// Reads a file that a person named; one that is far larger than `at_most` bytes is not read to its end.
pub(crate) fn read_file(path: &Path, at_most: usize) -> Result<Vec<u8>> {
    read_rest(path, Vec::new(), &open_file(path)?, at_most)
}

fn open_file(path: &Path) -> Result<File> {
    let failed = |error| Error::File { path: path.to_owned(), error };
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    Ok(file)
}

/// Reads on from `start`, which was read already: what comes through a pipe cannot be read twice.
fn read_rest(path: &Path, start: Vec<u8>, file: &File, at_most: usize) -> Result<Vec<u8>> {
    let failed = |error| Error::File { path: path.to_owned(), error };
    let size = file.metadata().map_err(failed)?.len();
    let mut bytes = start;
    // One byte more than is allowed is enough to be refused; the size told is the file's own.
    let limit = u64::try_from(at_most).unwrap_or(u64::MAX).saturating_add(1).max(size.min(256 << 20));
    file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
