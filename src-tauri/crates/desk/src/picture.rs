//! Pictures: taken into the library by their bytes, given a place in an article, taken out again.

use std::path::{Path, PathBuf};

use domain::{
    article::Article,
    document::Document,
    ids::{ArticleId, Hash, PlacementId},
    markdown,
    picture::{Picture, PictureWords},
    placement::Position,
};
use media::{metadata, picture, rendition::Recipe};
use store::{
    Connection, Tx, articles, pictures,
    placements::{self, PlacementRow},
};

use crate::{
    Desk, Error, Result, Words,
    article::{document_of, lapse},
    take_in::read_file,
    window::{ArticleShown, Changed, PlacementAsked, Slot},
};

/// A picture for an article: its bytes, the name it came under, where it goes, and words for that place.
pub struct Attach<'a> {
    pub article: ArticleId,
    pub slot: Slot,
    pub bytes: &'a [u8],
    pub name: &'a str,
    pub words: Words,
}

/// The library's newest pictures that the window offers.
const NEWEST: u32 = 60;

impl Desk {
    /// Takes a picture into the library: once, however often it comes, with the words found in its file.
    ///
    /// # Errors
    /// [`crate::Error::Picture`] when it is none that can be published, [`crate::Error::Vault`] when it cannot be
    /// stored; nothing is changed then.
    pub fn take_in_picture(&self, bytes: &[u8], name: &str) -> Result<Picture> {
        let inspected = picture::inspect(bytes)?;
        let hash = self.vault.put(bytes)?; // the file first: a row never names bytes that are not there
        let found = metadata::read(bytes);
        let picture = Picture {
            hash,
            kind: inspected.kind,
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            width: inspected.width,
            height: inspected.height,
            words: found.words,
            differences: found.differences,
        };
        self.store.write(|tx| pictures::add(tx, &picture, inspected.orientation, name, self.now()))?;
        self.news.tell(&Changed { pictures: true, ..Changed::default() });
        Ok(self.store.read(|conn| pictures::get(conn, hash))?.unwrap_or(picture))
    }

    /// Takes a picture in a file into the library.
    ///
    /// # Errors
    /// As [`Desk::take_in_picture`], and when the file cannot be read.
    pub fn take_in_picture_file(&self, path: &Path) -> Result<Picture> {
        let bytes = read_file(path, picture::LARGEST_FILE)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.take_in_picture(&bytes, &name)
    }

    /// Takes a picture in and gives it a place in an article.
    ///
    /// # Errors
    /// As [`Desk::take_in_picture`]; when the article or the placement is not there.
    pub fn attach(&self, attach: Attach<'_>) -> Result<ArticleShown> {
        self.store.read(|conn| articles::edits(conn, attach.article))?; // before anything is stored
        let picture = self.take_in_picture(attach.bytes, attach.name)?;
        self.place(attach.article, picture.hash, &attach.slot, attach.words)
    }

    /// Takes a picture in a file in and gives it a place in an article.
    ///
    /// # Errors
    /// As [`Desk::attach`], and when the file cannot be read.
    #[expect(clippy::needless_pass_by_value, reason = "the slot is used up, as in `attach`")]
    pub fn attach_file(
        &self,
        article: ArticleId,
        slot: Slot,
        path: &Path,
        words: Words,
    ) -> Result<ArticleShown> {
        self.store.read(|conn| articles::edits(conn, article))?; // before anything is stored
        let picture = self.take_in_picture_file(path)?;
        self.place(article, picture.hash, &slot, words)
    }

    /// Takes pictures in files in: the first into `slot`, the others into places of their own after the text.
    ///
    /// # Errors
    /// As [`Desk::attach`]; all are looked at before the first is given its place.
    pub fn attach_files(&self, article: ArticleId, slot: Slot, paths: &[PathBuf]) -> Result<ArticleShown> {
        self.store.read(|conn| articles::edits(conn, article))?; // before anything is stored
        let pictures =
            paths.iter().map(|path| self.take_in_picture_file(path)).collect::<Result<Vec<_>>>()?;
        let mut slot = slot;
        for picture in pictures {
            self.place(article, picture.hash, &slot, Words::default())?;
            slot = Slot::InText { after_line: 0 };
        }
        self.show(article)
    }

