//! The desk's own adapter, for one of the site's people.

use std::time::Duration;

use portal::{
    Fault, Secret,
    wordpress::{Account, Patience, Wordpress},
};

use super::{User, WordPress};

const PATIENCE: Patience = Patience {
    answer: Duration::from_secs(10),
    // This machine's WordPress has done by then whatever it was asked.
    settles: Duration::from_secs(1),
};

impl WordPress {
    /// Speaks to the site as a desk does, in this user's name.
    ///
    /// # Errors
    /// When the site has no address that a password may be sent to.
    pub fn desk(&self, user: &User) -> Result<Wordpress, Fault> {
        self.desk_at(&self.url, user)
    }

    /// As [`Self::desk`], by the network that begins at `url`.
    ///
    /// # Errors
    /// As [`Self::desk`].
    pub fn desk_at(&self, url: &str, user: &User) -> Result<Wordpress, Fault> {
        Wordpress::with_patience(&self.account(url, user), PATIENCE)
    }

    /// Returns this user's account on the site, at `url`.
    #[must_use]
    pub fn account(&self, url: &str, user: &User) -> Account {
        Account {
            address: url.to_owned(),
            api: None,
            user: user.name.clone(),
            password: Secret::new(user.application_password.clone()),
            certificate_authority: None,
            site_language: "en-US".into(),
            companion: false,
        }
    }
}
