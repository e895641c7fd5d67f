//! The window's commands about portals. Those that ask a portal wait for it, off the window's thread.

use std::sync::Mutex;

use desk::{Connect, window::*};
use portal::Secret;
use tauri::State;
use tokio::sync::oneshot;

use super::{Answer, JobAsked, TheDesk};
use crate::{
    authorize::{self, NotGranted},
    failure::{Code, Failure},
};

/// The sign-in that waits for the person's browser, so that it can be given up.
#[derive(Default)]
pub struct SigningIn(Mutex<Option<oneshot::Sender<()>>>);

#[tauri::command(async)]
pub fn portals(desk: TheDesk<'_>) -> Answer<Vec<PortalShown>> {
    Ok(desk.portals()?)
}

#[tauri::command]
pub async fn probe_portal(desk: TheDesk<'_>, request: PortalAddress) -> Answer<PortalFound> {
    Ok(desk.probe_portal(&request.url).await?)
}

#[tauri::command]
pub async fn connect_portal(desk: TheDesk<'_>, request: PortalSignIn) -> Answer<PortalConnected> {
    let PortalSignIn { name, url, user, secret } = request;
    let secret = Secret::new(secret.trim().to_owned());
    Ok(desk.connect_portal(Connect { name, url, user, secret, certificate_authority: None }).await?)
}

/// Opens the portal's own page in the person's browser and waits until it has let us in.
#[tauri::command]
pub async fn authorize_portal(
    desk: TheDesk<'_>,
    signing_in: State<'_, SigningIn>,
    request: PortalAuthorize,
) -> Answer<PortalConnected> {
    let PortalAuthorize { name, url } = request;
    let waiting = authorize::listen().await?;
    let page = desk.authorize_page(&url, &waiting.back).await?;
    tauri_plugin_opener::open_url(page, None::<&str>)
        .map_err(|error| Failure::new(Code::NoBrowser, error.to_string()))?;
    let given_up = signing_in.begin();
    let granted = tokio::select! {
        granted = waiting.granted() => granted?,
        _ = given_up => return Err(NotGranted::Refused.into()),
    };
    let connect =
        Connect { name, url, user: granted.user, secret: granted.password, certificate_authority: None };
    Ok(desk.connect_portal(connect).await?)
}

/// The person does not wait for the browser any longer.
#[tauri::command(async)]
pub fn stop_authorizing(signing_in: State<'_, SigningIn>) -> Answer<()> {
    signing_in.give_up();
    Ok(())
}

#[tauri::command(async)]
pub fn forget_portal(desk: TheDesk<'_>, request: PortalNamed) -> Answer<Vec<PortalShown>> {
    desk.forget_portal(&request.name)?;
    Ok(desk.portals()?)
}

#[tauri::command]
pub async fn portal_terms(desk: TheDesk<'_>, request: PortalNamed) -> Answer<PortalTerms> {
    Ok(desk.portal_terms(&request.name).await?)
}

#[tauri::command]
pub async fn portal_clock(desk: TheDesk<'_>, request: PortalNamed) -> Answer<PortalClock> {
    Ok(desk.portal_clock(&request.name).await?)
}

#[tauri::command(async)]
pub fn match_term(desk: TheDesk<'_>, request: TermMatched) -> Answer<()> {
    Ok(desk.match_term(&request)?)
}

#[tauri::command(async)]
pub fn replace_there(desk: TheDesk<'_>, request: JobAsked) -> Answer<Vec<JobShown>> {
    Ok(desk.replace_there(request.id)?)
}

impl SigningIn {
    /// One at a time: a new one ends the one before.
    fn begin(&self) -> oneshot::Receiver<()> {
        let (end, ended) = oneshot::channel();
        *self.lock() = Some(end);
        ended
    }

    fn give_up(&self) {
        self.lock().take();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<oneshot::Sender<()>>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
