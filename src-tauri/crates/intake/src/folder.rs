//! A watched folder: a file is told of once it has come to rest, so that no half-copied picture is taken in.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant, SystemTime},
};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long size and time of change must have stood still (issue: 2 s).
pub const REST: Duration = Duration::from_secs(2);

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} cannot be watched: {why}", .folder.display())]
    Watch { folder: PathBuf, why: String },
}

/// A folder being watched, until it is dropped.
#[derive(Debug)]
pub struct Watch {
    /// Dropping it ends the messages, and with them the thread.
    _watcher: RecommendedWatcher,
}

/// Watches `folder` and calls `found` once with each file in it, old or new, when it has rested for `rest`.
///
/// # Errors
/// [`Error::Watch`] when it is no folder or the system refuses.
pub fn watch(
    folder: &Path,
    rest: Duration,
    found: impl Fn(PathBuf) + Send + 'static,
) -> Result<Watch, Error> {
    let failed = |why: String| Error::Watch { folder: folder.to_owned(), why };
    if !folder.is_dir() {
        return Err(failed("it is not a folder".into()));
    }
    let (news, heard) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |_| {
        news.send(()).ok(); // nobody listens any more: the watch has ended
    })
    .map_err(|error| failed(error.to_string()))?;
    watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|error| failed(error.to_string()))?;
    let folder = folder.to_owned();
    thread::spawn(move || follow(&folder, rest, &heard, &found));
    Ok(Watch { _watcher: watcher })
}

/// Size and time of change: when both stand still, nobody is writing.
type State = (u64, Option<SystemTime>);

#[derive(Default)]
struct Seen {
    resting: HashMap<PathBuf, (State, Instant)>,
    told: HashMap<PathBuf, State>,
}

fn follow(folder: &Path, rest: Duration, heard: &Receiver<()>, found: &dyn Fn(PathBuf)) {
    let mut seen = Seen::default();
    loop {
        for path in seen.look(folder, rest) {
            found(path);
        }
        // While something has yet to come to rest it is looked at again; else the system's next word is waited for.
        let waiting = if seen.resting.is_empty() { Duration::from_secs(30) } else { rest / 4 };
        match heard.recv_timeout(waiting) {
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        while heard.try_recv().is_ok() {}
    }
}

impl Seen {
    /// Returns the files that have come to rest since the last look.
    fn look(&mut self, folder: &Path, rest: Duration) -> Vec<PathBuf> {
        let mut rested = Vec::new();
        for path in files(folder) {
            let Some(state) = state(&path) else { continue };
            if self.told.get(&path) == Some(&state) {
                continue;
            }
            let (last, since) = self.resting.entry(path.clone()).or_insert((state, Instant::now()));
            if *last != state {
                (*last, *since) = (state, Instant::now());
            } else if since.elapsed() >= rest {
                self.resting.remove(&path);
                self.told.insert(path.clone(), state);
                rested.push(path);
            }
        }
        self.resting.retain(|path, _| path.exists());
        rested
    }
}

fn state(path: &Path) -> Option<State> {
    let found = fs::metadata(path).ok()?;
    (found.is_file() && found.len() > 0).then(|| (found.len(), found.modified().ok()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| !is_unfinished(path)).collect();
    files.sort();
    files
}

/// Hidden files, and names that browsers and cameras give to what they are still writing.
fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.starts_with('.')
        || name.starts_with('~')
        || name.ends_with('~')
        || [".part", ".crdownload", ".tmp", ".download"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(folder: &Path) -> (Watch, Receiver<PathBuf>) {
        let (tell, heard) = mpsc::channel();
        let watch = watch(folder, Duration::from_millis(200), move |path| {
            tell.send(path).ok();
        });
        (watch.expect("a watch"), heard)
    }

    #[test]
    fn a_file_is_told_of_once_it_rests_and_only_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = folder.path().join("old.jpg");
        fs::write(&old, "x").expect("a file");
        let (_watch, heard) = told(folder.path());
        assert_eq!(heard.recv_timeout(Duration::from_secs(10)), Ok(old));

        let new = folder.path().join("new.jpg");
        fs::write(&new, "half").expect("a file");
        fs::write(folder.path().join("new.jpg.part"), "x").expect("a file");

        assert_eq!(heard.recv_timeout(Duration::from_secs(10)), Ok(new));
        assert!(heard.recv_timeout(Duration::from_millis(600)).is_err());
    }

    #[test]
    fn a_growing_file_is_left_alone_until_it_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("card.jpg");
        let (_watch, heard) = told(folder.path());
        for size in 1..=8 {
            fs::write(&path, vec![0; size]).expect("a file");
            thread::sleep(Duration::from_millis(60));
            assert!(heard.try_recv().is_err(), "told of it at {size} bytes");
        }

        assert_eq!(heard.recv_timeout(Duration::from_secs(10)), Ok(path));
    }

    #[test]
    fn what_is_no_folder_is_refused_in_words() {
        let refused = watch(Path::new("/nowhere/at/all"), REST, |_| {});

        assert!(refused.is_err_and(|error| error.to_string().contains("not a folder")));
    }
}
