//! What a disk holds when its power is cut: what was synced, and of the rest nothing or some.
//!
//! As strict as POSIX lets a file system be: bytes are there once their file was synced, a name once its folder was (of a
//! new folder too). What was not synced may be there in part, written parts in any order, names in theirs.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::log::Change;

/// What becomes of what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// All of it is gone.
    Drops,
    /// About half of it is there, by pieces of so many bytes; `dice` says which.
    KeepsHalf { piece: u64, dice: u64 },
}

/// A file or folder, by the order in which they came.
type Id = usize;
type Names = HashMap<Id, BTreeMap<String, Id>>;

const ROOT: Id = 0;

#[derive(Debug, Default)]
struct Contents {
    synced: Vec<u8>,
    unsynced: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Written { at: u64, bytes: Vec<u8> },
    Cut { length: u64 },
}

/// A change of names, and the folders that carry it.
#[derive(Debug, Clone)]
enum Naming {
    Adds { folder: Id, name: String, id: Id },
    Removes { folder: Id, name: String },
    Moves { from: (Id, String), to: (Id, String), id: Id },
}

/// A folder as the program sees it, and as the disk has it.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    files: HashMap<Id, Contents>,
    by_inode: HashMap<u64, Id>,
    next: Id,
    now: Names,
    synced: Names,
    unsynced: Vec<Naming>,
}

impl Disk {
    /// Takes `root` as it stands, all of it synced.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(root: &Path) -> Result<Self> {
        let root = root.canonicalize()?;
        let mut disk = Self {
            root: root.clone(),
            files: HashMap::new(),
            by_inode: HashMap::new(),
            next: ROOT + 1,
            now: HashMap::from([(ROOT, BTreeMap::new())]),
            synced: HashMap::new(),
            unsynced: Vec::new(),
        };
        disk.look_at(&root, ROOT)?;
        disk.synced = disk.now.clone();
        Ok(disk)
    }

    fn look_at(&mut self, path: &Path, folder: Id) -> Result<()> {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let (path, about) = (entry.path(), entry.metadata()?);
            let id = self.new_id();
            let name = entry.file_name().to_string_lossy().into_owned();
            self.now.entry(folder).or_default().insert(name, id);
            if about.is_dir() {
                self.now.insert(id, BTreeMap::new());
                self.look_at(&path, id)?;
            } else {
                self.by_inode.insert(about.ino(), id);
                self.files.insert(id, Contents { synced: fs::read(&path)?, unsynced: Vec::new() });
            }
        }
        Ok(())
    }

    fn new_id(&mut self) -> Id {
        self.next += 1;
        self.next - 1
    }

    /// Goes one change further.
    ///
    /// # Errors
    /// When the change speaks of what is not there.
    pub fn apply(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::Write { file, at, bytes } => {
                self.file(*file)?.unsynced.push(Piece::Written { at: *at, bytes: bytes.clone() });
            }
            Change::Truncate { file, length } => {
                self.file(*file)?.unsynced.push(Piece::Cut { length: *length });
            }
            Change::Sync { file } => self.file(*file)?.sync(),
            Change::Create { file, path } => {
                let (folder, name) = self.place(path)?;
                let id = self.new_id();
                self.by_inode.insert(*file, id); // an inode may come again
                self.files.insert(id, Contents::default());
                self.name(Naming::Adds { folder, name, id });
            }
            Change::MakeFolder { path } => {
                let (folder, name) = self.place(path)?;
                let id = self.new_id();
                self.now.insert(id, BTreeMap::new());
                self.synced.insert(id, BTreeMap::new());
                self.name(Naming::Adds { folder, name, id });
            }
            Change::Rename { from, to } => {
                let (from, to) = (self.place(from)?, self.place(to)?);
                let id = self.named(&from).with_context(|| format!("{} is not there", from.1))?;
                self.name(Naming::Moves { from, to, id });
            }
            Change::Remove { path } => {
                let (folder, name) = self.place(path)?;
                self.name(Naming::Removes { folder, name });
            }
            Change::SyncFolder { path, names } => self.sync_folder(path, names)?,
        }
        Ok(())
    }

    fn file(&mut self, inode: u64) -> Result<&mut Contents> {
        let id = self.by_inode.get(&inode).with_context(|| format!("nobody made file {inode}"))?;
        self.files.get_mut(id).with_context(|| format!("{inode} is no file"))
    }

    fn named(&self, (folder, name): &(Id, String)) -> Option<Id> {
        self.now.get(folder)?.get(name).copied()
    }

    fn name(&mut self, naming: Naming) {
        naming.apply(&mut self.now);
        self.unsynced.push(naming);
    }

    /// Returns the folder that `path` lies in, and its name there.
    fn place(&self, path: &Path) -> Result<(Id, String)> {
        let name = path.file_name().context("the root has no name")?.to_string_lossy().into_owned();
        let folder = self.id(path.parent().context("the root has no place")?)?;
        Ok((folder, name))
    }

    fn id(&self, path: &Path) -> Result<Id> {
        let mut id = ROOT;
        for part in path.strip_prefix(&self.root)?.components() {
            let Component::Normal(name) = part else { continue };
            let name = name.to_string_lossy().into_owned();
            id = self.named(&(id, name)).with_context(|| format!("{} is not there", path.display()))?;
        }
        Ok(id)
    }

    fn sync_folder(&mut self, path: &Path, names: &[(u64, String)]) -> Result<()> {
        let folder = self.id(path)?;
        let (carried, left): (Vec<_>, Vec<_>) =
            self.unsynced.drain(..).partition(|naming| naming.is_in(folder));
        self.unsynced = left;
        carried.iter().for_each(|naming| naming.apply(&mut self.synced));
        // What was renamed past the C library was not noted, but is there.
        for (inode, name) in names {
            let here = (folder, name.clone());
            let known = self.by_inode.get(inode).copied().filter(|id| self.named(&here) != Some(*id));
            let is_folder = self.named(&here).is_some_and(|id| self.now.contains_key(&id));
            if let Some(id) = known.filter(|_| !is_folder) {
                let naming = Naming::Adds { folder, name: name.clone(), id };
                naming.apply(&mut self.now);
                naming.apply(&mut self.synced);
            }
        }
        Ok(())
    }

    /// Returns a file as the program sees it.
    #[must_use]
    pub fn sees(&self, path: &Path) -> Option<Vec<u8>> {
        let contents = self.files.get(&self.id(path).ok()?)?;
        let mut bytes = contents.synced.clone();
        contents.unsynced.iter().for_each(|piece| piece.apply(&mut bytes));
        Some(bytes)
    }

    /// Makes what the disk holds after the cut in the empty folder `to`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn cut(&self, cut: Cut, to: &Path) -> Result<()> {
        let mut dice = Dice(match cut {
            Cut::Drops => 0,
            Cut::KeepsHalf { dice, .. } => dice,
        });
        let mut names = self.synced.clone();
        if cut != Cut::Drops {
            let kept = dice.below(self.unsynced.len() + 1);
            self.unsynced[..kept].iter().for_each(|naming| naming.apply(&mut names));
        }
        self.make(&names, ROOT, to, cut, &mut dice)
    }

    fn make(&self, names: &Names, folder: Id, to: &Path, cut: Cut, dice: &mut Dice) -> Result<()> {
        for (name, id) in names.get(&folder).into_iter().flatten() {
            let path = to.join(name);
            if let Some(contents) = self.files.get(id) {
                fs::write(path, contents.after(cut, dice))?;
            } else {
                fs::create_dir(&path)?;
                self.make(names, *id, &path, cut, dice)?;
            }
        }
        Ok(())
    }
}

