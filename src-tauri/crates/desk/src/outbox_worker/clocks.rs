//! The portal's clock: it decides when the time of a job has come.

use std::{collections::HashMap, sync::Mutex};

use domain::outbox as policy;
use portal::Portal;
use store::outbox::JobRow;

use crate::{
    Desk, Result, lock,
    outbox::may_be_held,
    window::{Changed, PortalClock},
};

/// A look at a portal's clock is good for so long (ms).
const GOOD_FOR: i64 = 60_000;
/// Answers take their time on the way: a smaller change of a difference is none (ms).
const NO_CHANGE: i64 = 2_000;

/// When the portals' clocks were last looked at, and how far they were ahead.
#[derive(Debug, Default)]
pub(crate) struct Clocks(Mutex<HashMap<String, Seen>>);

#[derive(Debug, Clone, Copy)]
struct Seen {
    /// By this machine's clock.
    at: i64,
    ahead: i64,
}

impl Desk {
    /// Returns when a job is to be looked at again whose time has not come. One that may have arrived is not early.
    pub(super) async fn too_early(&self, job: &JobRow) -> Result<Option<i64>> {
        let is_early = job.sent_at.is_none() || may_be_held(job);
        let Some(not_before) = job.not_before.filter(|_| is_early) else { return Ok(None) };
        let ahead = self.clock_ahead(&job.portal).await?;
        Ok(policy::looked_at_again(not_before, self.now(), ahead))
    }

    /// Returns how far a portal's clock is ahead of this machine's (ms), where that is worth saying.
    ///
    /// # Errors
    /// [`crate::Error::NoPortal`]; what the database says.
    pub async fn portal_clock(&self, portal: &str) -> Result<PortalClock> {
        let ahead = self.clock_ahead(portal).await?;
        Ok(PortalClock { ahead: ahead.filter(|ahead| ahead.abs() > policy::WORTH_SAYING) })
    }

    /// Returns how far the portal's clock is ahead of this machine's (ms), as far as is known. A portal that cannot be
    /// asked now may have been asked before.
    pub(super) async fn clock_ahead(&self, name: &str) -> Result<Option<i64>> {
        let known = self.store.read(|conn| store::portals::clock_ahead(conn, name))?;
        let seen = lock(&self.clocks.0).get(name).copied();
        if let Some(seen) = seen.filter(|seen| self.now().abs_diff(seen.at) < GOOD_FOR.unsigned_abs()) {
            return Ok(Some(seen.ahead));
        }
        let Some(portal) = self.portal(name)? else { return Ok(known) };
        let Some(ahead) = self.look_at_clock(portal.as_ref()).await else { return Ok(known) };
        lock(&self.clocks.0).insert(name.to_owned(), Seen { at: self.now(), ahead });
        if known.is_none_or(|known| known.abs_diff(ahead) >= NO_CHANGE.unsigned_abs()) {
            self.store.write(|tx| store::portals::keep_clock_ahead(tx, name, ahead))?;
            self.news.tell(&Changed { outbox: true, ..Changed::default() });
        }
        Ok(Some(ahead))
    }

    /// The answer was given between asking and hearing.
    async fn look_at_clock(&self, portal: &dyn Portal) -> Option<i64> {
        let asked = self.now();
        let there = portal.now().await.ok()??;
        Some(there.saturating_sub(asked.midpoint(self.now())))
    }
}
