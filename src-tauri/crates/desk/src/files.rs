//! Files that a person wants somewhere: each is there only once it is whole.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use crate::{Error, Result, folder::names_on_disk};

/// Whether a file that is there already may be replaced: only somebody who was asked can say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Keep,
    Replace,
}

/// Has `work` write a file beside `file`, which gets that name at the end. Returns its bytes.
pub fn write(
    file: &Path,
    existing: Existing,
    work: impl FnOnce(&mut File, &dyn Fn(io::Error) -> Error) -> Result<()>,
) -> Result<u64> {
    let failed = |error: io::Error| Error::NotWritten { path: file.to_owned(), error };
    if file.is_dir() {
        return Err(Error::NotAFile(PathBuf::from(file)));
    }
    if existing == Existing::Keep && file.symlink_metadata().is_ok() {
        return Err(failed(already_there()));
    }
    let mut new = new_file(file).map_err(failed)?;
    work(new.as_file_mut(), &failed)?;
    new.as_file().sync_all().map_err(failed)?;
    let size = new.as_file().metadata().map_err(failed)?.len();
    let named = match existing {
        Existing::Keep => new.persist_noclobber(file),
        Existing::Replace => new.persist(file),
    };
    named.map_err(|error| failed(error.error))?;
    file.parent().map_or(Ok(()), names_on_disk).map_err(failed)?;
    Ok(size)
}

fn already_there() -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, "it is there already; give another name, or remove it first")
}

/// Readable as any file that a person saves: what else may be seen is the folder's business.
fn new_file(file: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".toasoan-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