    /// Gives a picture of the library a place in an article.
    ///
    /// # Errors
    /// When the article, the placement or the picture is not there.
    pub fn attach_known(&self, article: ArticleId, picture: Hash, slot: &Slot) -> Result<ArticleShown> {
        self.place(article, picture, slot, Words::default())
    }

    fn place(&self, id: ArticleId, picture: Hash, slot: &Slot, words: Words) -> Result<ArticleShown> {
        self.change(id, |tx, article| {
            let mut placement = self.slot(tx, article, slot)?;
            if placement.picture.is_some_and(|before| before != picture) {
                // Another picture does not inherit the words of the one before it.
                (placement.caption, placement.credit_line, placement.alt) = (None, None, None);
            }
            placement.picture = Some(picture);
            words.give(&mut placement);
            Ok(placements::put(tx, &placement)?)
        })
    }

    /// Takes the picture out of its place: the placement is wanted again and keeps the article's words.
    ///
    /// # Errors
    /// When the article or the placement is not there.
    pub fn take_out_picture(&self, asked: &PlacementAsked) -> Result<ArticleShown> {
        self.change(asked.article, |tx, article| {
            let mut placement = placements::get(tx, article.id, asked.placement)?;
            placement.picture = None;
            Ok(placements::put(tx, &placement)?)
        })
    }

    /// Removes a placement, in the text too.
    ///
    /// # Errors
    /// When the article or the placement is not there.
    pub fn remove_placement(&self, asked: &PlacementAsked) -> Result<ArticleShown> {
        self.change(asked.article, |tx, article| {
            placements::get(tx, article.id, asked.placement)?;
            placements::remove(tx, asked.placement)?;
            let body = without(&article.body, asked.placement);
            write_body(tx, article, &body, self.now())
        })
    }

    /// Gives a picture of the library other words, for whoever has none of his own. Approvals that rested on the old
    /// ones are void.
    ///
    /// # Errors
    /// [`store::Error::Missing`] when the library has no such picture.
    pub fn describe_picture(&self, picture: Hash, words: &Words) -> Result<()> {
        let changed = self.store.write::<_, Error>(|tx| {
            let found = pictures::get(tx, picture)?
                .ok_or_else(|| store::Error::Missing(format!("picture {picture}")))?;
            let before = articles_with(tx, picture)?;
            let new = |word: &Option<String>, old: String| word.clone().unwrap_or(old);
            pictures::set_words(
                tx,
                picture,
                &new(&words.caption, found.words.caption),
                &new(&words.credit_line, found.words.credit_line),
                &new(&words.alt, found.words.alt),
            )?;
            before.iter().try_for_each(|(article, document)| lapse(tx, article, document))?;
            Ok(before.into_iter().map(|(article, _)| article.id).collect::<Vec<_>>())
        })?;
        changed.iter().for_each(|id| self.previews.forget(*id));
        self.news.tell(&Changed { articles: changed, outbox: false, pictures: true });
        Ok(())
    }

    /// Returns the newest pictures, those without a place first.
    ///
    /// # Errors
    /// What the database says.
    pub fn library(&self) -> Result<Vec<Picture>> {
        Ok(self.store.read(|conn| pictures::newest(conn, NEWEST))?)
    }

    /// Returns a picture made small enough to show, as JPEG.
    ///
    /// # Errors
    /// When the picture is not there or cannot be made smaller.
    pub fn shown_picture(&self, picture: Hash, recipe: Recipe) -> Result<Vec<u8>> {
        Ok(self.renditions.get(&self.vault, picture, recipe, &PictureWords::default())?.bytes)
    }

