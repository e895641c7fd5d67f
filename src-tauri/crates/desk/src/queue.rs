//! The queue: what waits for whom.

use domain::{live::Standing, stage::Stage};
use store::queue::{self, QueueRow as Row};

use crate::{
    Desk, Result,
    window::{PublicationState, Queue, QueueAsked, QueueCounts, QueueList, QueueRow},
};

/// More than anybody scans; search finds the rest.
const AT_MOST: u32 = 500;

impl Desk {
    /// Returns one list of the queue, or, when words are looked for, what is found in every list; and all counts.
    ///
    /// # Errors
    /// What the database says.
    pub fn queue(&self, asked: &QueueAsked) -> Result<Queue> {
        let all = self.store.read(|conn| queue::rows(conn, "", AT_MOST))?;
        let counts = counts(&all);
        let finding = !asked.find.trim().is_empty();
        let found =
            if finding { self.store.read(|conn| queue::rows(conn, &asked.find, AT_MOST))? } else { all };
        let rows = found.into_iter().filter(|row| finding || belongs(row, asked.list)).map(shown).collect();
        Ok(Queue { rows, counts })
    }
}

fn counts(rows: &[Row]) -> QueueCounts {
    let count =
        |list| u32::try_from(rows.iter().filter(|row| belongs(row, list)).count()).unwrap_or(u32::MAX);
    QueueCounts {
        mine: count(QueueList::Mine),
        to_review: count(QueueList::ToReview),
        pictures_wanted: count(QueueList::PicturesWanted),
        scheduled: count(QueueList::Scheduled),
        live: count(QueueList::Live),
        failed: count(QueueList::Failed),
        trash: count(QueueList::Trash),
    }
}

/// Nobody works on what was killed any more: it is seen where it is not gone yet, and found by its words.
fn belongs(row: &Row, list: QueueList) -> bool {
    match list {
        QueueList::Mine => row.stage != Stage::Spiked && !row.killed,
        QueueList::ToReview => matches!(row.stage, Stage::Submitted | Stage::InReview) && !row.killed,
        QueueList::PicturesWanted => {
            row.stage != Stage::Spiked && !row.killed && (row.pictures_wanted > 0 || row.words_missing > 0)
        }
        QueueList::Scheduled => row.goes_out.is_some(),
        QueueList::Live => row.live,
        QueueList::Failed => row.failed,
        QueueList::Trash => row.stage == Stage::Spiked,
    }
}

fn shown(row: Row) -> QueueRow {
    QueueRow {
        publication: publication(&row),
        id: row.id,
        headline: row.headline,
        language: row.language,
        source_paper: row.source_paper,
        stage: row.stage,
        pictures: row.pictures,
        pictures_wanted: row.pictures_wanted,
        words_missing: row.words_missing,
        person: row.person,
        saved_at: row.saved_at,
        goes_out: row.goes_out,
        zone: row.zone,
    }
}

/// What readers see comes first, then what is on its way to them, then what was taken from them.
fn publication(row: &Row) -> PublicationState {
    match (row.corrected, row.live, row.killed, row.queued, row.away) {
        (true, ..) => PublicationState::Corrected,
        (false, true, ..) => PublicationState::Live,
        (false, false, true, ..) | (false, false, false, false, Some(Standing::Killed)) => {
            PublicationState::Killed
        }
        (false, false, false, true, _) => PublicationState::Queued,
        (false, false, false, false, Some(Standing::TakenDown)) => PublicationState::TakenDown,
        (false, false, false, false, Some(Standing::Unpublished)) => PublicationState::Unpublished,
        (false, false, false, false, None | Some(Standing::Never | Standing::Live)) => {
            PublicationState::Never
        }
    }
}
