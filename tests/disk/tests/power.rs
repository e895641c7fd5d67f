//! The power is cut at hundreds of moments of a day's work. Whatever the disk holds then, everything that the desk had
//! acknowledged is there, whole, and the desk opens as if nothing had been.
#![cfg(target_os = "linux")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use desk::{Clock, Desk, SessionSecrets};
use disk::{Cut, Disk, Line, Shim, number_of, text};
use domain::ids::Hash;
use rusqlite::Connection;

/// Moments at which the power is cut, each of [`three_ways`].
const MOMENTS: usize = 300;

fn three_ways(moment: usize) -> Vec<Cut> {
    let dice = moment as u64;
    vec![Cut::Drops, Cut::KeepsHalf { piece: 4096, dice }, Cut::KeepsHalf { piece: 512, dice }]
}

/// A program's work, noted.
struct Noted {
    home: tempfile::TempDir,
    folder: PathBuf,
    log: PathBuf,
    before: Disk,
}

impl Noted {
    /// Notes what the work does in a folder that `begun` has made ready.
    fn of(work: &str, begun: impl FnOnce(&Path), variables: &[(&str, &str)]) -> Self {
        // In memory where there is such a folder: the disks are opened nine hundred times, and wait for nothing.
        let memory = Path::new("/dev/shm");
        let home = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let home = home.expect("a folder");
        let root = home.path().canonicalize().expect("it is there");
        let (folder, log) = (root.join("home"), root.join("log"));
        fs::create_dir(&folder).expect("a folder");
        begun(&folder.join("desk"));
        let before = Disk::of(&folder).expect("the folder as it stands");
        let shim = Shim::build(&root, &folder).expect("the shim").noting_in(&log);
        let mut program = Command::new(env!("CARGO_BIN_EXE_disk_work"));
        program.arg(work).arg(folder.join("desk")).arg(folder.join("acknowledged"));
        program.envs(shim.environment()).envs(variables.iter().copied());
        let done = program.output().expect("it starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Self { home, folder, log, before }
    }

    /// Cuts the power at so many moments and says of each disk what `look` finds lost; `look` is told what was acknowledged.
    fn cut_at(
        mut self,
        moments: usize,
        cuts: fn(usize) -> Vec<Cut>,
        look: impl Fn(&Path, &[Line]) -> Result<(), String>,
    ) -> Vec<String> {
        let changes = disk::read(&self.log).expect("the notes");
        let moments = spread(moments, changes.len());
        let mut lost = Vec::new();
        for (at, change) in changes.iter().enumerate() {
            self.before.apply(change).unwrap_or_else(|error| panic!("change {at}, {change:?}: {error}"));
            if !moments.contains(&at) {
                continue;
            }
            let acknowledged = self.acknowledged();
            for cut in cuts(at) {
                let state = self.home.path().join("state");
                fs::create_dir(&state).expect("a folder");
                self.before.cut(cut, &state).expect("a disk");
                if let Err(what) = look(&state.join("desk"), &acknowledged) {
                    lost.push(format!("after change {at} of {}, {cut:?}: {what}", changes.len()));
                }
                fs::remove_dir_all(&state).expect("it is ours");
            }
        }
        lost
    }

    fn acknowledged(&self) -> Vec<Line> {
        let bytes = self.before.sees(&self.folder.join("acknowledged")).unwrap_or_default();
        String::from_utf8(bytes).expect("lines").lines().map(Line::read).collect()
    }
}

/// Returns so many moments, or all there are, spread over all changes, the last one too.
fn spread(moments: usize, changes: usize) -> Vec<usize> {
    let moments = moments.min(changes);
    (1..=moments).map(|moment| moment * changes / moments - 1).collect()
}

fn open(folder: &Path) -> Result<Desk, String> {
    let desk = Desk::open(folder, "Lan", Box::new(SessionSecrets::default()), Clock::system());
    let desk = desk.map_err(|error| format!("it does not open: {error}"))?;
    match desk.recovered() {
        Some(recovered) => Err(format!("it was corrupt: {}", recovered.damage)),
        None => desk.look_through().map_err(|error| format!("it is corrupt: {error}")).map(|()| desk),
    }
}

/// What must be there, by what was acknowledged.
#[derive(Debug, Default, Clone)]
struct Owed {
    /// The number of the text of each article, at least.
    numbers: [u32; 3],
    /// As they were in the backup.
    backed_up: Option<[u32; 3]>,
    restored: bool,
    /// Of all texts that were acknowledged. A larger one was on the disk, and not acknowledged yet.
    newest: u32,
    lines: Vec<Line>,
}

impl Owed {
    fn by(lines: &[Line]) -> Self {
        let mut owed = Self { lines: lines.to_vec(), ..Self::default() };
        for line in lines {
            match line {
                Line::Saved { article, number } => {
                    owed.numbers[*article] = *number;
                    owed.newest = *number;
                    owed.restored = false;
                }
                Line::BackedUp { .. } => owed.backed_up = Some(owed.numbers),
                Line::Restoring => owed.numbers = owed.backed_up.expect("what is restored was backed up"),
                Line::Restored => owed.restored = true,
                Line::Submitted | Line::Approved | Line::Published | Line::Attached => {}
            }
        }
        owed
    }

