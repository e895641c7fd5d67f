//! Where the systems keep their dictionaries.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Returns the folders in which this system keeps dictionaries, those of the person first. `DICPATH`, which
/// Hunspell knows too, goes before all.
#[must_use]
pub fn of_the_system() -> Vec<PathBuf> {
    let home = env::var_os(if cfg!(windows) { "APPDATA" } else { "HOME" }).map(PathBuf::from);
    let asked =
        env::var_os("DICPATH").map(|paths| env::split_paths(&paths).collect::<Vec<_>>()).unwrap_or_default();
    let mut folders = asked;
    if cfg!(target_os = "macos") {
        folders.extend(home.map(|home| home.join("Library/Spelling")));
        folders.extend(
            ["/Library/Spelling", "/opt/homebrew/share/hunspell", "/usr/local/share/hunspell"]
                .map(PathBuf::from),
        );
        folders
            .extend(of_libreoffice(Path::new("/Applications/LibreOffice.app/Contents/Resources/extensions")));
    } else if cfg!(windows) {
        folders.extend(home.map(|home| home.join("hunspell")));
        let programs = env::var_os("ProgramFiles").map(PathBuf::from);
        folders.extend(
            programs.iter().flat_map(|folder| of_libreoffice(&folder.join("LibreOffice/share/extensions"))),
        );
    } else {
        folders.extend(home.map(|home| home.join(".local/share/hunspell")));
        folders.extend(
            ["/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell"].map(PathBuf::from),
        );
    }
    folders
}

/// LibreOffice keeps each language in a folder `dict-*` of its own.
fn of_libreoffice(extensions: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(extensions).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<_> = entries
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dict-")))
        .collect();
    found.sort();
    found
}

/// Finds the dictionary of a language: of its region, of no region, then of any, the United States' English first.
pub fn find(folders: &[PathBuf], language: &str) -> Option<PathBuf> {
    let mut tags = language.split('-').filter(|tag| tag.chars().all(|letter| letter.is_ascii_alphanumeric()));
    let tongue = tags.next()?.to_ascii_lowercase();
    let region = tags.find(|tag| tag.len() == 2).map(str::to_ascii_uppercase);
    let mut names = Vec::new();
    names.extend(region.map(|region| format!("{tongue}_{region}")));
    names.push(tongue.clone());
    if tongue == "en" {
        names.push("en_US".into());
    }
    let named = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.into_iter().find(|file| is_dictionary(file)).or_else(|| of_any_region(folders, &tongue))
}

fn is_dictionary(file: &Path) -> bool {
    file.with_extension("aff").is_file() && file.with_extension("dic").is_file()
}

fn of_any_region(folders: &[PathBuf], tongue: &str) -> Option<PathBuf> {
    let start = format!("{tongue}_");
    let mut found: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "aff"))
        .map(|path| path.with_extension(""))
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start))
                && is_dictionary(path)
        })
        .collect();
    found.sort();
    found.into_iter().next()
}
