//! Portals' passwords: in the system's keyring, or in memory until the app ends. Never in a file of ours.

use std::{collections::HashMap, sync::Mutex};

use portal::Secret;

use crate::lock;

/// Where a password was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    InKeyring,
    /// There is no keyring: it is gone when the process ends, and the person is told.
    UntilTheEnd,
}

/// What a password is for: a portal by its name here, at one address only. Another desk's portal of the same name, or the
/// same name led elsewhere, is not sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder<'a> {
    pub portal: &'a str,
    pub url: &'a str,
}

/// Where passwords are kept.
pub trait Secrets: Send + Sync {
    /// Returns the password of a portal.
    fn of(&self, holder: Holder<'_>) -> Option<Secret>;
    /// Keeps the password of a portal.
    fn keep(&self, holder: Holder<'_>, secret: Secret) -> Kept;
    /// Forgets the password of a portal.
    fn forget(&self, holder: Holder<'_>);
    /// Says whether the system has a keyring.
    fn has_keyring(&self) -> bool;
}

/// Passwords in memory only, and from the environment: `TOASOAN_SECRET_<PORTAL>`.
#[derive(Default)]
pub struct SessionSecrets {
    kept: Mutex<HashMap<(String, String), Secret>>,
}

impl Secrets for SessionSecrets {
    fn of(&self, holder: Holder<'_>) -> Option<Secret> {
        let from_environment = || {
            std::env::var(variable(holder.portal)).ok().filter(|secret| !secret.is_empty()).map(Secret::new)
        };
        lock(&self.kept).get(&key(holder)).cloned().or_else(from_environment)
    }

    fn keep(&self, holder: Holder<'_>, secret: Secret) -> Kept {
        lock(&self.kept).insert(key(holder), secret);
        Kept::UntilTheEnd
    }

    fn forget(&self, holder: Holder<'_>) {
        lock(&self.kept).remove(&key(holder));
    }

    fn has_keyring(&self) -> bool {
        false
    }
}

fn key(holder: Holder<'_>) -> (String, String) {
    (holder.portal.to_owned(), holder.url.to_owned())
}

/// Returns the environment variable that holds the password of `portal`: `TOASOAN_SECRET_` and its name in capitals.
#[must_use]
pub fn variable(portal: &str) -> String {
    let name: String = portal
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    format!("TOASOAN_SECRET_{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_the_portals_name_in_capitals() {
        assert_eq!(variable("local"), "TOASOAN_SECRET_LOCAL");
        assert_eq!(variable("bao-chinh.vn"), "TOASOAN_SECRET_BAO_CHINH_VN");
    }
}
