//! Portals' passwords in the system's keyring; where there is none, in memory until the app ends.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use desk::{Holder, Kept, Secrets, SessionSecrets};
use portal::Secret;

const SERVICE: &str = "vn.toasoan.desk";

/// The keyring, with what was given in this session (and by the environment) first.
pub struct Keyring {
    session: SessionSecrets,
    there: Arc<AtomicBool>,
}

impl Keyring {
    /// Looks for the system's keyring in the background: a start never waits for it.
    pub fn look() -> Self {
        let there = Arc::new(AtomicBool::new(true));
        let found = Arc::clone(&there);
        std::thread::spawn(move || {
            found.store(is_there(), Ordering::Relaxed);
        });
        Self { session: SessionSecrets::default(), there }
    }
}

/// Says whether the system has a keyring, however long that takes.
pub fn is_there() -> bool {
    keyring::v1::Entry::store_status().is_ok()
}

fn entry(holder: Holder<'_>) -> Option<keyring::v1::Entry> {
    keyring::v1::Entry::new(SERVICE, &format!("{} {}", holder.portal, holder.url)).ok()
}

impl Secrets for Keyring {
    fn of(&self, holder: Holder<'_>) -> Option<Secret> {
        let from_keyring = || entry(holder)?.get_password().ok().map(Secret::new);
        self.session.of(holder).or_else(from_keyring)
    }

    fn keep(&self, holder: Holder<'_>, secret: Secret) -> Kept {
        let kept = entry(holder).is_some_and(|entry| entry.set_password(secret.reveal()).is_ok());
        self.session.keep(holder, secret);
        if kept { Kept::InKeyring } else { Kept::UntilTheEnd }
    }

    fn forget(&self, holder: Holder<'_>) {
        self.session.forget(holder);
        if let Some(entry) = entry(holder) {
            entry.delete_credential().ok(); // it was not there
        }
    }

    fn has_keyring(&self) -> bool {
        self.there.load(Ordering::Relaxed)
    }
}
