//! The publication log: who made what public, which bytes, when, and what the portal answered. Each entry carries the hash
//! of the one before it, so that whatever is changed, left out or moved shows from there on.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{
    decision::Act,
    ids::{ArticleId, DecisionId, Hash, JobId, PersonId},
};

/// What the first entry follows.
pub const BEGINNING: Hash = Hash([0; 32]);

/// One act towards readers that a portal has confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 1, 2, 3 …
    pub number: u32,
    /// Hash of the entry before it; of the first, zeros.
    pub previous: Hash,
    pub act: Act,
    pub article: ArticleId,
    pub headline: String,
    /// BCP 47.
    pub language: String,
    pub portal: String,
    /// Who decided it.
    pub person: PersonId,
    pub person_name: String,
    pub decision: DecisionId,
    pub job: JobId,
    pub reason: String,
    /// The revision that was decided about, and the hash of what it says.
    pub revision: Hash,
    pub content_hash: Hash,
    /// Hash of the message that was sent last, where one was.
    pub payload_hash: Option<Hash>,
    pub attempts: u32,
    /// Unix milliseconds, UTC, as the other two.
    pub decided_at: i64,
    /// When the message was sent last.
    pub sent_at: Option<i64>,
    pub confirmed_at: i64,
    /// The portal's receipt, as it came.
    pub answer: Value,
    /// What reading the public page back found different.
    pub differences: Vec<String>,
}

/// An entry as it is kept: its canonical JSON (RFC 8785), and the SHA-256 of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub entry: String,
    pub hash: Hash,
}

impl Entry {
    #[must_use]
    pub fn sealed(&self) -> Sealed {
        let value = serde_json::to_value(self).expect("an entry's members have text for keys");
        let entry = canonical(&value);
        Sealed { hash: Hash::of(entry.as_bytes()), entry }
    }
}

/// Returns the canonical JSON (RFC 8785) of `value`.
#[must_use]
pub fn canonical(value: &Value) -> String {
    serde_json_canonicalizer::to_string(value).expect("a value always has canonical JSON")
}

/// How far a log goes: the number of its last entry, 0 before the first, and that entry's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Head {
    pub entries: u32,
    pub hash: Hash,
}

impl Default for Head {
    fn default() -> Self {
        Self { entries: 0, hash: BEGINNING }
    }
}

/// The first place at which a log is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("entry {at} {fault}")]
#[ts(export)]
pub struct Broken {
    /// Its place, counted from 1.
    pub at: u32,
    pub fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "LogFault")]
pub enum Fault {
    /// It cannot be read as an entry.
    Unreadable,
    /// Its words are not those that its hash was made of.
    Altered,
    /// It is not there, or another stands in its place.
    Missing,
    /// It does not follow the one before it.
    Detached,
    /// It is filed under what it does not say.
    Misfiled,
    /// The revision that it names does not say any more what was published.
    WordsGone,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "cannot be read",
            Self::Altered => "was altered",
            Self::Missing => "is missing",
            Self::Detached => "does not follow the one before it",
            Self::Misfiled => "is filed under what it does not say",
            Self::WordsGone => "names words that are not what was published",
        })
    }
}

impl Head {
    /// Goes on by one entry, or says why that is not the one that was written here.
    ///
    /// # Errors
    /// [`Broken`] at this entry.
    pub fn follow(&mut self, sealed: &Sealed) -> Result<Entry, Broken> {
        let at = self.entries + 1;
        let broken = |fault| Broken { at, fault };
        if Hash::of(sealed.entry.as_bytes()) != sealed.hash {
            return Err(broken(Fault::Altered));
        }
        let entry: Entry = serde_json::from_str(&sealed.entry).map_err(|_| broken(Fault::Unreadable))?;
        if entry.number != at {
            return Err(broken(Fault::Missing));
        }
        if entry.previous != self.hash {
            return Err(broken(Fault::Detached));
        }
        *self = Self { entries: at, hash: sealed.hash };
        Ok(entry)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn entry(number: u32, previous: Hash) -> Entry {
        Entry {
            number,
            previous,
            act: Act::Publish,
            article: ArticleId(Uuid::from_u128(1)),
            headline: "Lũ rút".into(),
            language: "vi".into(),
            portal: "local".into(),
            person: PersonId(Uuid::from_u128(2)),
            person_name: "Lan".into(),
            decision: DecisionId(Uuid::from_u128(3)),
            job: JobId(Uuid::from_u128(u128::from(number))),
            reason: String::new(),
            revision: Hash::of(b"revision"),
            content_hash: Hash::of(b"content"),
            payload_hash: None,
            attempts: 1,
            decided_at: 1_765_500_000_000,
            sent_at: None,
            confirmed_at: 1_765_500_000_001,
            answer: json!({"url": "http://localhost/a", "version": "1"}),
            differences: Vec::new(),
        }
    }

    fn log(length: u32) -> Vec<Sealed> {
        let mut head = Head::default();
        let mut log = Vec::new();
        for number in 1..=length {
            let sealed = entry(number, head.hash).sealed();
            head.follow(&sealed).expect("it follows");
            log.push(sealed);
        }
        log
    }

    fn read(log: &[Sealed]) -> Result<Head, Broken> {
        let mut head = Head::default();
        log.iter().try_for_each(|sealed| head.follow(sealed).map(drop))?;
        Ok(head)
    }

    #[test]
    fn a_log_that_nobody_touched_is_read_to_its_end() {
        let log = log(5);

        assert_eq!(read(&log), Ok(Head { entries: 5, hash: log[4].hash }));
        assert_eq!(read(&[]), Ok(Head::default()));
    }

    #[test]
    fn whatever_is_done_to_a_log_shows_where_it_was_done() {
        let renamed = |sealed: &Sealed| sealed.entry.replace("Lan", "Hoa");
        type Change<'a> = (&'a str, Box<dyn Fn(&mut Vec<Sealed>)>, u32, Fault);
        let table: [Change<'_>; 6] = [
            ("words", Box::new(move |log| log[2].entry = renamed(&log[2])), 3, Fault::Altered),
            (
                "words, and the hash made to fit",
                Box::new(move |log| {
                    log[2].entry = renamed(&log[2]);
                    log[2].hash = Hash::of(log[2].entry.as_bytes());
                }),
                4,
                Fault::Detached,
            ),
            ("left out", Box::new(|log| drop(log.remove(2))), 3, Fault::Missing),
            ("swapped", Box::new(|log| log.swap(1, 2)), 2, Fault::Missing),
            (
                "another beginning",
                Box::new(|log| log[0] = entry(1, Hash::of(b"x")).sealed()),
                1,
                Fault::Detached,
            ),
            (
                "no entry",
                Box::new(|log| log[4] = Sealed { entry: "{}".into(), hash: Hash::of(b"{}") }),
                5,
                Fault::Unreadable,
            ),
        ];
        for (name, change, at, fault) in table {
            let mut changed = log(5);
            change(&mut changed);

            assert_eq!(read(&changed), Err(Broken { at, fault }), "{name}");
        }
    }

    #[test]
    fn the_same_entry_is_always_the_same_bytes() {
        let sealed = entry(1, BEGINNING).sealed();
        let again: Value = serde_json::from_str(&sealed.entry).expect("it is JSON");

        assert_eq!(canonical(&again), sealed.entry);
        assert!(sealed.entry.starts_with(r#"{"act":"publish","answer":{"url":"#), "{}", sealed.entry);
    }
}
