//! `shim.c`, built with the C compiler that SQLite is built with.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

/// What stands between a program and its files below `folder`.
#[derive(Debug)]
pub struct Shim {
    library: PathBuf,
    folder: PathBuf,
    log: Option<PathBuf>,
    trouble: Option<PathBuf>,
}

impl Shim {
    /// Builds it into `home`, for the files below `folder`.
    ///
    /// # Errors
    /// When the C compiler refuses.
    pub fn build(home: &Path, folder: &Path) -> Result<Self> {
        let (source, library) = (home.join("shim.c"), home.join("shim.so"));
        fs::write(&source, include_str!("shim.c"))?;
        let compiler = env::var("CC").unwrap_or_else(|_| "cc".into());
        let mut command = Command::new(&compiler);
        command.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).arg("-ldl");
        let built = command.output().with_context(|| format!("{compiler} does not start"))?;
        ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Ok(Self { library, folder: folder.canonicalize()?, log: None, trouble: None })
    }

    /// Notes every change in `log`. Nothing waits for the real disk then.
    #[must_use]
    pub fn noting_in(self, log: &Path) -> Self {
        Self { log: Some(log.to_owned()), ..self }
    }

    /// Fails while the file `trouble` says so; see [`Shim::fail`].
    #[must_use]
    pub fn failing_by(self, trouble: &Path) -> Self {
        Self { trouble: Some(trouble.to_owned()), ..self }
    }

    /// Returns the folder, as the program must name it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the variables of the environment under which a program has it.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let fixed = [("LD_PRELOAD", self.library.clone()), ("DISK_FOLDER", self.folder.clone())];
        let log = self.log.iter().map(|log| ("DISK_LOG", log.clone()));
        let trouble = self.trouble.iter().map(|trouble| ("DISK_TROUBLE", trouble.clone()));
        fixed.into_iter().chain(log).chain(trouble).collect()
    }

    /// From now on every change fails with `errno`, or none does.
    ///
    /// # Errors
    /// When it cannot be said.
    pub fn fail(&self, errno: Option<i32>) -> Result<()> {
        let trouble = self.trouble.as_ref().context("this disk has no troubles")?;
        // Renamed into place: nobody reads half of it.
        let part = trouble.with_extension("part");
        fs::write(&part, errno.map(|errno| errno.to_string()).unwrap_or_default())?;
        Ok(fs::rename(part, trouble)?)
    }
}
