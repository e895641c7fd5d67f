//! A desk at work: opened, with the local portal beside it and its outbox worked off.

use std::{path::Path, sync::Arc, time::Duration};

use desk::{Clock, Desk, LocalPortal, WorkerLock};
use local_portal::{Running, Serve};
use portal::Secret;
use tokio::time;

use crate::{home, keyring::Keyring};

/// What the local portal calls itself on its pages.
pub const SITE_NAME: &str = "Tòa Soạn";

/// How often what another process holds is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// Opens the desk in a folder for the person at this machine.
///
/// # Errors
/// As [`Desk::open`].
pub fn open(folder: &Path) -> desk::Result<Arc<Desk>> {
    Ok(Arc::new(Desk::open(folder, &home::person(), Box::new(Keyring::look()), Clock::system())?))
}

/// Runs the local portal beside the desk, with a token made now and kept in memory.
///
/// # Errors
/// [`local_portal::Error::InUse`] while another process runs it.
pub async fn start_local_portal(desk: &Desk) -> Result<Running, local_portal::Error> {
    let portal = local_portal::LocalPortal::open(&desk.folder().local_portal(), SITE_NAME)?;
    let token = new_token();
    let running = portal.serve(Serve { port: None, token: token.clone() }).await?;
    desk.local_portal_runs(Some(LocalPortal { url: running.url.clone(), token: Secret::new(token) }));
    Ok(running)
}

/// Keeps the local portal running and the outbox worked off, for as long as it is polled.
pub async fn keep_working(desk: Arc<Desk>) {
    match start_local_portal(&desk).await {
        Ok(running) => drop(tauri::async_runtime::spawn(running.until_it_stops())),
        Err(error) => {
            tracing::warn!(kind = desk::kind(&error), %error, "the local portal does not run yet");
            tauri::async_runtime::spawn(start_later(Arc::clone(&desk)));
        }
    }
    let lock = worker_lock(&desk).await;
    desk::work(desk, lock).await;
}

/// Another process runs the portal: it is started here once that one has ended.
async fn start_later(desk: Arc<Desk>) {
    loop {
        time::sleep(TRY_AGAIN).await;
        if let Ok(running) = start_local_portal(&desk).await {
            return running.until_it_stops().await;
        }
    }
}

/// Waits until no other process works off this desk's outbox.
async fn worker_lock(desk: &Desk) -> WorkerLock {
    loop {
        match desk.folder().lock_worker() {
            Ok(Some(lock)) => return lock,
            Ok(None) => {}
            Err(error) => {
                tracing::error!(kind = desk::kind(&error), %error, "the outbox cannot be worked off");
            }
        }
        time::sleep(TRY_AGAIN).await;
    }
}

/// Returns a token nobody can guess: 244 random bits.
pub fn new_token() -> String {
    format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple())
}
