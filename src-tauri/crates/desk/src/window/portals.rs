//! Portals as the window shows and asks for them.

use portal::term::{Term, TermKind, TermMapping};
use protocol::Caps;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PortalShown {
    pub name: String,
    /// `local`, `native` or `wordpress`.
    pub kind: String,
    pub url: String,
    /// What the portal calls itself; empty where it did not say.
    pub site_name: String,
    /// Whom it knows the desk as; empty where a token says it all.
    pub user: String,
    /// Readers can reach it only while the app runs.
    pub on_this_machine: bool,
    /// Its password is known: jobs can be sent.
    pub connected: bool,
    /// What it can promise.
    pub caps: Caps,
}

/// Asks what answers at an address.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PortalAddress {
    pub url: String,
}

/// A portal that answers, before anybody signed in there.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PortalFound {
    /// `native` or `wordpress`.
    pub kind: String,
    /// Its address, as it wants to be called.
    pub url: String,
    pub site_name: String,
    /// A name for it that is free on this desk.
    pub name: String,
    /// It has a page of its own where a person lets an application in.
    pub may_authorize: bool,
    pub caps: Caps,
}

/// Signs in by a password that was pasted.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct PortalSignIn {
    pub name: String,
    pub url: String,
    /// The user's name on a WordPress; empty for a portal of our protocol.
    #[serde(default)]
    pub user: String,
    pub secret: String,
}

/// Signs in through the portal's own page, in the person's browser.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PortalAuthorize {
    pub name: String,
    pub url: String,
}

/// The portal knows us.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PortalConnected {
    pub portal: PortalShown,
    /// Whom it takes us for.
    pub user: String,
    pub role: String,
    /// Publishing is allowed by this account.
    pub may_publish: bool,
    /// Corrections of what is live are allowed.
    pub may_correct: bool,
    /// False where the system has no keyring: the password is gone when the app ends.
    pub in_keyring: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PortalNamed {
    pub name: String,
}

/// The portal's terms, and which of our words are matched with them.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PortalTerms {
    /// Its categories.
    pub terms: Vec<Term>,
    pub matched: Vec<TermMapping>,
    /// Category codes in use on this desk.
    pub category_codes: Vec<String>,
    /// Languages in use on this desk.
    pub languages: Vec<String>,
}

/// Matches one of our words with a term of the portal, or with none.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct TermMatched {
    pub portal: String,
    pub kind: TermKind,
    pub ours: String,
    pub term: Option<Term>,
}
