//! Pasting: what another program copied becomes text for a body, its pictures places in the article.
//!
//! The places are kept apart, as they were pasted, beside what can be undone. With the save whose text names them they
//! become the article's, in the same transaction: text and pictures are pasted together, taken back together by an undo,
//! and together come again, also when the desk was closed between.

use domain::{
    ids::{ArticleId, PlacementId},
    markdown,
    placement::Position,
};
use intake::{
    page::Wanted,
    paste::{self, Pasted, Picture},
};
use media::picture::Refused;
use store::{
    Tx, articles, pasted,
    placements::{self, PlacementRow},
    undo_histories::UndoHistory,
};

use crate::{
    Desk, Error, Result,
    take_in::wanted_row,
    window::{PasteAsked, TextPasted},
};

impl Desk {
    /// Makes text for a body of a clipboard's HTML. Pictures in it are taken in; nothing is fetched. Returns also the
    /// place of a picture that came alone and without its file: the clipboard may hold that besides.
    ///
    /// # Errors
    /// [`Error::Paste`] when there is nothing in it that can be read: its plain text can still be pasted.
    pub fn paste(&self, asked: &PasteAsked) -> Result<(TextPasted, Option<PlacementId>)> {
        let body = self.store.read(|conn| articles::get(conn, asked.article))?.body;
        let read = paste::read(&asked.html, next_note(&body), &mut || PlacementId(self.clock.new_id()))?;
        let alone = alone(&read);
        let rows = read
            .pictures
            .into_iter()
            .map(|picture| self.place_of(asked.article, picture))
            .collect::<Result<Vec<_>>>()?;
        let pictures = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if !rows.is_empty() {
            self.store.write(|tx| rows.iter().try_for_each(|row| pasted::add(tx, row)))?;
        }
        let Pasted { markdown, begins_as_text, ends_as_text, .. } = read;
        Ok((TextPasted { markdown, begins_as_text, ends_as_text, pictures }, alone))
    }

    /// Gives a picture's file to the place it was pasted into, before that is saved.
    ///
    /// # Errors
    /// As [`Desk::take_in_picture`].
    pub fn paste_file(&self, place: PlacementId, bytes: &[u8], name: &str) -> Result<()> {
        let picture = self.take_in_picture(bytes, name)?;
        Ok(self.store.write(|tx| pasted::give_picture(tx, place, picture.hash))?)
    }

    /// A file that is no picture for us leaves its place wanted: its caption is worth keeping.
    fn place_of(&self, article: ArticleId, picture: Picture) -> Result<PlacementRow> {
        let taken_in = match &picture.bytes {
            Some(bytes) => match self.take_in_picture(bytes, &picture.seen_as) {
                Ok(taken_in) => Some(taken_in.hash),
                Err(Error::Picture(
                    Refused::Empty
                    | Refused::NotAPicture { .. }
                    | Refused::Unsupported { .. }
                    | Refused::CutOff { .. }
                    | Refused::TooManyPixels { .. }
                    | Refused::TooLarge { .. },
                )) => None,
                Err(other) => return Err(other),
            },
            None => None,
        };
        let Picture { id, caption, credit_line, alt, seen_as, .. } = picture;
        let wanted = Wanted { id, position: Position::InText, caption, credit_line, alt, seen_as };
        Ok(PlacementRow { picture: taken_in, ..wanted_row(article, 0, wanted) }) // its order is told when it is saved
    }

    /// Writes the places that the body now names, and takes back those it no longer does, as long as nobody has put
    /// work into them. Says whether there were any.
    pub(crate) fn settle_pasted(&self, tx: &Tx<'_>, article: ArticleId, body: &str) -> Result<bool> {
        let rows = pasted::of_article(tx, article)?;
        if rows.is_empty() {
            return Ok(false);
        }
        let there = placements::of_article(tx, article)?;
        let mut next = there.iter().map(|row| row.ordinal + 1).max().unwrap_or(1);
        let mut any = false;
        for row in &rows {
            let named = body.contains(&markdown::reference(row.id));
            let now = there.iter().find(|other| other.id == row.id);
            let untouched =
                now.is_some_and(|now| PlacementRow { ordinal: row.ordinal, ..now.clone() } == *row);
            if named && now.is_none() {
                placements::put(tx, &PlacementRow { ordinal: next, ..row.clone() })?;
                (next, any) = (next + 1, true);
            } else if !named && untouched {
                placements::remove(tx, row.id)?;
                any = true;
            }
        }
        Ok(any)
    }

    /// Forgets places of an earlier run that nothing can bring back any more: neither the body names them, nor what can be
    /// undone. What was pasted since the desk was opened stays: the window knows more than it has told.
    pub(crate) fn forget_pasted(&self, article: ArticleId, kept: Option<&UndoHistory>) -> Result<()> {
        let rows = self.store.read(|conn| pasted::of_article_until(conn, article, self.pasted_before))?;
        if rows.is_empty() {
            return Ok(());
        }
        let body = self.store.read(|conn| articles::get(conn, article))?.body;
        let can_come = |row: &PlacementRow| {
            let id = row.id.to_string();
            body.contains(&id) || kept.is_some_and(|kept| kept.history.contains(&id))
        };
        let gone: Vec<PlacementId> = rows.iter().filter(|row| !can_come(row)).map(|row| row.id).collect();
        if gone.is_empty() {
            return Ok(());
        }
        Ok(self.store.write(|tx| gone.iter().try_for_each(|id| pasted::forget(tx, *id)))?)
    }
}

/// Returns the number that no footnote of the body has yet.
fn next_note(body: &str) -> u32 {
    let number = |piece: &str| piece.split(']').next()?.parse::<u32>().ok();
    body.split("[^").skip(1).filter_map(number).max().unwrap_or(0).saturating_add(1)
}

/// A browser that copies a picture gives its address as HTML, and the picture itself beside that.
fn alone(pasted: &Pasted) -> Option<PlacementId> {
    let [picture] = pasted.pictures.as_slice() else { return None };
    let is_all = pasted.markdown == markdown::reference(picture.id) && picture.bytes.is_none();
    is_all.then_some(picture.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_footnote_takes_no_number_that_is_taken() {
        assert_eq!(next_note("No notes."), 1);
        assert_eq!(next_note("One[^1], two[^7].\n\n[^1]: x\n\n[^7]: y\n\n[^word]: z"), 8);
    }
}
