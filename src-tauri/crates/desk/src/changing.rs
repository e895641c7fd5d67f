//! What publishing an article may be called where readers have it already: a minor fix, an update, a correction.

use domain::{
    article::normalised,
    decision::Act,
    document::Document,
    live::{ActRefused, NotMinor, Standing, not_minor},
};
use store::{Connection, publications::PublicationRow, revisions};

use crate::{Error, Result};

/// Characters that the notice of a correction may have: more than this is an article.
const NOTICE_MOST: usize = 1000;

/// What a publication is called, and what is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub act: Act,
    /// For readers: what was wrong. A correction has one, nothing else does.
    pub public_notice: String,
    /// For the desk: what is new, or why.
    pub reason: String,
}

impl Change {
    /// What nobody has to say anything about.
    #[must_use]
    pub fn of(act: Act) -> Self {
        Self { act, public_notice: String::new(), reason: String::new() }
    }
}

impl Default for Change {
    fn default() -> Self {
        Self::of(Act::Publish)
    }
}

/// What may be done with the article as it stands, on one portal.
pub(crate) struct Offered {
    standing: Standing,
    pub acts: Vec<Act>,
    /// Why it is no minor fix.
    pub not_minor: Vec<NotMinor>,
}

/// Returns what `document` may be published as, where readers have what `there` says.
pub(crate) fn offered(
    conn: &Connection,
    there: Option<&PublicationRow>,
    document: &Document,
) -> Result<Offered> {
    let standing = standing_of(there);
    let not_minor = match there.filter(|_| standing.is_live()) {
        Some(there) => why_not_minor(conn, there, document)?,
        None => Vec::new(),
    };
    let may = |act: &Act| {
        let leads_somewhere = act.brings_words() && standing.after(*act).is_ok();
        leads_somewhere && (*act != Act::MinorFix || not_minor.is_empty())
    };
    Ok(Offered { standing, acts: Act::TOWARDS_READERS.into_iter().filter(may).collect(), not_minor })
}

fn standing_of(there: Option<&PublicationRow>) -> Standing {
    there.map_or(Standing::Never, |there| there.standing)
}

/// Of what cannot be read any more nobody can say that little of it changed.
fn why_not_minor(conn: &Connection, there: &PublicationRow, document: &Document) -> Result<Vec<NotMinor>> {
    match revisions::get(conn, there.live_revision) {
        Ok(live) => Ok(not_minor(&live.document, document)),
        Err(store::Error::RevisionDamaged(_)) => Ok(vec![NotMinor::TooMuch]),
        Err(error) => Err(error.into()),
    }
}

impl Offered {
    /// Returns the words of `change` as they are kept, or why it cannot be made.
    ///
    /// # Errors
    /// [`Error::ChangeNotNamed`], [`Error::NotMinor`], [`Error::Act`], [`Error::NoticeMissing`], [`Error::NoticeLong`].
    pub fn settled(&self, change: &Change) -> Result<Change> {
        if change.act == Act::Publish && self.standing.is_live() {
            return Err(Error::ChangeNotNamed);
        }
        if change.act == Act::MinorFix && !self.not_minor.is_empty() {
            return Err(Error::NotMinor(self.not_minor.clone()));
        }
        if !self.acts.contains(&change.act) {
            return Err(ActRefused { from: self.standing, act: change.act }.into());
        }
        let public_notice =
            if change.act == Act::Correct { notice(&change.public_notice)? } else { String::new() };
        let reason = normalised(change.reason.trim());
        Ok(Change { act: change.act, public_notice, reason })
    }
}

/// Returns a notice as it stands on the page: one line, so that each is one.
fn notice(given: &str) -> Result<String> {
    let notice = normalised(given).split_whitespace().collect::<Vec<_>>().join(" ");
    let has = notice.chars().count();
    match has {
        0 => Err(Error::NoticeMissing),
        _ if has > NOTICE_MOST => Err(Error::NoticeLong { has, most: NOTICE_MOST }),
        _ => Ok(notice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(not_minor: &[NotMinor]) -> Offered {
        let acts = if not_minor.is_empty() {
            vec![Act::MinorFix, Act::Update, Act::Correct]
        } else {
            vec![Act::Update, Act::Correct]
        };
        Offered { standing: Standing::Live, acts, not_minor: not_minor.to_vec() }
    }

    #[test]
    fn a_notice_is_one_line_and_only_a_correction_has_one() {
        let change = |act, notice: &str| Change { public_notice: notice.into(), ..Change::of(act) };
        let notice_of =
            |act, notice| live(&[]).settled(&change(act, notice)).map(|change| change.public_notice);

        assert_eq!(notice_of(Act::Correct, " Tên\n\nsai. ").ok().as_deref(), Some("Tên sai."));
        assert_eq!(notice_of(Act::Update, "Tên sai.").ok().as_deref(), Some(""));
        assert!(matches!(notice_of(Act::Correct, " \n"), Err(Error::NoticeMissing)));
        assert!(matches!(
            notice_of(Act::Correct, &"a".repeat(1001)),
            Err(Error::NoticeLong { has: 1001, .. })
        ));
    }

    #[test]
    fn what_leads_nowhere_is_refused_by_its_reason() {
        let never = Offered { standing: Standing::Never, acts: vec![Act::Publish], not_minor: Vec::new() };

        assert!(matches!(live(&[]).settled(&Change::default()), Err(Error::ChangeNotNamed)));
        assert!(matches!(
            live(&[NotMinor::Number]).settled(&Change::of(Act::MinorFix)),
            Err(Error::NotMinor(reasons)) if reasons == [NotMinor::Number]
        ));
        assert!(matches!(never.settled(&Change::of(Act::Correct)), Err(Error::Act(_))));
        assert!(never.settled(&Change::default()).is_ok());
    }
}
