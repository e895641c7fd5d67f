//! Where a desk's folder is when nobody says so, and who sits at it.

use std::{env, path::PathBuf};

/// Returns the folder of this person's desk: `$TOASOAN_DESK`, else `toasoan` among the system's folders for data.
pub fn desk() -> PathBuf {
    let given = env::var_os("TOASOAN_DESK").filter(|path| !path.is_empty()).map(PathBuf::from);
    given.unwrap_or_else(usual_desk)
}

/// Returns where a desk is that nobody has given a place.
pub fn usual_desk() -> PathBuf {
    dirs::data_dir().unwrap_or_else(|| PathBuf::from(".")).join("toasoan")
}

/// Returns the name of the person at this machine.
pub fn person() -> String {
    let name = |variable| env::var(variable).ok().filter(|name| !name.trim().is_empty());
    name("TOASOAN_PERSON")
        .or_else(|| name("USER"))
        .or_else(|| name("USERNAME"))
        .unwrap_or_else(|| "Phóng viên".into())
}
