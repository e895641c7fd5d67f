//! What readers can see of an edition on a portal, and which acts lead from there (features.md 6.4).

mod minor;

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::decision::Act;

pub use minor::{NotMinor, not_minor};

/// Where an edition stands on a portal, towards readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Standing {
    /// Nothing of it was ever there.
    Never,
    #[default]
    Live,
    Unpublished,
    TakenDown,
    /// For good: a new article is needed.
    Killed,
}

/// The act leads nowhere from where the edition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an edition that {from} cannot be {}", done(*act))]
pub struct ActRefused {
    pub from: Standing,
    pub act: Act,
}

impl Standing {
    pub const ALL: [Self; 5] = [Self::Never, Self::Live, Self::Unpublished, Self::TakenDown, Self::Killed];

    /// Returns where `act` leads to, or why it may not be done.
    ///
    /// # Errors
    /// [`ActRefused`] names the standing and the act.
    pub fn after(self, act: Act) -> Result<Self, ActRefused> {
        match (self, act) {
            (Self::Never | Self::Unpublished | Self::TakenDown, Act::Publish)
            | (Self::Live, Act::MinorFix | Act::Update | Act::Correct) => Ok(Self::Live),
            (Self::Live, Act::Unpublish) => Ok(Self::Unpublished),
            (Self::Live | Self::Unpublished, Act::Takedown) => Ok(Self::TakenDown),
            (Self::Never | Self::Live | Self::Unpublished | Self::TakenDown, Act::Kill) => Ok(Self::Killed),
            (from, act) => Err(ActRefused { from, act }),
        }
    }

    /// Returns the word stored in databases.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Live => "live",
            Self::Unpublished => "unpublished",
            Self::TakenDown => "taken_down",
            Self::Killed => "killed",
        }
    }

    /// Returns the standing that `word` names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.word() == word)
    }

    #[must_use]
    pub fn is_live(self) -> bool {
        self == Self::Live
    }

    /// Says whether it was taken away from readers.
    #[must_use]
    pub fn is_away(self) -> bool {
        matches!(self, Self::Unpublished | Self::TakenDown | Self::Killed)
    }
}

/// What a reader gets at the address where an edition was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageAnswer {
    /// Only these are believed: 404 and 410.
    Gone,
    Readable,
    /// A server that fails, asks for a password or leads elsewhere says nothing of the page.
    Unclear,
}

impl PageAnswer {
    /// Returns what an HTTP status says of a page.
    #[must_use]
    pub fn of(status: u16) -> Self {
        match status {
            404 | 410 => Self::Gone,
            200..=299 => Self::Readable,
            _ => Self::Unclear,
        }
    }
}

/// How far an edition is on its way from readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Away {
    /// Decided; the portal has not confirmed it.
    Asked,
    /// The portal has confirmed it; nobody has seen yet that its page is gone.
    Accepted,
    /// The portal has confirmed it, and readers still get the page.
    StillReadable,
    /// Its page was seen to be gone.
    Gone,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Never => "was never published",
            Self::Live => "is live",
            Self::Unpublished => "was unpublished",
            Self::TakenDown => "was taken down",
            Self::Killed => "was killed",
        })
    }
}

fn done(act: Act) -> &'static str {
    match act {
        Act::Publish => "published",
        Act::MinorFix => "fixed",
        Act::Update => "updated",
        Act::Correct => "corrected",
        Act::Unpublish => "unpublished",
        Act::Takedown => "taken down",
        Act::Kill => "killed",
        Act::Submit
        | Act::OpenForReview
        | Act::Return
        | Act::Approve
        | Act::Withdraw
        | Act::Hold
        | Act::Release
        | Act::Spike
        | Act::Unspike => "moved on the desk by this",
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Standing::{self, Killed, Live, Never, TakenDown, Unpublished},
        *,
    };

    #[test]
    fn every_act_from_every_standing() {
        let s = Some;
        #[rustfmt::skip]
        let table: [(Standing, [Option<Standing>; 7]); 5] = [
            //             Publish  MinorFix Update   Correct  Unpublish       Takedown      Kill
            (Never,       [s(Live), None,    None,    None,    None,           None,         s(Killed)]),
            (Live,        [None,    s(Live), s(Live), s(Live), s(Unpublished), s(TakenDown), s(Killed)]),
            (Unpublished, [s(Live), None,    None,    None,    None,           s(TakenDown), s(Killed)]),
            (TakenDown,   [s(Live), None,    None,    None,    None,           None,         s(Killed)]),
            (Killed,      [None,    None,    None,    None,    None,           None,         None]),
        ];
        for (from, row) in table {
            for (act, want) in Act::TOWARDS_READERS.into_iter().zip(row) {
                assert_eq!(from.after(act).ok(), want, "{from:?} + {act:?}");
            }
            assert_eq!(from.after(Act::Approve).ok(), None);
        }
    }

    #[test]
    fn only_404_and_410_say_that_a_page_is_gone() {
        let gone: Vec<u16> = (0..=999).filter(|status| PageAnswer::of(*status) == PageAnswer::Gone).collect();
        let readable = (0..=999).filter(|status| PageAnswer::of(*status) == PageAnswer::Readable);

        assert_eq!(gone, [404, 410]);
        assert!(readable.eq(200..=299));
    }

    #[test]
    fn every_standing_is_found_by_its_word() {
        for standing in Standing::ALL {
            assert_eq!(Standing::named(standing.word()), Some(standing));
        }
    }
}
