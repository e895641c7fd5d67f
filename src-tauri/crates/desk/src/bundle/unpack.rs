//! Reading a bundle that may come from anybody. Nothing is unpacked onto the disk by its name; every entry has a known
//! name and an end.

use std::io::{self, Read, Seek, SeekFrom};

use domain::{
    ids::Hash,
    picture::{Difference, PictureWords},
};
use intake::page;
use media::{
    metadata,
    picture::{self, Inspected},
};
use zip::{
    CompressionMethod, ZipArchive,
    read::{Config, ZipFileEntry},
    unstable::read::ZipIterable,
};

use super::{
    LARGEST_ARTICLE, MIME_TYPE, MOST_BYTES, MOST_PICTURES, Refused,
    contents::{Contents, MOST_PLACEMENTS, PictureKept},
};

/// Where the first entry's name begins, and the words that every bundle begins with there.
const FIRST_NAME_AT: usize = 30;
const FIRST_NAME: &str = "mimetype";
/// Bytes of a file that tell whether it is a bundle.
pub const BEGINNING: usize = FIRST_NAME_AT + FIRST_NAME.len() + MIME_TYPE.len();

const ARTICLE: &str = "article.json";
/// More than the names of all entries take.
const LISTS: u64 = 1 << 20;
/// Type, article, page and what people read, and the pictures: as they came, and in each place.
const MOST_ENTRIES: usize = MOST_PICTURES + MOST_PLACEMENTS + 4;
/// No text packs so well; only what was made to burst does. Looked at from `RATIO_FROM` bytes on.
const HIGHEST_RATIO: u64 = 200;
const RATIO_FROM: u64 = 1 << 20;

/// A bundle that is open: the list of what it holds is in order.
pub struct Unpacked<R>(ZipArchive<R>);

/// A picture that was looked at, and what its file says of itself.
pub struct Looked {
    pub inspected: Inspected,
    pub size: u64,
    pub words: PictureWords,
    pub differences: Vec<Difference>,
}

/// Says whether a file that begins so is a bundle: its type stands first, and as it is.
pub fn begins_right(start: &[u8]) -> bool {
    let rest = start.get(FIRST_NAME_AT..).unwrap_or_default();
    start.starts_with(b"PK\x03\x04")
        && rest.strip_prefix(FIRST_NAME.as_bytes()).is_some_and(|rest| rest.starts_with(MIME_TYPE.as_bytes()))
}

impl<R: Read + Seek> Unpacked<R> {
    /// Looks at the list of entries; none is read yet.
    pub fn open(mut file: R) -> Result<Self, Refused> {
        if !begins_right(&beginning(&mut file)?) {
            return Err(Refused::NotABundle);
        }
        if file.seek(SeekFrom::End(0))? > MOST_BYTES + LISTS {
            return Err(Refused::Foreign("more than 1 GB".into()));
        }
        // Counted before they are listed: a list can be longer than the memory.
        let count = ZipIterable::try_new(&mut file, Config::default())?.len();
        if count > MOST_ENTRIES {
            return Err(Refused::Foreign(format!("{count} entries")));
        }
        let mut archive = ZipArchive::new(file)?;
        if archive.has_duplicate_names() {
            return Err(Refused::Foreign("two entries of one name".into()));
        }
        archive.validate_header_consistency()?;
        look_at_entries(&archive)?;
        Ok(Self(archive))
    }

    /// Reads what the bundle says; its entries are the ones that belong to that, and no other.
    pub fn contents(&mut self) -> Result<Contents, Refused> {
        if self.read(FIRST_NAME, MIME_TYPE.len() as u64)? != MIME_TYPE.as_bytes() {
            return Err(Refused::Damaged("its type".into()));
        }
        let contents = Contents::from_json(&self.read(ARTICLE, LARGEST_ARTICLE)?)?;
        let belongs = contents.entries();
        let is_known = |name: &str| name == FIRST_NAME || name == ARTICLE || belongs.contains(name);
        for name in self.0.file_names() {
            let name = name?;
            if !is_known(&name) {
                return Err(Refused::Foreign(shown(&name)));
            }
        }
        Ok(contents)
    }

    /// Looks at every picture: it is the one that is named, and it can be published.
    pub fn inspect_all(&mut self, contents: &Contents) -> Result<Vec<Looked>, Refused> {
        contents.pictures.iter().map(|picture| self.inspect(picture)).collect()
    }

