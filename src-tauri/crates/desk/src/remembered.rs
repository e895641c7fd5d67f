//! What the desk remembers between starts: who sits there, what was open, what the person prefers.

use domain::{
    ids::{ArticleId, PersonId},
    limits::LIMITS,
};
use store::{Store, carets, people, settings, undo_histories};

use crate::{
    Clock, Desk, Error, Recovered, Result, kind,
    window::{Caret, PageWindowPlace, Preferences, Start, UndoKept},
};

const OPEN: &str = "open_article";
/// A history that is larger is not kept: the window cuts its own at half of this.
const MOST_HISTORY: usize = 512 << 10;
pub(crate) const PREFERENCES: &str = "preferences";
const PAGE_WINDOW: &str = "page_window";
const PAGE_WINDOW_OPEN: &str = "page_window_open";
pub(crate) const WATCHED_FOLDER: &str = "watched_folder";

/// Returns the person of this desk; a new desk gets `name`.
pub(crate) fn sit_down(store: &Store, name: &str, clock: &Clock) -> Result<(PersonId, String)> {
    if let Some(person) = store.read(people::first)? {
        return Ok(person);
    }
    let id = PersonId(clock.new_id());
    store.write(|tx| people::add(tx, id, name, clock.now_ms()))?;
    Ok((id, name.to_owned()))
}

impl From<&Caret> for carets::Caret {
    fn from(caret: &Caret) -> Self {
        Self { field: caret.field.clone(), anchor: caret.anchor, head: caret.head }
    }
}

impl Desk {
    /// Returns all the window needs when it opens.
    ///
    /// # Errors
    /// What the database says.
    pub fn start(&self, version: &str) -> Result<Start> {
        let open = self.remembered(OPEN)?.and_then(|id| id.parse::<ArticleId>().ok());
        Ok(Start {
            version: version.to_owned(),
            person: self.person_name.clone(),
            desk_folder: self.folder.path().display().to_string(),
            open,
            preferences: self.preferences()?,
            limits: LIMITS,
            portals: self.portals()?,
            keyring: self.secrets.has_keyring(),
            watched_folder: self.watched_folder()?,
            page_window_open: self.page_window_was_open()?,
            put_right: self.recovered().map(Recovered::shown),
        })
    }

    /// Remembers that no article is open.
    ///
    /// # Errors
    /// What the database says.
    pub fn close_article(&self) -> Result<()> {
        self.remember(OPEN, "")
    }

    pub(crate) fn remember_open(&self, id: ArticleId) -> Result<()> {
        self.remember(OPEN, &id.to_string())
    }

    /// Remembers where the caret is.
    ///
    /// # Errors
    /// What the database says.
    pub fn remember_caret(&self, article: ArticleId, caret: &Caret) -> Result<()> {
        self.store.write(|tx| carets::keep(tx, article, &caret.into()))?;
        Ok(())
    }

    /// Returns what the person prefers.
    ///
    /// # Errors
    /// What the database says.
    pub fn preferences(&self) -> Result<Preferences> {
        let kept = self.remembered(PREFERENCES)?.and_then(|text| serde_json::from_str(&text).ok());
        Ok(kept.unwrap_or_default())
    }

    /// Keeps what can be undone in an article, for the next start.
    ///
    /// # Errors
    /// What the database says.
    pub fn remember_undo(&self, kept: UndoKept) -> Result<()> {
        let UndoKept { article, body_length, body_hash, history } = kept;
        let fits = history.len() <= MOST_HISTORY && body_hash.len() <= 64;
        let kept = undo_histories::UndoHistory { body_length, body_hash, history };
        self.store.write::<_, Error>(|tx| {
            if fits {
                undo_histories::keep(tx, article, &kept)?;
            } else {
                undo_histories::forget(tx, article)?;
            }
            Ok(())
        })
    }

    /// Returns what could be undone in an article when it was last written in.
    ///
    /// # Errors
    /// What the database says.
    pub fn undo_history(&self, article: ArticleId) -> Result<Option<UndoKept>> {
        let kept = self.store.read(|conn| undo_histories::of(conn, article))?;
        if let Err(error) = self.forget_pasted(article, kept.as_ref()) {
            // An article opens all the same, and they are forgotten another time.
            tracing::warn!(kind = kind(&error), %error, "places of pasted pictures were not forgotten");
        }
        Ok(kept.map(|undo_histories::UndoHistory { body_length, body_hash, history }| UndoKept {
            article,
            body_length,
            body_hash,
            history,
        }))
    }

    /// Remembers what the person prefers.
    ///
    /// # Errors
    /// What the database says.
    pub fn prefer(&self, preferences: &Preferences) -> Result<()> {
        let text = serde_json::to_string(preferences).map_err(store::Error::from)?;
        self.remember(PREFERENCES, &text)
    }

    /// Returns where the page's own window stood when it was last closed.
    ///
    /// # Errors
    /// What the database says.
    pub fn page_window_place(&self) -> Result<Option<PageWindowPlace>> {
        Ok(self.remembered(PAGE_WINDOW)?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Remembers where the page's own window stands.
    ///
    /// # Errors
    /// What the database says.
    pub fn remember_page_window(&self, place: &PageWindowPlace) -> Result<()> {
        self.remember(PAGE_WINDOW, &serde_json::to_string(place).map_err(store::Error::from)?)
    }

    /// Returns whether the page's own window was open when the desk was left.
    ///
    /// # Errors
    /// What the database says.
    pub fn page_window_was_open(&self) -> Result<bool> {
        Ok(self.remembered(PAGE_WINDOW_OPEN)?.is_some_and(|open| open == "yes"))
    }

    /// Remembers whether the page's own window is open: it is opened again with the desk.
    ///
    /// # Errors
    /// What the database says.
    pub fn remember_page_window_open(&self, open: bool) -> Result<()> {
        self.remember(PAGE_WINDOW_OPEN, if open { "yes" } else { "no" })
    }

    /// Returns the folder whose pictures are taken in by themselves.
    ///
    /// # Errors
    /// What the database says.
    pub fn watched_folder(&self) -> Result<Option<String>> {
        Ok(self.remembered(WATCHED_FOLDER)?.filter(|path| !path.is_empty()))
    }

    pub(crate) fn remember_watched_folder(&self, path: &str) -> Result<()> {
        self.remember(WATCHED_FOLDER, path)
    }

    fn remembered(&self, name: &str) -> Result<Option<String>> {
        Ok(self.store.read(|conn| settings::get(conn, name))?)
    }

    fn remember(&self, name: &str, value: &str) -> Result<()> {
        self.store.write::<_, Error>(|tx| Ok(settings::set(tx, name, value)?))
    }
}
