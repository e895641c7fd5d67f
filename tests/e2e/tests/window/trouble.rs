//! A disk that is full, refuses or fails: the window says what is true, keeps the text, and goes on as soon as it can.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use disk::Shim;
use e2e::{
    Context, Desk, Opens, Result, Told, ensure,
    spot::{button, textbox},
    story,
};

/// A failure is to be seen within a second, and work to go on within two; the rest is for a machine that does other things.
const SEEN: Duration = Duration::from_secs(3);
const GOES_ON: Duration = Duration::from_secs(4);

const FULL: (i32, &str) = (28, "Not saved: The disk is full. Make room on it."); // ENOSPC
const TROUBLES: [(i32, &str); 4] = [
    FULL,
    (30, "Not saved: The desk's folder cannot be written to. Make it writable."), // EROFS
    (13, "Not saved: The desk's folder cannot be written to. Make it writable."), // EACCES
    (5, "Not saved: The disk reports an error."),                                 // EIO
];

const MOVED: &str = "Not saved: The desk's folder or its desk.sqlite was moved or replaced.";

/// A small disk in memory, gone when it is dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Returns a disk, or nothing where this machine lets nobody have one.
    fn new() -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=6m,mode=0700", "e2e"]).arg(folder.path());
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        Ok(mounted.then_some(Self(folder)))
    }

    fn fill(&self) -> Result<()> {
        let file = fs::File::create(self.filler())?;
        let full = (0..10_000).any(|_| std::io::Write::write_all(&mut &file, &[0; 4096]).is_err());
        ensure!(full, "the disk does not fill");
        Ok(())
    }

    fn free(&self) -> Result<()> {
        fs::remove_file(self.filler()).context("the filler is there")
    }

    fn filler(&self) -> std::path::PathBuf {
        self.0.path().join("filler")
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status(); // nothing else can be done here
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that cannot be done here says so")]
fn a_full_disk_is_said_the_text_stays_and_is_saved_once_there_is_room() -> Told {
    let Some(disk) = SmallDisk::new()? else {
        eprintln!("not done: nobody may mount a disk here");
        return Ok(());
    };
    let opens = Opens { folder: Some(disk.path().join("desk")), ..Opens::empty() };
    story(opens, async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Trước khi đầy. ").await?;
        desk.is_saved().await?;

        disk.fill()?;
        desk.types("Sau khi đầy.").await?;
        desk.sees_words(FULL.1).await?;
        desk.reads(textbox("Body"), "Trước khi đầy. Sau khi đầy.").await?;
        keeps_its_text(desk, "Trước khi đầy. Sau khi đầy.").await?;

        disk.free()?;
        desk.is_saved().await?;
        desk.counts("SELECT count(*) FROM articles WHERE body LIKE 'Trước khi đầy. Sau khi đầy.%'", 1)
            .await?;
        Ok(())
    })
}

/// The text can be had as a file while the desk cannot save it.
async fn keeps_its_text(desk: &Desk, words: &str) -> Result<()> {
    let file = desk.screen.home.path().join("kept.md");
    desk.press(button("Keep the text in a file…")).await?;
    desk.chooses_file(&file)?;
    desk.sees_words("The text is in kept.md.").await?;
    let kept = fs::read_to_string(&file)?;
    ensure!(kept.contains(words), "the file says {kept}");
    Ok(fs::remove_file(file)?)
}

async fn within(time: Duration, what: &str, work: impl Future<Output = Result<()>>) -> Result<()> {
    let began = Instant::now();
    work.await?;
    ensure!(began.elapsed() < time, "{what} took {:?}", began.elapsed());
    Ok(())
}

#[test]
fn whatever_the_disk_refuses_is_said_at_once_the_text_stays_and_saving_goes_on_by_itself() -> Told {
    let home = tempfile::tempdir()?;
    let folder = home.path().join("home");
    fs::create_dir(&folder)?;
    let shim = Shim::build(home.path(), &folder)?.failing_by(&home.path().join("trouble"));
    let opens =
        Opens { folder: Some(shim.folder().join("desk")), shim: shim.environment(), ..Opens::empty() };
    story(opens, async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        let mut words = String::from("Bắt đầu. ");
        desk.types(&words).await?;
        desk.is_saved().await?;

        for (errno, said) in TROUBLES {
            shim.fail(Some(errno))?;
            let more = format!("Lỗi {errno}. ");
            words += &more;
            desk.types(&more).await?;
            within(SEEN, said, desk.sees_words(said)).await?;
            desk.types("Viết tiếp. ").await?;
            words += "Viết tiếp. ";
            desk.reads(textbox("Body"), words.trim_end()).await?;

            shim.fail(None)?;
            within(GOES_ON, "to go on", desk.is_saved()).await?;
            let sql = format!("SELECT count(*) FROM articles WHERE body LIKE '{}%'", words.trim_end());
            desk.counts(&sql, 1).await?;
        }
        Ok(())
    })
}

#[test]
fn a_database_that_is_deleted_under_the_window_is_put_back_and_nothing_is_called_saved_into_nowhere() -> Told
{
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Trước. ").await?;
        desk.is_saved().await?;

        for ending in ["", "-wal", "-shm"] {
            fs::remove_file(desk.folder().join(format!("desk.sqlite{ending}")))?;
        }
        desk.types("Sau. ").await?;
        desk.counts("SELECT count(*) FROM articles WHERE body LIKE 'Trước. Sau.%'", 1).await?;
        desk.is_saved().await?;
        desk.kill()?;
        desk.open_window().await?;

        desk.reads(textbox("Body"), "Trước. Sau.").await?;
        Ok(())
    })
}

#[test]
fn another_file_in_the_databases_place_is_said_and_left_alone_until_the_right_one_is_back() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(textbox("Body")).await?;
        desk.types("Trước. ").await?;
        desk.is_saved().await?;

        let (file, aside) = (desk.folder().join("desk.sqlite"), desk.folder().join("aside"));
        fs::rename(&file, &aside)?;
        fs::write(&file, "another")?;
        desk.types("Sau. ").await?;
        desk.sees_words(MOVED).await?;
        desk.reads(textbox("Body"), "Trước. Sau.").await?;
        assert_eq!(fs::read(&file)?, b"another");

        fs::rename(&aside, &file)?;
        desk.is_saved().await?;
        desk.counts("SELECT count(*) FROM articles WHERE body LIKE 'Trước. Sau.%'", 1).await?;
        Ok(())
    })
}

#[test]
fn a_damaged_database_is_put_right_and_the_window_says_which_article_came_from_where() -> Told {
    story(Opens::sample(), async |desk| {
        desk.opens("Phiên chợ sớm").await?;
        desk.close()?;
        desk.word(&["backup"])?;
        let database = desk.folder().join("desk.sqlite");
        let mut bytes = fs::read(&database)?;
        bytes[..4096].fill(0);
        fs::write(&database, bytes)?;

        desk.open_window().await?;

        desk.sees_words("The database was damaged and has been put right.").await?;
        desk.sees_words("Phiên chợ sớm").await?;
        desk.opens("Highland growers").await
    })
}
