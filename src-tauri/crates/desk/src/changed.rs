//! News: what changed, told to whoever listens. They ask again for what they show.

use std::sync::Mutex;

use crate::{lock, window::Changed};

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
