//! What an import did not put into a field. Nothing of a source page vanishes: it is a field, text, or a leftover.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a piece of a source page was left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Why {
    /// A file name that the page printed as text.
    FileName,
    /// Words that stand elsewhere in the page already.
    Repeated,
    /// The site's own name, menus, buttons.
    Navigation,
    /// Readers' comments and the form for them.
    Comments,
    /// Other articles the page points to.
    Related,
    /// Nothing above: the journalist decides.
    Other,
}

/// One line of the source page that is in no field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Leftover {
    pub why: Why,
    /// The line as the page had it.
    pub text: String,
}
