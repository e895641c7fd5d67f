//! Our categories and languages, and a portal's: matched by people, kept by the desk.

use portal::term::{TermKind, TermMapping};
use store::terms::{self, TermRow};

use crate::{
    Desk, Error, Result,
    window::{PortalTerms, TermMatched},
};

impl Desk {
    /// Returns a portal's terms, and which of our words are matched with them.
    ///
    /// # Errors
    /// [`Error::NoPortal`], [`Error::PortalPassword`] while its password is not known, [`Error::Portal`].
    pub async fn portal_terms(&self, name: &str) -> Result<PortalTerms> {
        let portal = self.portal(name)?.ok_or_else(|| Error::PortalPassword(name.to_owned()))?;
        let terms = portal.terms().await?;
        let (category_codes, languages) = self.store.read(store::articles::words_in_use)?;
        Ok(PortalTerms { terms, matched: self.terms_of(name)?, category_codes, languages })
    }

    /// Matches one of our words with a term of a portal, or with none.
    ///
    /// # Errors
    /// What the database says.
    pub fn match_term(&self, matched: &TermMatched) -> Result<()> {
        let kind = matched.kind.word();
        self.store.write(|tx| match &matched.term {
            Some(term) => terms::put(
                tx,
                &matched.portal,
                &TermRow {
                    kind: kind.into(),
                    ours: matched.ours.clone(),
                    theirs: term.id.clone(),
                    name: term.name.clone(),
                },
            ),
            None => terms::forget(tx, &matched.portal, kind, &matched.ours),
        })?;
        Ok(())
    }

    /// Returns the words that are matched with terms of a portal.
    pub(crate) fn terms_of(&self, portal: &str) -> Result<Vec<TermMapping>> {
        let rows = self.store.read(|conn| terms::of_portal(conn, portal))?;
        Ok(rows.into_iter().filter_map(mapping).collect())
    }
}

fn mapping(row: TermRow) -> Option<TermMapping> {
    let kind = TermKind::ALL.into_iter().find(|kind| kind.word() == row.kind)?;
    Some(TermMapping { kind, ours: row.ours, theirs: row.theirs, name: row.name })
}

/// Returns a mapping as it is kept.
pub(crate) fn row(term: &TermMapping) -> TermRow {
    TermRow {
        kind: term.kind.word().into(),
        ours: term.ours.clone(),
        theirs: term.theirs.clone(),
        name: term.name.clone(),
    }
}
