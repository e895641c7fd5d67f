//! The page an article was taken over from, to be read beside the draft.

use domain::{ids::ArticleId, page::direction};
use intake::page::{self, PageLine, ShownAs};
use store::source_pages;

use crate::{
    Desk, Result,
    window::{SourceLine, SourceLineKind, SourcePageShown},
};

impl Desk {
    /// Returns the frozen copy as readable words, never its markup; `None` where the article came from no page.
    ///
    /// # Errors
    /// What the database says, and [`crate::Error::Page`] where the copy cannot be read any more.
    pub fn source_page(&self, id: ArticleId) -> Result<Option<SourcePageShown>> {
        let Some(kept) = self.store.read(|conn| source_pages::get(conn, id))? else { return Ok(None) };
        let text = page::text_of(&kept.frozen_copy)?;
        Ok(Some(SourcePageShown {
            taken_in_at: kept.taken_in_at,
            dir: direction(&text.language).to_owned(),
            language: text.language,
            lines: text.lines.into_iter().map(line).collect(),
        }))
    }
}

fn line(line: PageLine) -> SourceLine {
    let kind = match line.shown_as {
        ShownAs::Headline => SourceLineKind::Headline,
        ShownAs::Heading => SourceLineKind::Heading,
        ShownAs::Text => SourceLineKind::Text,
        ShownAs::Picture => SourceLineKind::Picture,
        ShownAs::Caption => SourceLineKind::Caption,
        ShownAs::Item => SourceLineKind::Item,
        ShownAs::Quotation => SourceLineKind::Quotation,
        ShownAs::Table => SourceLineKind::Table,
    };
    SourceLine { kind, words: line.words, markdown: line.markdown, left_over: line.left_over }
}
