//! Connecting to a portal, in two steps: what answers there, and whom it takes us for. Nothing is kept before the portal
//! has said who we are.

use portal::{
    Secret,
    probe::{self, Found, Kind, probe},
};
use protocol::Act;
use store::portals::{self, PortalRow};

use super::{KIND_NATIVE, KIND_WORDPRESS, LOCAL, adapter, caps_of};
use crate::{
    Desk, Error, Kept, Result,
    window::{PortalConnected, PortalFound},
};

/// Everything a connection needs.
pub struct Connect {
    /// What the portal is to be called here.
    pub name: String,
    pub url: String,
    /// The user's name on a WordPress.
    pub user: String,
    pub secret: Secret,
    /// PEM of a newsroom's own certificate authority; without one, that of a portal already known at the address.
    pub certificate_authority: Option<String>,
}

impl Desk {
    /// Step one: finds out what answers at an address.
    ///
    /// # Errors
    /// [`Error::PortalAddress`] when it is none, [`Error::Portal`] when nothing or something else answers.
    pub async fn probe_portal(&self, url: &str) -> Result<PortalFound> {
        let found = found(url, self.authority_at(url)?.as_deref()).await?;
        let kind = kind_of(found.kind);
        Ok(PortalFound {
            kind: kind.into(),
            name: self.free_name(&found)?,
            url: found.address,
            site_name: found.name,
            may_authorize: found.authorize.is_some(),
            caps: caps_of(kind, found.companion),
        })
    }

    /// Returns the portal's own page where a person lets an application in, calling back at `back`.
    ///
    /// # Errors
    /// As [`Desk::probe_portal`]; [`Error::NoAuthorizePage`] where it has none.
    pub async fn authorize_page(&self, url: &str, back: &str) -> Result<String> {
        let found = found(url, self.authority_at(url)?.as_deref()).await?;
        let page = found.authorize.ok_or(Error::NoAuthorizePage)?;
        Ok(probe::authorize_address(&page, "Tòa Soạn", back)?)
    }

    /// Step two: signs in, and keeps the account once the portal has said who we are. What waited for it goes on.
    ///
    /// # Errors
    /// [`Error::PortalName`], [`Error::PortalAddress`], or [`Error::Portal`] with the portal's own words.
    pub async fn connect_portal(&self, connect: Connect) -> Result<PortalConnected> {
        refuse_name(&connect.name)?;
        let known = self.authority_at(&connect.url)?;
        let certificate_authority = connect.certificate_authority.or(known);
        let found = found(&connect.url, certificate_authority.as_deref()).await?;
        let row = PortalRow {
            name: connect.name,
            kind: kind_of(found.kind).into(),
            url: found.address,
            account: portals::Account {
                site_name: found.name,
                user: connect.user.trim().to_owned(),
                api: found.api,
                site_language: found.site_language,
                certificate_authority,
                companion: found.companion,
            },
        };
        self.refuse_another_portals_name(&row)?;
        let me = adapter(&row, &row.url, connect.secret.clone())?.me().await?;
        self.store.write(|tx| portals::put(tx, &row, self.now()))?;
        let kept = self.keep_secret(&row.name, connect.secret)?;
        Ok(PortalConnected {
            portal: self.portal_shown(row),
            user: me.name,
            role: me.role,
            may_publish: me.may.contains(&Act::Publish),
            may_correct: me.may.contains(&Act::Correct),
            in_keyring: kept == Kept::InKeyring,
        })
    }

    /// Returns the newsroom's own certificate authority that is believed at an address already.
    fn authority_at(&self, url: &str) -> Result<Option<String>> {
        let address = url.trim().trim_end_matches('/');
        let known = self.store.read(portals::all)?.into_iter().filter(|row| row.url == address);
        Ok(known.filter_map(|row| row.account.certificate_authority).next())
    }

    /// What is live and matched under a name is one portal's: the name is not led to another.
    fn refuse_another_portals_name(&self, row: &PortalRow) -> Result<()> {
        let known = self.store.read(|conn| portals::get(conn, &row.name))?;
        match known.filter(|known| known.url != row.url || known.kind != row.kind) {
            Some(known) => Err(Error::PortalElsewhere { name: known.name, url: known.url }),
            None => Ok(()),
        }
    }

    /// Returns a name made of the portal's host that no portal has here.
    fn free_name(&self, found: &Found) -> Result<String> {
        let host = found.address.split("://").last().unwrap_or_default();
        let host = host.split(['/', ':']).next().unwrap_or_default().trim_start_matches("www.");
        let host: String = host.chars().filter(|c| may_be_in_a_name(*c)).take(50).collect();
        let base = if host.is_empty() { "portal".to_owned() } else { host };
        let taken: Vec<String> = self.store.read(portals::all)?.into_iter().map(|row| row.name).collect();
        let mut numbered = (2..).map(|number| format!("{base}-{number}"));
        let is_free = |name: &String| name != LOCAL && !taken.contains(name);
        Ok(Some(base.clone()).filter(is_free).or_else(|| numbered.find(is_free)).unwrap_or(base))
    }
}

async fn found(url: &str, certificate_authority: Option<&str>) -> Result<Found> {
    probe(url, certificate_authority).await.map_err(|fault| {
        if matches!(fault, portal::Fault::Address(_)) {
            Error::PortalAddress(fault)
        } else {
            Error::Portal(fault)
        }
    })
}

fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Native => KIND_NATIVE,
        Kind::Wordpress => KIND_WORDPRESS,
    }
}

fn refuse_name(name: &str) -> Result<()> {
    let is_name = !name.is_empty() && name.len() <= 60 && name.chars().all(may_be_in_a_name);
    if is_name && name != LOCAL { Ok(()) } else { Err(Error::PortalName(name.to_owned())) }
}

fn may_be_in_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}