    /// Changes something of an article's pictures: counted as an edit, voiding an approval it no longer fits.
    fn change(
        &self,
        id: ArticleId,
        work: impl FnOnce(&Tx<'_>, &Article) -> Result<()>,
    ) -> Result<ArticleShown> {
        self.store.write(|tx| {
            let article = articles::get(tx, id)?;
            let document = document_of(tx, &article)?;
            work(tx, &article)?;
            let edits = articles::edits(tx, id)?;
            if edits == article.edits {
                articles::touch(tx, id, edits, self.now())?;
            }
            lapse(tx, &article, &document)
        })?;
        self.previews.forget(id);
        self.tell_article(id);
        self.show(id)
    }

    fn slot(&self, tx: &Tx<'_>, article: &Article, slot: &Slot) -> Result<PlacementRow> {
        let rows = placements::of_article(tx, article.id)?;
        match slot {
            Slot::Placement { id } => Ok(placements::get(tx, article.id, *id)?),
            Slot::Lead => {
                let lead = rows.iter().find(|row| row.position == Position::Lead).cloned();
                Ok(lead.unwrap_or_else(|| self.new_placement(article.id, Position::Lead, 0)))
            }
            Slot::InText { after_line } => {
                let ordinal = rows.iter().map(|row| row.ordinal + 1).max().unwrap_or(1);
                let placement = self.new_placement(article.id, Position::InText, ordinal);
                let body = with_reference(&article.body, placement.id, *after_line);
                write_body(tx, article, &body, self.now())?;
                Ok(placement)
            }
        }
    }

    fn new_placement(&self, article: ArticleId, position: Position, ordinal: u32) -> PlacementRow {
        PlacementRow {
            id: PlacementId(self.clock.new_id()),
            article,
            position,
            ordinal,
            picture: None,
            caption: None,
            credit_line: None,
            alt: None,
            seen_as: String::new(),
        }
    }
}

/// Returns the articles a picture stands in, each with what it says now.
fn articles_with(conn: &Connection, picture: Hash) -> Result<Vec<(Article, Document)>> {
    let with_document = |id| {
        let article = articles::get(conn, id)?;
        let document = document_of(conn, &article)?;
        Ok((article, document))
    };
    placements::articles_with(conn, picture)?.into_iter().map(with_document).collect()
}

fn write_body(tx: &Tx<'_>, article: &Article, body: &str, now_ms: i64) -> Result<()> {
    articles::save(tx, article.id, article.edits, &article.fields, body, now_ms)?;
    Ok(())
}

/// Puts a picture's reference in a paragraph of its own after a line (1-based); 0 puts it at the end.
fn with_reference(body: &str, placement: PlacementId, after_line: u32) -> String {
    let reference = markdown::reference(placement);
    let lines: Vec<&str> = body.lines().collect();
    let at = if after_line == 0 { lines.len() } else { lines.len().min(after_line as usize) };
    // Never inside a paragraph: the next blank line is its end.
    let at = (at..lines.len()).find(|line| lines[*line].trim().is_empty()).unwrap_or(lines.len());
    let (before, after) = (lines[..at].join("\n"), lines[at..].join("\n"));
    let parts = [before.trim_end(), &reference, after.trim_start_matches('\n')];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.trim_end_matches('\n').to_owned() + "\n"
}

/// Takes a picture's reference out, and the blank line it leaves.
fn without(body: &str, placement: PlacementId) -> String {
    let reference = markdown::reference(placement);
    let alone = format!("{reference}\n\n");
    body.replace(&alone, "").replace(&format!("\n\n{reference}\n"), "\n").replace(&reference, "")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_picture_goes_between_paragraphs_and_comes_out_without_a_trace() {
        let id = PlacementId(Uuid::nil());
        let reference = markdown::reference(id);
        let body = "One\nstill one.\n\nTwo.\n";

        assert_eq!(with_reference(body, id, 1), format!("One\nstill one.\n\n{reference}\n\nTwo.\n"));
        assert_eq!(with_reference(body, id, 0), format!("One\nstill one.\n\nTwo.\n\n{reference}\n"));
        assert_eq!(with_reference("", id, 5), format!("{reference}\n"));
        for line in [0, 1, 2, 3, 4, 99] {
            assert_eq!(without(&with_reference(body, id, line), id), body, "line {line}");
        }
    }
}