impl Contents {
    fn sync(&mut self) {
        for piece in self.unsynced.drain(..) {
            piece.apply(&mut self.synced);
        }
    }

    fn after(&self, cut: Cut, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        if let Cut::KeepsHalf { piece, .. } = cut {
            let pieces = self.unsynced.iter().flat_map(|unsynced| unsynced.split(piece));
            pieces.filter(|_| dice.below(2) == 0).for_each(|kept| kept.apply(&mut bytes));
        }
        bytes
    }
}

impl Piece {
    fn apply(&self, to: &mut Vec<u8>) {
        match self {
            Self::Cut { length } => to.resize(index(*length), 0),
            Self::Written { at, bytes } => {
                let (from, end) = (index(*at), index(*at) + bytes.len());
                to.resize(to.len().max(end), 0);
                to[from..end].copy_from_slice(bytes);
            }
        }
    }

    /// Returns it in pieces that end where the disk's own do.
    fn split(&self, size: u64) -> Vec<Self> {
        let Self::Written { at, bytes } = self else { return vec![self.clone()] };
        let (mut at, mut rest, mut pieces) = (*at, bytes.as_slice(), Vec::new());
        while !rest.is_empty() {
            let (piece, left) = rest.split_at(index(size - at % size).min(rest.len()));
            pieces.push(Self::Written { at, bytes: piece.to_vec() });
            at += piece.len() as u64;
            rest = left;
        }
        pieces
    }
}

impl Naming {
    fn apply(&self, names: &mut Names) {
        match self {
            Self::Adds { folder, name, id } => {
                names.entry(*folder).or_default().insert(name.clone(), *id);
            }
            Self::Removes { folder, name } => {
                names.entry(*folder).or_default().remove(name);
            }
            Self::Moves { from: (from, old), to: (to, new), id } => {
                names.entry(*from).or_default().remove(old);
                names.entry(*to).or_default().insert(new.clone(), *id);
            }
        }
    }

    fn is_in(&self, place: Id) -> bool {
        match self {
            Self::Adds { folder, .. } | Self::Removes { folder, .. } => *folder == place,
            Self::Moves { from, to, .. } => from.0 == place || to.0 == place,
        }
    }
}

fn index(number: u64) -> usize {
    usize::try_from(number).expect("a file of the test fits into memory")
}

/// Random enough (splitmix64), and the same again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        index((mixed ^ (mixed >> 31)) % most as u64)
    }
}
