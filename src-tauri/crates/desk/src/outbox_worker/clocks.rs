//! The portal's clock: it decides when the time of a job has come.

use std::{collections::HashMap, sync::Mutex};

use domain::outbox as policy;
use portal::{Fault, Portal};
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

/// Whether the time of a job has come.
pub(super) enum Time {
    HasCome,
    /// It is looked at again then (Unix ms, by our clock).
    Comes(i64),
    /// By our clock it has, but the portal's decides and could not be asked: nothing is sent.
    NotKnown(Fault),
}

impl Desk {
    /// Says whether a job's time has come. One that may have arrived is not early.
    pub(super) async fn time_of(&self, job: &JobRow) -> Result<Time> {
        let may_be_early = job.sent_at.is_none() || may_be_held(job);
        let Some(not_before) = job.not_before.filter(|_| may_be_early) else { return Ok(Time::HasCome) };
        let (ahead, failed) = self.ask_clock(&job.portal).await?;
        Ok(match policy::looked_at_again(not_before, self.now(), ahead) {
            Some(at) => Time::Comes(at),
            None => failed.map_or(Time::HasCome, Time::NotKnown),
        })
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
        Ok(self.ask_clock(name).await?.0)
    }

    /// As [`Desk::clock_ahead`], with why the portal could not be asked now.
    async fn ask_clock(&self, name: &str) -> Result<(Option<i64>, Option<Fault>)> {
        let known = self.store.read(|conn| store::portals::clock_ahead(conn, name))?;
        let seen = lock(&self.clocks.0).get(name).copied();
        if let Some(seen) = seen.filter(|seen| self.now().abs_diff(seen.at) < GOOD_FOR.unsigned_abs()) {
            return Ok((Some(seen.ahead), None));
        }
        let Some(portal) = self.portal(name)? else { return Ok((known, None)) };
        let ahead = match self.look_at_clock(portal.as_ref()).await {
            Ok(Some(ahead)) => ahead,
            Ok(None) => return Ok((known, None)),
            Err(fault) => return Ok((known, Some(fault))),
        };
        lock(&self.clocks.0).insert(name.to_owned(), Seen { at: self.now(), ahead });
        if known.is_none_or(|known| known.abs_diff(ahead) >= NO_CHANGE.unsigned_abs()) {
            self.store.write(|tx| store::portals::keep_clock_ahead(tx, name, ahead))?;
            self.news.tell(&Changed { outbox: true, ..Changed::default() });
        }
        Ok((Some(ahead), None))
    }

    /// The answer was given between asking and hearing.
    async fn look_at_clock(&self, portal: &dyn Portal) -> Result<Option<i64>, Fault> {
        let asked = self.now();
        let there = portal.now().await?;
        Ok(there.map(|there| there.saturating_sub(asked.midpoint(self.now()))))
    }
}
