//! News: what changed, told to whoever listens. They ask again for what they show.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::{Desk, lock, window::Changed};

/// How often it is looked whether another process wrote, e.g. the command line beside the window.
const LOOK: Duration = Duration::from_secs(1);

type Listener = Box<dyn Fn(&Changed) + Send + Sync>;

/// Tells listeners what changed.
#[derive(Default)]
pub struct News {
    listeners: Mutex<Vec<Listener>>,
    /// Wakes the outbox worker.
    pub(crate) outbox: tokio::sync::Notify,
}

impl News {
    /// Calls `hear` at every change from now on.
    pub fn listen(&self, hear: impl Fn(&Changed) + Send + Sync + 'static) {
        lock(&self.listeners).push(Box::new(hear));
    }

    pub(crate) fn tell(&self, changed: &Changed) {
        for hear in lock(&self.listeners).iter() {
            hear(changed);
        }
        if changed.outbox {
            self.outbox.notify_one();
        }
    }
}

/// Tells of what other processes write to this desk, for as long as it is polled.
pub async fn look_elsewhere(desk: Arc<Desk>) {
    let (mut seen, mut in_place) = (desk.store.written_elsewhere().ok(), true);
    loop {
        tokio::time::sleep(LOOK).await;
        let found = desk.store.is_in_place();
        if let (true, Err(error)) = (in_place, &found) {
            tracing::error!(kind = crate::kind(error), %error, "the database is not in its place"); // a save will say so
        }
        in_place = found.is_ok();
        let now = desk.store.written_elsewhere().ok();
        if now != seen {
            seen = now;
            // What it was is not known: everything that is shown is asked for again.
            desk.news.tell(&Changed { articles: Vec::new(), outbox: true, pictures: true });
        }
    }
}
