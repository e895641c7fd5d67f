//! One function per thing a person can do at the desk. It knows no windows, no command line and no HTTP server;
//! the clock and the source of ids are its fields, so that tests hold them still.

mod article;
mod backup;
pub mod bundle;
mod changed;
mod changing;
mod clock;
mod error;
mod fields;
mod files;
mod folder;
mod hand_over;
mod history;
mod kind;
mod live;
mod ninjs;
mod outbox;
mod outbox_worker;
mod paste;
mod picture;
mod portals;
mod preview;
pub mod publication_log;
mod publish;
mod queue;
mod remembered;
mod report;
mod sample;
mod secrets;
mod show;
mod source_page;
mod spelling;
mod steps;
mod take_in;
mod taking_away;
mod templates;
mod times;
mod trash;
mod watch;
pub mod window;

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

pub use article::Words;
pub use backup::{Backup, Recovered, Restored, keep_backups, last_report, list as backups, restore};
pub use changed::{News, look_elsewhere};
pub use changing::Change;
pub use clock::Clock;
pub use error::{Error, Result};
pub use folder::{Folder, WorkerLock, write_whole};
pub use history::keep_history;
pub use kind::kind;
pub use outbox::Job;
pub use outbox_worker::work;
pub use picture::Attach;
pub use portals::{Connect, LOCAL, LocalPortal};
pub use report::{Surroundings, report};
pub use secrets::{Holder, Kept, Secrets, SessionSecrets, variable};
pub use spelling::{WordAsked, WordKept, WordsAsked, WordsChecked};
pub use templates::Existing as ExistingTemplates;

use domain::ids::{ArticleId, PersonId};
use media::{rendition::Renditions, vault::Vault};
use store::Store;

/// An open desk: its database, its pictures, and who sits there.
pub struct Desk {
    folder: Folder,
    store: Store,
    vault: Vault,
    renditions: Renditions,
    person: PersonId,
    person_name: String,
    clock: Clock,
    secrets: Box<dyn Secrets>,
    local_portal: Mutex<Option<LocalPortal>>,
    spoken_to: Mutex<HashMap<String, portals::SpokenTo>>,
    clocks: outbox_worker::Clocks,
    previews: preview::Previews,
    speller: ::spelling::Speller,
    /// The last place that was pasted when the desk was opened.
    pasted_before: i64,
    unkept: Mutex<history::AllUnkept>,
    /// Articles of which the last look could keep no revision.
    not_kept: Mutex<BTreeSet<ArticleId>>,
    news: News,
    recovered: Option<Recovered>,
    /// When a backup could not be made, and none could since (Unix ms).
    backup_failed: Mutex<Option<i64>>,
    /// Last: until the database is closed nobody may put another in its place.
    _at_work: folder::DeskLock,
}

impl Desk {
    /// Opens the desk in `folder` (made, owner only, if it is not there) for `person`, who is added to a new desk.
    ///
    /// # Errors
    /// [`Error::Folder`] when the folder cannot be made or used, [`Error::Store`] when its database cannot be opened,
    /// [`Error::NothingToRestore`] when it is damaged beyond reading and there is no backup.
    pub fn open(folder: &Path, person: &str, secrets: Box<dyn Secrets>, clock: Clock) -> Result<Self> {
        let folder = Folder::open(folder)?;
        let opened = Opened::at(&folder, person, &clock).or_else(|error| {
            if !store::backup::note_when_damaged(&folder.database(), &error) {
                return Err(error);
            }
            Opened::at(&folder, person, &clock) // it is put right now
        })?;
        let Opened { at_work, recovered, store, person: (person, person_name), pasted_before } = opened;
        Ok(Self {
            vault: Vault::open(&folder.pictures())?,
            renditions: Renditions::open(&folder.renditions())?,
            folder,
            pasted_before,
            store,
            person,
            person_name,
            clock,
            secrets,
            local_portal: Mutex::default(),
            spoken_to: Mutex::default(),
            clocks: outbox_worker::Clocks::default(),
            previews: preview::Previews::default(),
            speller: ::spelling::Speller::new(::spelling::of_the_system()),
            unkept: Mutex::default(),
            not_kept: Mutex::default(),
            news: News::default(),
            recovered,
            backup_failed: Mutex::default(),
            _at_work: at_work,
        })
    }

    /// Returns the news of what changed, to be listened to.
    #[must_use]
    pub fn news(&self) -> &News {
        &self.news
    }

    /// Returns what was put right when this desk was opened, where its database was damaged.
    #[must_use]
    pub fn recovered(&self) -> Option<&Recovered> {
        self.recovered.as_ref()
    }

    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    fn now(&self) -> i64 {
        self.clock.now_ms()
    }
}

/// The desk's database, opened and ready for a person to sit down.
struct Opened {
    store: Store,
    person: (PersonId, String),
    pasted_before: i64,
    recovered: Option<Recovered>,
    at_work: folder::DeskLock,
}

impl Opened {
    fn at(folder: &Folder, person: &str, clock: &Clock) -> Result<Self> {
        let (at_work, recovered) = backup::at_work(folder, clock)?;
        let store = Store::open(&folder.database())?;
        let person = remembered::sit_down(&store, person, clock)?;
        portals::know_local(&store, clock)?;
        let pasted_before = store.read(store::pasted::last)?;
        Ok(Self { store, person, pasted_before, recovered, at_work })
    }
}

/// A lock that outlives a panic of whoever held it: what it guards is whole between statements.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
