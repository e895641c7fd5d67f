//! Files dropped on the window or chosen in a dialog: their paths stay here, the window gets a number.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use crate::{
    commands::ChosenFile,
    failure::{Code, Failure},
};

/// The files of each drop, until they are used.
#[derive(Default)]
pub struct Drops(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    last: u32,
    paths: HashMap<u32, Vec<PathBuf>>,
}

/// More drops than a person can have pending.
const KEPT: u32 = 32;

impl Drops {
    /// Keeps the files of a drop and returns its number.
    pub fn keep(&self, paths: Vec<PathBuf>) -> u32 {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let (number, oldest) = (kept.last, kept.last.saturating_sub(KEPT));
        kept.paths.retain(|number, _| *number > oldest);
        kept.paths.insert(number, paths);
        number
    }

    /// Keeps a file that was chosen in a dialog, as if it had been dropped.
    pub fn chosen(&self, path: PathBuf) -> ChosenFile {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        ChosenFile { name, drop: self.keep(vec![path]) }
    }

    /// Returns the files of a drop.
    ///
    /// # Errors
    /// [`Code::DropGone`] when there was no such drop, or too many after it.
    pub fn of(&self, number: u32) -> Result<Vec<PathBuf>, Failure> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let paths = kept.paths.get(&number).filter(|paths| !paths.is_empty()).cloned();
        paths.ok_or_else(|| {
            Failure::new(Code::DropGone, "these files are not known any more; drop them again")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drop_is_known_by_its_number_until_many_others_came() {
        let drops = Drops::default();
        let first = drops.keep(vec!["a.jpg".into()]);
        assert_eq!(drops.of(first).expect("the first drop"), [PathBuf::from("a.jpg")]);

        (0..KEPT).for_each(|_| {
            drops.keep(vec!["b.jpg".into()]);
        });

        assert_eq!(drops.of(first).expect_err("forgotten").code, Code::DropGone);
    }
}
