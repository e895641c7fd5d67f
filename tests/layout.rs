//! The floor plan of ARCHITECTURE.md, kept: which crate may see which, and a few things a reader relies on.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

/// Crate, what it may use of ours, what only its tests may use besides. Calls go down; siblings never see each other.
const ARROWS: [(&str, &[&str], &[&str]); 14] = [
    ("domain", &[], &[]),
    ("version", &[], &[]),
    ("spelling", &[], &[]),
    ("store", &["domain"], &[]),
    ("media", &["domain"], &[]),
    ("intake", &["domain"], &[]),
    ("protocol", &["domain"], &[]),
    ("portal", &["domain", "protocol"], &[]),
    ("local_portal", &["domain", "protocol"], &[]),
    ("disk", &["desk", "domain"], &[]),
    ("portals", &["domain", "portal", "protocol"], &["local_portal"]),
    ("desk", &["domain", "spelling", "store", "media", "intake", "portal", "protocol"], &["local_portal"]),
    ("toasoan", &["desk", "domain", "store", "media", "intake", "portal", "local_portal", "version"], &[]),
    (
        "e2e",
        &[
            "toasoan",
            "desk",
            "domain",
            "store",
            "media",
            "intake",
            "portal",
            "protocol",
            "local_portal",
            "portals",
            "disk",
        ],
        &[],
    ),
];

/// The shell is the only one that knows what draws the window.
const SHELL: &str = "toasoan";

/// What a rule may not reach for: files, the network, a clock.
const OUTSIDE_THE_RULES: [&str; 6] =
    ["std::fs", "std::net", "std::env", "SystemTime::now", "Instant::now", "Uuid::now_v7"];

const LONGEST_FILE: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display()));
    let mut paths: Vec<_> = listed.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    paths
}

/// All files below `folder` with this ending, but for what was built or fetched.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let built = ["target", "node_modules", "dist", "gen"];
    let mut found = Vec::new();
    for path in entries(folder) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !path.is_symlink() && !name.starts_with('.') && !built.contains(&name) {
            found.extend(files(&path, ending));
        } else if path.is_file() && name.ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// The manifests of the app and of every crate of the workspace.
fn manifests() -> Vec<Table> {
    let crates = entries(&root().join("src-tauri/crates"));
    let tests = ["disk", "e2e", "portals"].map(|name| root().join("tests").join(name));
    let folders = [root().to_owned()].into_iter().chain(tests).chain(crates);
    let manifests = folders.map(|folder| folder.join("Cargo.toml")).filter(|manifest| manifest.exists());
    manifests.map(|manifest| read(&manifest).parse().expect("Cargo reads it too")).collect()
}

fn name(manifest: &Table) -> &str {
    manifest["package"]["name"].as_str().expect("every package has a name")
}

/// The names under these headings, for every target too.
fn named(manifest: &Table, headings: &[&str]) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let tables = targets.filter_map(Value::as_table).chain([manifest]);
    tables
        .flat_map(|table| headings.iter().filter_map(|heading| table.get(*heading)?.as_table()))
        .flat_map(|dependencies| dependencies.iter().map(package))
        .collect()
}

/// A dependency may carry another name than the package it is.
fn package((alias, dependency): (&String, &Value)) -> String {
    dependency.get("package").and_then(Value::as_str).unwrap_or(alias).to_owned()
}

#[test]
fn every_arrow_between_crates_is_in_the_floor_plan() {
    let ours: BTreeSet<_> = ARROWS.iter().map(|(name, ..)| (*name).to_owned()).collect();

    for manifest in manifests() {
        let from = name(&manifest);
        let (_, may, tests_may) = ARROWS
            .iter()
            .find(|(name, ..)| *name == from)
            .unwrap_or_else(|| panic!("{from} has no row in the floor plan"));
        for to in named(&manifest, &["dependencies", "build-dependencies"]).intersection(&ours) {
            assert!(may.contains(&to.as_str()), "{from} may not use {to}");
        }
        for to in named(&manifest, &["dev-dependencies"]).intersection(&ours) {
            assert!([*may, *tests_may].concat().contains(&to.as_str()), "tests of {from} may not use {to}");
        }
    }
}

#[test]
fn only_the_shell_knows_tauri() {
    for manifest in manifests().iter().filter(|manifest| name(manifest) != SHELL) {
        let named = named(manifest, &["dependencies", "build-dependencies", "dev-dependencies"]);
        let tauri: Vec<_> = named.iter().filter(|name| name.starts_with("tauri")).collect();
        assert!(tauri.is_empty(), "{} may not use {tauri:?}", name(manifest));
    }
}

#[test]
fn a_rule_asks_no_clock_no_file_and_no_network() {
    for source in files(&root().join("src-tauri/crates/domain/src"), ".rs") {
        let words = read(&source);
        for outside in OUTSIDE_THE_RULES {
            assert!(!words.contains(outside), "{} may not use {outside}", source.display());
        }
    }
}

#[test]
fn the_pages_reach_rust_by_one_door() {
    let sources = root().join("ui/src");
    for source in [".ts", ".svelte"].iter().flat_map(|ending| files(&sources, ending)) {
        let is_door = source.starts_with(sources.join("backend"));
        assert!(
            is_door || !read(&source).contains("@tauri-apps/"),
            "{} goes round backend/",
            source.display()
        );
    }
}

#[test]
fn migrations_are_numbered_without_a_gap() {
    for folder in ["migrations", "src-tauri/crates/local_portal/migrations"] {
        for (at, file) in files(&root().join(folder), ".sql").iter().enumerate() {
            let name = file.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
            assert!(name.starts_with(&format!("{:04}_", at + 1)), "{folder}: {name} is number {}", at + 1);
        }
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let app: Table = read(&root().join("Cargo.toml")).parse().expect("Cargo reads it too");
    let run: BTreeSet<_> = app["test"]
        .as_array()
        .expect("a list of tests")
        .iter()
        .map(|test| root().join(test["path"].as_str().expect("every test has its path")))
        .collect();

    for file in entries(&root().join("tests")).iter().filter(|file| file.is_file()) {
        assert!(run.contains(file), "Cargo.toml does not run {}", file.display());
    }
}

#[test]
fn no_source_file_is_longer_than_one_can_keep_in_mind() {
    for source in files(root(), ".rs") {
        let lines = read(&source).lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", source.display());
    }
}