    fn inspect(&mut self, kept: &PictureKept) -> Result<Looked, Refused> {
        let refused = |why| Refused::Picture { picture: kept.hash, why };
        let bytes = self.picture(kept)?;
        let inspected = picture::inspect(&bytes).map_err(refused)?;
        if inspected.kind != kept.kind {
            return Err(Refused::Damaged(format!("picture {} is of another kind", kept.hash)));
        }
        let found = metadata::read(&bytes);
        Ok(Looked { inspected, size: bytes.len() as u64, words: found.words, differences: found.differences })
    }

    /// Looks at what is in it for people alone: it is whole, and that is all that is asked of it.
    pub fn look_at_readable(&mut self, contents: &Contents) -> Result<(), Refused> {
        for name in contents.readable() {
            if self.0.index_for_name(&name).is_some() {
                self.read(&name, picture::LARGEST_FILE as u64)?;
            }
        }
        Ok(())
    }

    /// Returns a picture's bytes, which are the ones its name promises.
    pub fn picture(&mut self, kept: &PictureKept) -> Result<Vec<u8>, Refused> {
        self.hashed(&kept.name(), kept.hash, picture::LARGEST_FILE as u64)
    }

    /// Returns the page that the article was taken over from, as it came.
    pub fn page(&mut self, contents: &Contents) -> Result<Option<Vec<u8>>, Refused> {
        let page = contents.source_page.as_ref();
        page.map(|page| self.hashed(page.kind.name(), page.hash, page::MAX_BYTES as u64)).transpose()
    }

    fn hashed(&mut self, name: &str, hash: Hash, at_most: u64) -> Result<Vec<u8>, Refused> {
        let bytes = self.read(name, at_most)?;
        if Hash::of(&bytes) == hash {
            Ok(bytes)
        } else {
            Err(Refused::Damaged(format!("{name} is not what was exported")))
        }
    }

    /// Reads one entry whole. What it says of its own size is only believed where it is less than `at_most`.
    fn read(&mut self, name: &str, at_most: u64) -> Result<Vec<u8>, Refused> {
        let at = self.0.index_for_name(name).ok_or_else(|| Refused::Damaged(format!("{name} is missing")))?;
        let entry = self.0.by_index(at)?;
        if entry.size() > at_most {
            return Err(Refused::Foreign(format!("{name} of {} bytes", entry.size())));
        }
        let mut bytes = Vec::new();
        entry.take(at_most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > at_most {
            return Err(Refused::Foreign(format!("{name} is larger than it says")));
        }
        Ok(bytes)
    }
}

/// Looks at the list: each entry may be what it is, and all of them have room in the memory.
fn look_at_entries(archive: &ZipArchive<impl Read + Seek>) -> Result<(), Refused> {
    let mut whole = 0_u64;
    for at in 0..archive.len() {
        let entry = archive.by_index_data(at)?;
        if let Some(why) = what_no_bundle_has(&entry) {
            return Err(Refused::Foreign(format!("{}, {why}", shown(&entry.name()?))));
        }
        whole = whole.saturating_add(entry.size());
    }
    if whole > MOST_BYTES {
        return Err(Refused::Foreign("more than 1 GB when it is unpacked".into()));
    }
    Ok(())
}

fn what_no_bundle_has(entry: &ZipFileEntry<'_>) -> Option<&'static str> {
    let packed = entry.compressed_size().max(1);
    if entry.encrypted() {
        Some("which has a password")
    } else if entry.is_dir() || entry.is_symlink() || !entry.is_file() {
        Some("which is no file")
    } else if ![CompressionMethod::Stored, CompressionMethod::Deflated].contains(&entry.compression()) {
        Some("which is packed in a way of its own")
    } else if entry.size() > RATIO_FROM && entry.size() / packed > HIGHEST_RATIO {
        Some("which is packed so as to burst")
    } else {
        None
    }
}

fn beginning(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    file.rewind()?;
    file.take(BEGINNING as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// A name from outside, safe to be said: short, and without what could move a terminal's caret.
fn shown(name: &str) -> String {
    let short: String = name.chars().take(60).flat_map(char::escape_default).collect();
    format!("“{short}”")
}
