//! A disk that is full: the window says what is true, keeps the text, and goes on as soon as it can.

use std::{fs, path::Path, process::Command};

use e2e::{Context, Opens, Result, Told, ensure, spot::textbox, story};

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
        desk.sees_words("Not saved: The disk is full. It is kept in this window and tried again.").await?;
        desk.reads(textbox("Body"), "Trước khi đầy. Sau khi đầy.").await?;

        disk.free()?;
        desk.is_saved().await?;
        desk.counts("SELECT count(*) FROM articles WHERE body LIKE 'Trước khi đầy. Sau khi đầy.%'", 1)
            .await?;
        Ok(())
    })
}
