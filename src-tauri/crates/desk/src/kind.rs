//! What went wrong, by the names our own types give it: fit to be shown to anybody.

use std::fmt::Debug;

/// No name of ours is longer.
const LONGEST: usize = 120;

/// Returns the names of an error's variants, as far as they go before the first value that is a text: of
/// `Refused { status: 422, words: "…" }` it is `Refused status 422 words`. `Debug` puts every text into quotes.
#[must_use]
pub fn kind(error: &impl Debug) -> String {
    let shown = format!("{error:?}");
    let names = shown.split('"').next().unwrap_or_default();
    let told = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<&str> = names.split(|c| !told(c)).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn an_error_is_told_by_its_names_and_never_by_what_it_was_about() {
        let folder =
            Error::Folder { path: "/home/canary/desk".into(), error: std::io::Error::other("canary") };
        let refused = portal::Fault::Refused { status: 422, words: "canary".into() };
        let of_sqlite = Error::Store(store::Error::Stored("canary".into()));
        let table = [
            (kind(&folder), "Folder path"),
            (kind(&refused), "Refused status 422 words"),
            (kind(&of_sqlite), "Store Stored"),
            (kind(&Error::NoPortal("canary".into())), "NoPortal"),
            (kind(&Error::NotApproved), "NotApproved"),
        ];

        for (told, wanted) in table {
            assert_eq!(told, wanted);
        }
    }
}
