//! Where articles can go: the local portal, and others the desk has an account with.

mod connect;
mod terms;

use std::sync::Arc;

use portal::{
    Portal, Secret,
    native::Native,
    wordpress::{self, Wordpress},
};
use protocol::Caps;
use store::{
    Store, outbox,
    portals::{self, PortalRow},
};

use crate::{
    Clock, Desk, Error, Holder, Kept, Result, kind, lock,
    window::{Changed, PortalShown},
};

pub use connect::Connect;
pub(crate) use terms::row as term_row;

/// The name of the portal that the app itself runs.
pub const LOCAL: &str = "local";

/// Kinds of portals as they are kept.
const KIND_LOCAL: &str = "local";
const KIND_NATIVE: &str = "native";
const KIND_WORDPRESS: &str = "wordpress";

/// The local portal while it runs: its address, and the token made when it started.
pub struct LocalPortal {
    pub url: String,
    pub token: Secret,
}

/// Writes down the portal that the app runs itself, where it is not known yet.
pub(crate) fn know_local(store: &Store, clock: &Clock) -> Result<()> {
    let local = PortalRow {
        name: LOCAL.into(),
        kind: KIND_LOCAL.into(),
        url: String::new(),
        account: portals::Account::default(),
    };
    let known = store.read(|conn| portals::get(conn, LOCAL))?;
    if known.is_none() {
        store.write(|tx| portals::put(tx, &local, clock.now_ms()))?;
    }
    Ok(())
}

impl Desk {
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
        let running = lock(&self.local_portal).as_ref().map(|local| local.url.clone());
        let caps = self.caps_now(&row);
        PortalShown {
            connected: if on_this_machine {
                running.is_some()
            } else {
                self.secrets.of(holder(&row)).is_some()
            },
            url: if on_this_machine { running.unwrap_or_default() } else { row.url },
            caps,
            name: row.name,
            kind: row.kind,
            site_name: row.account.site_name,
            user: row.account.user,
            on_this_machine,
        }
    }

    /// Returns what a portal promises.
    pub(crate) fn caps_of_portal(&self, name: &str) -> Result<Caps> {
        Ok(self.caps_now(&self.known_portal(name)?))
    }

    /// What it promised when it was last spoken to, else when it was connected.
    pub(crate) fn caps_now(&self, row: &PortalRow) -> Caps {
        let spoken_to = lock(&self.spoken_to);
        let known = spoken_to.get(&row.name).filter(|known| known.row == *row);
        known.map_or_else(|| caps_of(&row.kind, row.account.companion), |known| known.portal.caps())
    }

    /// Keeps the password of a portal.
    ///
    /// # Errors
    /// [`Error::NoPortal`].
    pub fn keep_secret(&self, portal: &str, secret: Secret) -> Result<Kept> {
        let row = self.known_portal(portal)?;
        let kept = self.secrets.keep(holder(&row), secret);
        self.wake_jobs(portal);
        Ok(kept)
    }

    fn known_portal(&self, name: &str) -> Result<PortalRow> {
        self.store.read(|conn| portals::get(conn, name))?.ok_or_else(|| Error::NoPortal(name.to_owned()))
    }

    /// Forgets a portal's password, and the portal too where nothing was ever sent to it. Returns whether it is gone.
    ///
    /// # Errors
    /// [`Error::PortalName`] for the app's own portal; what the database says.
    pub fn forget_portal(&self, name: &str) -> Result<bool> {
        if name == LOCAL {
            return Err(Error::PortalName(name.to_owned()));
        }
        self.secrets.forget(holder(&self.known_portal(name)?));
        Ok(self.store.write(|tx| portals::remove_unused(tx, name))?)
    }

    /// What waited for this portal goes on. Where the database refuses, the jobs stay and can be sent again by hand.
    fn wake_jobs(&self, portal: &str) {
        if let Err(error) = self.store.write(|tx| outbox::wake(tx, portal, self.now())) {
            tracing::error!(kind = kind(&error), portal, %error, "the jobs that wait for a portal stay as they are");
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
    ///
    /// The same account is spoken to by the same value, which keeps its connections.
    pub(crate) fn portal(&self, name: &str) -> Result<Option<Arc<dyn Portal>>> {
        let row = self.known_portal(name)?;
        let (url, secret) = if row.kind == KIND_LOCAL {
            let Some(local) =
                lock(&self.local_portal).as_ref().map(|local| (local.url.clone(), local.token.clone()))
            else {
                return Ok(None);
            };
            local
        } else {
            let Some(secret) = self.secrets.of(holder(&row)) else { return Ok(None) };
            (row.url.clone(), secret)
        };
        let mut spoken_to = lock(&self.spoken_to);
        if let Some(known) = spoken_to.get(name).filter(|known| known.is_at(&row, &url, &secret)) {
            return Ok(Some(Arc::clone(&known.portal)));
        }
        let portal: Arc<dyn Portal> =
            adapter(&row, &url, secret.clone()).map_err(Error::PortalAddress)?.into();
        let known = SpokenTo { row, url, secret, portal: Arc::clone(&portal) };
        spoken_to.insert(name.to_owned(), known);
        Ok(Some(portal))
    }
}

#[cfg(test)]
impl Desk {
    /// Connects a portal that is only made up.
    pub(crate) fn speaks_by(&self, name: &str, portal: Arc<dyn Portal>) -> Result<()> {
        let (url, secret) = ("http://127.0.0.1:1".to_owned(), Secret::new("made up".into()));
        let account = portals::Account::default();
        let row = PortalRow { name: name.into(), kind: KIND_WORDPRESS.into(), url: url.clone(), account };
        self.store.write(|tx| portals::put(tx, &row, self.now()))?;
        self.secrets.keep(holder(&row), secret.clone());
        lock(&self.spoken_to).insert(name.into(), SpokenTo { row, url, secret, portal });
        Ok(())
    }
}

fn holder(row: &PortalRow) -> Holder<'_> {
    Holder { portal: &row.name, url: &row.url }
}

/// A portal that was spoken to, and by which account.
pub(crate) struct SpokenTo {
    row: PortalRow,
    url: String,
    secret: Secret,
    portal: Arc<dyn Portal>,
}

impl SpokenTo {
    fn is_at(&self, row: &PortalRow, url: &str, secret: &Secret) -> bool {
        self.row == *row && self.url == url && self.secret == *secret
    }
}

/// Returns the adapter of a portal's kind.
fn adapter(row: &PortalRow, url: &str, secret: Secret) -> Result<Box<dyn Portal>, portal::Fault> {
    if row.kind == KIND_WORDPRESS {
        return Ok(Box::new(Wordpress::new(&wordpress::Account {
            address: url.to_owned(),
            api: row.account.api.clone(),
            user: row.account.user.clone(),
            password: secret,
            certificate_authority: row.account.certificate_authority.clone(),
            site_language: row.account.site_language.clone(),
            companion: row.account.companion,
        })?));
    }
    Ok(Box::new(Native::new(url, secret, row.account.certificate_authority.as_deref())?))
}

/// Returns what a kind of portal promises; a WordPress does more where it has our plugin.
fn caps_of(kind: &str, companion: bool) -> Caps {
    match (kind, companion) {
        (KIND_WORDPRESS, true) => Wordpress::CAPS_WITH_PLUGIN,
        (KIND_WORDPRESS, false) => Wordpress::CAPS,
        _ => Native::CAPS,
    }
}