    fn of(&self, folder: &Path) -> Result<(), String> {
        let desk = open(folder)?;
        let mut numbers = [0; 3];
        for article in desk.list().map_err(|error| error.to_string())? {
            if article.body.is_empty() {
                continue; // begun, and not saved yet
            }
            let (at, number) = number_of(&article.body)
                .ok_or_else(|| format!("torn: {}", article.body.chars().take(200).collect::<String>()))?;
            numbers[at] = number;
        }
        drop(desk);
        let is_there = |(there, owed): (&u32, u32)| {
            if self.restored { *there == owed || *there > self.newest } else { *there >= owed }
        };
        if !numbers.iter().zip(self.numbers).all(is_there) {
            return Err(format!("lost: {numbers:?} of {:?}, which were acknowledged", self.numbers));
        }
        let conn = Connection::open(folder.join("desk.sqlite")).map_err(|error| error.to_string())?;
        self.steps(&conn)?;
        self.pictures(&conn, folder)?;
        self.backups(folder)
    }

    /// What was decided is there, and with it all that belongs to it.
    fn steps(&self, conn: &Connection) -> Result<(), String> {
        let count = |sql: &str| -> i64 { conn.query_row(sql, [], |row| row.get(0)).expect("a count") };
        let decided =
            [("submit", Line::Submitted), ("approve", Line::Approved), ("publish", Line::Published)];
        for (act, line) in decided {
            let there = count(&format!("SELECT count(*) FROM decisions WHERE act = '{act}'"));
            if self.lines.contains(&line) && there != 1 {
                return Err(format!("lost: {there} decisions to {act}"));
            }
        }
        let torn = [
            "SELECT count(*) FROM decisions d WHERE d.act = 'publish'
               AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.decision = d.id)",
            "SELECT count(*) FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id = o.decision)",
            "SELECT count(*) FROM decisions d WHERE NOT EXISTS (SELECT 1 FROM revisions r WHERE r.id = d.revision)",
            "SELECT count(*) FROM articles a WHERE a.stage = 'submitted'
               AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.article = a.id AND d.act = 'submit')",
            "SELECT count(*) FROM articles a WHERE a.stage = 'approved'
               AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.article = a.id AND d.act = 'approve')",
        ];
        torn.iter().find(|sql| count(sql) > 0).map_or(Ok(()), |sql| Err(format!("torn: {sql}")))
    }

    /// Every picture that the desk knows lies in the vault, whole.
    fn pictures(&self, conn: &Connection, folder: &Path) -> Result<(), String> {
        let mut query = conn.prepare("SELECT hash FROM pictures").expect("the table");
        let hashes = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("rows");
        let hashes: Vec<String> = hashes.map(|hash| hex(&hash.expect("a hash"))).collect();
        if self.lines.contains(&Line::Attached) && hashes.len() != 1 {
            return Err("lost: the picture".into());
        }
        for hash in hashes {
            let bytes = fs::read(folder.join("pictures").join(&hash[..2]).join(&hash[2..]));
            let bytes = bytes.map_err(|error| format!("lost: the file of picture {hash}: {error}"))?;
            if Hash::of(&bytes).to_string() != hash {
                return Err(format!("torn: the file of picture {hash}"));
            }
        }
        Ok(())
    }

    /// What has a backup's name is a whole backup.
    fn backups(&self, folder: &Path) -> Result<(), String> {
        let there = desk::backups(&desk::Folder::at(folder)).map_err(|error| error.to_string())?;
        for line in &self.lines {
            if let Line::BackedUp { name } = line
                && !there.iter().any(|backup| backup.name == *name)
            {
                return Err(format!("lost: the backup {name}"));
            }
        }
        for backup in there {
            let conn = Connection::open(folder.join("backups").join(format!("{}.sqlite", backup.name)));
            let whole = conn
                .and_then(|conn| conn.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)));
            if whole.as_deref() != Ok("ok") {
                return Err(format!("corrupt: the backup {}: {whole:?}", backup.name));
            }
        }
        Ok(())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn said(lost: &[String]) -> String {
    format!("{} disks:\n{}", lost.len(), lost[..lost.len().min(12)].join("\n"))
}

