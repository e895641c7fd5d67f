//! How large a download the app is.

use std::{fs, path::Path, process::Command};

use e2e::{Context, Result, ensure, paths};

/// Packs the program as `make package` does and returns the size of the .deb in megabytes.
pub fn deb(app: &Path) -> Result<f64> {
    let mut command = Command::new(paths::root().join("scripts/package"));
    let packed = command.arg("--program").arg(app).output().context("scripts/package is needed")?;
    ensure!(packed.status.success(), "it cannot be packed: {}", String::from_utf8_lossy(&packed.stderr));
    let said = String::from_utf8(packed.stdout)?;
    let name = said.split_whitespace().find(|word| word.ends_with(".deb")).context("it names the package")?;
    let bytes = fs::metadata(paths::target().join("package").join(name))?.len();
    Ok(bytes as f64 / 1e6)
}
