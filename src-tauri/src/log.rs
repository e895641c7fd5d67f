//! What happened, for a problem report: a small file in the desk's folder, and stderr in full words. The file gets no value
//! that a person gave: only places in the sources, words written there, numbers, and kinds of errors.

use std::{
    fmt::{self, Debug, Write as _},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    panic,
    path::PathBuf,
    sync::Mutex,
};

use desk::Folder;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer as _,
    filter::filter_fn,
    fmt::{
        FmtContext, FormatEvent, FormatFields,
        format::Writer,
        layer,
        time::{FormatTime as _, SystemTime},
    },
    layer::SubscriberExt as _,
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

/// A full log is put aside, and the one put aside before it goes: twice this is all it ever takes.
const FULL: u64 = 256 << 10;

/// Fields whose values are names of ours: kinds of errors, states, codes, versions.
const NAMES: [&str; 5] = ["code", "kind", "state", "version", "at"];
const LONGEST_NAME: usize = 120;

/// Logs from now on, to the folder's file and, in full words, to stderr where that is wished. Where the file cannot be
/// written there is none: that must stop nobody's work.
pub fn begin(folder: &Folder, stderr: bool) {
    let file = LogFile::open(folder).ok().map(|file| {
        let to_file = layer().event_format(Discreet).with_writer(Mutex::new(file));
        to_file.with_filter(filter_fn(|event| *event.level() <= most(event)))
    });
    let spoken = stderr.then(|| {
        layer().with_writer(io::stderr).with_filter(filter_fn(|event| *event.level() <= Level::WARN))
    });
    if tracing_subscriber::registry().with(file).with(spoken).try_init().is_ok() {
        note_panics();
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "began");
}

/// Says how much is heard: of others, only what goes wrong.
fn most(event: &Metadata<'_>) -> Level {
    if is_ours(event.target()) { Level::INFO } else { Level::WARN }
}

fn is_ours(target: &str) -> bool {
    const OURS: [&str; 9] =
        ["toasoan", "toasoan_lib", "desk", "domain", "store", "media", "intake", "portal", "local_portal"];
    OURS.contains(&target.split("::").next().unwrap_or_default())
}

/// What a panic says may hold anything; where it was does not.
fn note_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |about| {
        let place =
            about.location().map(|at| (at.file().rsplit(['/', '\\']).next().unwrap_or_default(), at.line()));
        let (at, line) = place.unwrap_or_default();
        tracing::error!(at, line, "a panic");
        usual(about);
    }));
}

/// A line without a word that a person gave.
struct Discreet;

impl<S, N> FormatEvent<S, N> for Discreet
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let about = event.metadata();
        SystemTime.format_time(&mut writer)?;
        write!(writer, " {} {}:{}", about.level(), about.target(), about.line().unwrap_or_default())?;
        let mut told = Told { line: String::new(), ours: is_ours(about.target()) };
        event.record(&mut told);
        writeln!(writer, "{}", told.line)
    }
}

/// The fields of an event that may be told.
struct Told {
    line: String,
    ours: bool,
}

impl Told {
    fn tell(&mut self, field: &Field, value: impl fmt::Display) {
        let _ = write!(self.line, " {}={value}", field.name()); // a String takes everything
    }

    /// A name of ours has no sign that an address or a sentence would need.
    fn name(&mut self, field: &Field, value: &str) {
        let fits = |c: char| c.is_ascii_alphanumeric() || " ._-".contains(c);
        if NAMES.contains(&field.name()) && value.len() <= LONGEST_NAME && value.chars().all(fits) {
            self.tell(field, value);
        }
    }
}

impl Visit for Told {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.tell(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.tell(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.tell(field, value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.name(field, value);
    }

    /// The message of our own events is written in the sources as it is told (`tests/report.rs` sees to it).
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() != "message" {
            self.name(field, &format!("{value:?}"));
        } else if self.ours {
            let _ = write!(self.line, " {value:?}");
        }
    }
}

/// The file, put aside when it is full. Another process may write to it too: each line goes out whole.
struct LogFile {
    path: PathBuf,
    older: PathBuf,
    file: File,
}

impl LogFile {
    fn open(folder: &Folder) -> io::Result<Self> {
        let (path, older) = (folder.log(), folder.older_log());
        let mut log = Self { file: append(&path)?, path, older };
        log.make_room()?;
        Ok(log)
    }

    fn make_room(&mut self) -> io::Result<()> {
        if self.file.metadata()?.len() >= FULL {
            fs::rename(&self.path, &self.older).or_else(gone_already)?;
            self.file = append(&self.path)?;
        }
        Ok(())
    }
}

/// Another process was quicker.
fn gone_already(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

fn append(path: &std::path::Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.make_room()?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_is_put_aside_once_and_both_stay_small() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let folder = Folder::at(home.path());
        let line = [b'x'; 1024];

        let mut log = LogFile::open(&folder)?;
        for _ in 0..700 {
            log.write_all(&line)?;
        }

        let sizes = [folder.log(), folder.older_log()].map(|path| fs::metadata(path).map(|file| file.len()));
        for size in sizes {
            assert!((1..=FULL + 1024).contains(&size?));
        }
        assert_eq!(fs::read_dir(home.path())?.count(), 2);
        Ok(())
    }

    #[test]
    fn a_line_tells_places_numbers_and_names_of_ours_and_nothing_else() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let folder = Folder::at(home.path());
        let to_file = layer().event_format(Discreet).with_writer(Mutex::new(LogFile::open(&folder)?));
        let subscriber = tracing_subscriber::registry().with(to_file);

        tracing::subscriber::with_default(subscriber, || {
            tracing::warn!(
                kind = "Refused status 422",
                attempts = 3,
                portal = "canary-portal",
                state = "https://canary.example",
                code = "một canary",
                error = %io::Error::other("canary words"),
                "a job was tried"
            );
            tracing::warn!(target: "reqwest::connect", code = 7, "canary in the message of another");
        });

        let written = fs::read_to_string(folder.log())?;
        let line = written.lines().next().unwrap_or_default();
        assert!(line.contains(" WARN toasoan_lib::log::tests:"), "{line}");
        assert!(line.ends_with("a job was tried kind=Refused status 422 attempts=3"), "{line}");
        assert!(written.lines().nth(1).is_some_and(|line| line.ends_with("code=7")), "{written}");
        assert!(!written.contains("canary"), "{written}");
        Ok(())
    }
}