#[test]
fn a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged() {
    let day = Noted::of("writes", |_| {}, &[]);

    let lost = day.cut_at(MOMENTS, three_ways, |folder, lines| Owed::by(lines).of(folder));

    assert!(lost.is_empty(), "{}", said(&lost));
}

/// The same work at a desk that does not wait for its disk: the test above would see it.
#[test]
#[cfg(debug_assertions)]
fn a_desk_that_acknowledges_too_early_is_seen_to_lose_saves_at_a_power_cut() {
    let day = Noted::of("writes", |_| {}, &[("TOASOAN_TEST_ACKNOWLEDGES_TOO_EARLY", "1")]);

    let lost = day.cut_at(60, |_| vec![Cut::Drops], |folder, lines| Owed::by(lines).of(folder));

    let saves = lost.iter().filter(|what| what.contains("which were acknowledged")).count();
    assert!(saves > 30, "only {saves} of 60 disks lost a save: {}", said(&lost));
}

/// Every schema there was, brought up to date, and the power cut on the way.
#[test]
fn a_power_cut_while_an_older_desk_is_brought_up_to_date_leaves_every_word() {
    let newest = migrations().len();
    for schema in 1..newest {
        let update = Noted::of("opens", |folder| older_desk(folder, schema), &[]);

        let lost = update.cut_at(50, three_ways, |folder, _| has_the_older_texts(folder));

        assert!(lost.is_empty(), "from schema {schema}: {}", said(&lost));
    }
}

fn migrations() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    let files = fs::read_dir(folder).expect("the migrations");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

/// A desk as the app with so many migrations left it: in its log lies a text that was never carried over.
fn older_desk(folder: &Path, schema: usize) {
    fs::create_dir(folder).expect("a folder");
    let conn = Connection::open(folder.join("desk.sqlite")).expect("a database");
    conn.pragma_update(None, "journal_mode", "WAL").expect("a log");
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .expect("it is kept");
    for file in &migrations()[..schema] {
        conn.execute_batch(&fs::read_to_string(file).expect("SQL")).expect("it runs");
    }
    conn.pragma_update(None, "user_version", u32::try_from(schema).expect("a few")).expect("the version");
    conn.execute_batch("INSERT INTO people VALUES (x'00000000000000000000000000000001', 'Lan', 1)")
        .expect("Lan");
    for article in 0..3 {
        let id = [u8::try_from(article).expect("a few") + 1; 16];
        conn.execute("INSERT INTO stories VALUES (?1, 1)", [id]).expect("a story");
        let sql = "INSERT INTO articles (id, story, stage, begun_by, created_at, saved_at, language, body)
                   VALUES (?1, ?1, 'draft', x'00000000000000000000000000000001', 1, 1, 'vi', ?2)";
        conn.execute(sql, (id, text(article, 7))).expect("an article");
    }
}

fn has_the_older_texts(folder: &Path) -> Result<(), String> {
    let desk = open(folder)?;
    let shown = desk.list().map_err(|error| error.to_string())?;
    let mut found: Vec<_> = shown.iter().map(|article| number_of(&article.body)).collect();
    found.sort_unstable();
    let owed = [0, 1, 2].map(|article| Some((article, 7)));
    if found == owed { Ok(()) } else { Err(format!("lost or torn: {found:?}")) }
}
