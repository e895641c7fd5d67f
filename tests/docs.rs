//! The pages for people: what they point at is there, and their pictures are small and shown somewhere.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Bytes; a page with a few of them opens at once.
const LARGEST: u64 = 150_000;
/// Pixels.
const WIDEST: u32 = 1280;
const ROLES: [&str; 4] = ["journalist", "photo-editor", "editor", "administrator"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn named(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
}

fn pages() -> Vec<PathBuf> {
    let beside = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"].map(|name| root().join(name));
    named(&root().join("docs"), "md").into_iter().chain(beside).collect()
}

/// The targets of a page's links and pictures that lie in the repository.
fn targets(page: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(page).expect("a page");
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let ours = links.filter(|link| !link.contains(':') && !link.starts_with('#'));
    let folder = page.parent().expect("a page lies in a folder");
    ours.map(|link| folder.join(link.split('#').next().unwrap_or_default())).collect()
}

#[test]
fn every_link_leads_somewhere() {
    for page in pages() {
        for target in targets(&page) {
            assert!(target.exists(), "{} points at {}, which is not there", page.display(), target.display());
        }
    }
}

#[test]
fn every_picture_is_shown_and_small() {
    let canonical = |path: PathBuf| path.canonicalize().expect("it is there");
    let shown: BTreeSet<_> = pages().iter().flat_map(|page| targets(page)).map(canonical).collect();
    let pictures = named(&root().join("docs/images"), "png");

    for picture in &pictures {
        let bytes = fs::read(picture).expect("a picture");
        assert!(shown.contains(&canonical(picture.clone())), "no page shows {}", picture.display());
        assert!(bytes.len() as u64 <= LARGEST, "{} has {} bytes", picture.display(), bytes.len());
        assert!(width(&bytes) <= WIDEST, "{} is {} pixels wide", picture.display(), width(&bytes));
    }
    assert!(pictures.len() >= ROLES.len(), "there are only {} pictures", pictures.len());
}

/// The first chunk of a PNG begins with its width.
fn width(png: &[u8]) -> u32 {
    u32::from_be_bytes(png[16..20].try_into().expect("four bytes"))
}

#[test]
fn every_role_has_its_page_and_the_readme_leads_there() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");

    for role in ROLES {
        assert!(readme.contains(&format!("(docs/{role}.md)")), "README.md does not lead to docs/{role}.md");
    }
}
