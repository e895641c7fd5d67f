//! Where articles can go: the local portal, and others the desk has an account with.

use portal::{Portal, Secret, native::Native};
use store::{
    outbox,
    portals::{self, PortalRow},
};

use crate::{
    Desk, Error, Kept, Result, lock,
    window::{Changed, PortalShown},
};

/// The name of the portal that the app itself runs.
pub const LOCAL: &str = "local";

const KIND_LOCAL: &str = "local";
const KIND_NATIVE: &str = "native";

/// The local portal while it runs: its address, and the token made when it started.
pub struct LocalPortal {
    pub url: String,
    pub token: Secret,
}

impl Desk {
    /// A new desk knows the local portal.
    pub(crate) fn know_local_portal(&self) -> Result<()> {
        let local = PortalRow { name: LOCAL.into(), kind: KIND_LOCAL.into(), url: String::new() };
        let known = self.store.read(|conn| portals::get(conn, LOCAL))?;
        if known.is_none() {
            self.store.write(|tx| portals::put(tx, &local, self.now()))?;
        }
        Ok(())
    }

    /// Tells the desk that the local portal runs (in this process), or that it has stopped.
    pub fn local_portal_runs(&self, local: Option<LocalPortal>) {
        let runs = local.is_some();
        *lock(&self.local_portal) = local;
        if runs {
            self.wake_jobs(LOCAL);
        }
    }

    /// Returns the portals, the local one first.
    ///
    /// # Errors
    /// What the database says.
    pub fn portals(&self) -> Result<Vec<PortalShown>> {
        let rows = self.store.read(portals::all)?;
        Ok(rows.into_iter().map(|row| self.portal_shown(row)).collect())
    }

    fn portal_shown(&self, row: PortalRow) -> PortalShown {
        let on_this_machine = row.kind == KIND_LOCAL;
        let running = || lock(&self.local_portal).as_ref().map(|local| local.url.clone()).unwrap_or_default();
        PortalShown {
            url: if on_this_machine { running() } else { row.url },
            name: row.name,
            kind: row.kind,
            on_this_machine,
        }
    }

    /// Adds a portal that speaks our protocol, and keeps its password.
    ///
    /// # Errors
    /// [`Error::PortalName`], or [`Error::PortalAddress`] when the address is not one a password may be sent to.
    pub fn add_portal(&self, name: &str, url: &str, secret: Secret) -> Result<Kept> {
        let is_name = !name.is_empty()
            && name.len() <= 60
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        if !is_name || name == LOCAL {
            return Err(Error::PortalName(name.to_owned()));
        }
        Native::new(url, secret.clone()).map_err(Error::PortalAddress)?;
        let row = PortalRow { name: name.to_owned(), kind: KIND_NATIVE.into(), url: url.to_owned() };
        self.store.write(|tx| portals::put(tx, &row, self.now()))?;
        Ok(self.keep_secret(name, secret))
    }

    /// Keeps the password of a portal.
    pub fn keep_secret(&self, portal: &str, secret: Secret) -> Kept {
        let kept = self.secrets.keep(portal, secret);
        self.wake_jobs(portal);
        kept
    }

    /// What waited for this portal goes on. Where the database refuses, the jobs stay and can be sent again by hand.
    fn wake_jobs(&self, portal: &str) {
        if let Err(error) = self.store.write(|tx| outbox::wake(tx, portal, self.now())) {
            tracing::error!("the jobs that wait for “{portal}” stay as they are: {error}");
        }
        self.news.tell(&Changed { outbox: true, ..Changed::default() });
    }

    /// Wakes the jobs whose portals' passwords are known by now: one may have been given to another process.
    pub(crate) fn wake_known(&self) -> Result<()> {
        for row in self.store.read(portals::all)? {
            if self.portal(&row.name)?.is_some() {
                self.wake_jobs(&row.name);
            }
        }
        Ok(())
    }

    /// Returns the portal ready to be spoken to, or `None` while its password is not known (or it does not run).
    pub(crate) fn portal(&self, name: &str) -> Result<Option<Box<dyn Portal>>> {
        let row = self
            .store
            .read(|conn| portals::get(conn, name))?
            .ok_or_else(|| Error::NoPortal(name.to_owned()))?;
        let account = if row.kind == KIND_LOCAL {
            lock(&self.local_portal).as_ref().map(|local| (local.url.clone(), local.token.clone()))
        } else {
            self.secrets.of(name).map(|secret| (row.url, secret))
        };
        let speaking = account
            .map(|(url, secret)| Native::new(&url, secret))
            .transpose()
            .map_err(Error::PortalAddress)?;
        Ok(speaking.map(|native| Box::new(native) as Box<dyn Portal>))
    }
}
