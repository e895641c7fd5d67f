//! What `shim.c` noted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// One change of the folder. Files and folders are known by their inodes.
#[derive(Debug)]
pub enum Change {
    Write {
        file: u64,
        at: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        file: u64,
        length: u64,
    },
    Create {
        file: u64,
        path: PathBuf,
    },
    MakeFolder {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    Sync {
        file: u64,
    },
    /// With what stood in the folder then.
    SyncFolder {
        path: PathBuf,
        names: Vec<(u64, String)>,
    },
}

/// Bytes of `struct record`.
const HEAD: usize = 32;

/// Returns the changes that are noted in `log`, in their order.
///
/// # Errors
/// When it cannot be read, or is cut off.
pub fn read(log: &Path) -> Result<Vec<Change>> {
    let bytes = fs::read(log).with_context(|| format!("{} cannot be read", log.display()))?;
    let (mut rest, mut changes) = (bytes.as_slice(), Vec::new());
    while !rest.is_empty() {
        let head = take(&mut rest, HEAD)?;
        let [kind, name, other, data] = [0, 4, 8, 12].map(|at| number(&head[at..at + 4]));
        let [file, at] = [16, 24].map(|at| number(&head[at..at + 8]));
        let path = PathBuf::from(text(take(&mut rest, usize::try_from(name)?)?)?);
        let other = PathBuf::from(text(take(&mut rest, usize::try_from(other)?)?)?);
        let data = take(&mut rest, usize::try_from(data)?)?;
        changes.push(match kind {
            1 => Change::Write { file, at, bytes: data.to_vec() },
            2 => Change::Truncate { file, length: at },
            3 if path.as_os_str().is_empty() => Change::Sync { file },
            3 => Change::SyncFolder { path, names: names(text(data)?)? },
            4 => Change::Create { file, path },
            5 => Change::MakeFolder { path },
            6 => Change::Rename { from: path, to: other },
            7 => Change::Remove { path },
            unknown => bail!("there is no change {unknown}"),
        });
    }
    Ok(changes)
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length).context("the log is cut off")?;
    *rest = left;
    Ok(taken)
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn text(bytes: &[u8]) -> Result<&str> {
    Ok(std::str::from_utf8(bytes)?)
}

fn names(lines: &str) -> Result<Vec<(u64, String)>> {
    let name = |line: &str| {
        let (inode, name) = line.split_once(' ')?;
        Some((inode.parse().ok()?, name.to_owned()))
    };
    lines.lines().map(|line| name(line).with_context(|| format!("no name: {line}"))).collect()
}
