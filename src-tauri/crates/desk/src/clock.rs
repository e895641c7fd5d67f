//! Time and new ids, held in one place so that tests can hold them still.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use uuid::Uuid;

/// Where the desk takes its time and its ids from.
#[derive(Clone)]
pub struct Clock {
    now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::of(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
    }

    /// A clock that shows what `now_ms` returns (Unix milliseconds, UTC).
    pub fn of(now_ms: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { now_ms: Arc::new(now_ms) }
    }

    /// Returns Unix milliseconds, UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.now_ms)()
    }

    /// Returns a new id. Ids are never derived from the desk's clock: a clock set back must not repeat one.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
