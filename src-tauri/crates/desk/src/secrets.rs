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

/// Where passwords are kept.
pub trait Secrets: Send + Sync {
    /// Returns the password of a portal.
    fn of(&self, portal: &str) -> Option<Secret>;
    /// Keeps the password of a portal.
    fn keep(&self, portal: &str, secret: Secret) -> Kept;
    /// Forgets the password of a portal.
    fn forget(&self, portal: &str);
    /// Says whether the system has a keyring.
    fn has_keyring(&self) -> bool;
}

/// Passwords in memory only, and from the environment: `TOASOAN_SECRET_<PORTAL>`.
#[derive(Default)]
pub struct SessionSecrets {
    kept: Mutex<HashMap<String, Secret>>,
}

impl Secrets for SessionSecrets {
    fn of(&self, portal: &str) -> Option<Secret> {
        let from_environment =
            || std::env::var(variable(portal)).ok().filter(|secret| !secret.is_empty()).map(Secret::new);
        lock(&self.kept).get(portal).cloned().or_else(from_environment)
    }

    fn keep(&self, portal: &str, secret: Secret) -> Kept {
        lock(&self.kept).insert(portal.to_owned(), secret);
        Kept::UntilTheEnd
    }

    fn forget(&self, portal: &str) {
        lock(&self.kept).remove(portal);
    }

    fn has_keyring(&self) -> bool {
        false
    }
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
