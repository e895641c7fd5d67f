//! What is live, and how a decision makes it so: in one transaction, once.

use domain::{
    article::Fields,
    ids::{ArticleId, DecisionId, Hash},
    page::{Correction, name},
};
use jiff::Timestamp;
use protocol::{Edition, Live, ProblemKind, Receipt};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::{LocalPortal, refusal::Refusal};

/// An edition as it is live.
pub struct LiveEdition {
    pub page: String,
    pub version: i64,
    pub first_published: String,
    pub updated: String,
    pub edition: Edition,
    pub corrections: Vec<Correction>,
}

/// Whether a decision had its effect now, or had had it before.
pub enum Applied {
    Now(Receipt),
    Before(Receipt),
}

impl LocalPortal {
    /// Applies a decision under its id. The same again answers the same; the same id with anything else is refused.
    pub fn apply(&self, decision: DecisionId, sent: &[u8], base_url: &str) -> Result<Applied, Refusal> {
        let edition: Edition = serde_json::from_slice(sent).map_err(|error| {
            Refusal::new(ProblemKind::Malformed, format!("the edition cannot be read: {error}"))
        })?;
        let mut conn = self.conn();
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let fingerprint = Hash::of(sent);
        if let Some((before, receipt)) = decided(&tx, decision)? {
            return if before == fingerprint {
                Ok(Applied::Before(receipt))
            } else {
                Err(Refusal::new(
                    ProblemKind::KeyReused,
                    "this decision was made here already, with other words",
                ))
            };
        }
        self.refuse_unfit(&tx, &edition)?;
        let receipt = keep(&tx, decision, &edition, base_url, &Timestamp::now().to_string())?;
        tx.execute(
            "INSERT INTO decisions (id, fingerprint, receipt) VALUES (?1, ?2, ?3)",
            params![decision.0, fingerprint.0, serde_json::to_string(&receipt)?],
        )?;
        tx.commit()?;
        Ok(Applied::Now(receipt))
    }

    fn refuse_unfit(&self, conn: &Connection, edition: &Edition) -> Result<(), Refusal> {
        if edition.document.content_hash() != edition.content_hash {
            return Err(Refusal::new(ProblemKind::ContentMismatch, "what arrived is not what was approved"));
        }
        let missing: Vec<Hash> = edition
            .renditions
            .iter()
            .map(|rendition| rendition.rendition)
            .filter(|hash| !self.has_picture(*hash))
            .collect();
        if !missing.is_empty() {
            return Err(Refusal::missing(missing));
        }
        let live: Option<i64> = conn
            .query_row("SELECT version FROM editions WHERE article = ?1", [edition.article.0], |row| {
                row.get(0)
            })
            .optional()?;
        if live.map(token) != edition.base {
            let now = live
                .map_or_else(|| "nothing is live".to_owned(), |version| format!("version {version} is live"));
            return Err(Refusal::new(
                ProblemKind::StaleVersion,
                format!("it was changed here meanwhile: {now}"),
            ));
        }
        Ok(())
    }

    /// Returns the receipt of a decision that was applied.
    pub fn receipt(&self, decision: DecisionId) -> Result<Option<Receipt>, Refusal> {
        Ok(decided(&self.conn(), decision)?.map(|(_, receipt)| receipt))
    }

    /// Returns what is live of an edition.
    pub fn live(&self, article: ArticleId) -> Result<Option<LiveEdition>, Refusal> {
        one(&self.conn(), "WHERE editions.article = ?1", params![article.0])
    }

    /// Returns what is live on a page.
    pub fn on_page(&self, page: &str) -> Result<Option<LiveEdition>, Refusal> {
        one(&self.conn(), "WHERE editions.page = ?1", params![page])
    }

    /// Returns page, fields and day of what is live, the newest first.
    pub fn front(&self) -> Result<Vec<(String, Fields)>, Refusal> {
        let conn = self.conn();
        let mut query = conn.prepare(
            "SELECT editions.page, versions.edition FROM editions JOIN versions USING (article, version)
             ORDER BY editions.first_published DESC LIMIT 200",
        )?;
        let rows: Vec<(String, String)> =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(page, edition)| Ok((page, serde_json::from_str::<Edition>(&edition)?.document.fields)))
            .collect()
    }

    /// Remembers a setting, e.g. the port.
    pub fn remember(&self, name: &str, value: &str) -> Result<(), Refusal> {
        let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.conn().execute(sql, params![name, value])?;
        Ok(())
    }

    pub fn remembered(&self, name: &str) -> Option<String> {
        self.conn().query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0)).ok()
    }
}

/// The version token of a version number.
pub fn token(version: i64) -> String {
    format!("v{version}")
}

impl LiveEdition {
    /// Returns what the protocol says of it.
    pub fn told(&self, base_url: &str) -> Live {
        Live {
            article: self.edition.article,
            url: format!("{base_url}/{}", self.page),
            version: token(self.version),
            content_hash: self.edition.content_hash,
            first_published: self.first_published.clone(),
            updated: self.updated.clone(),
            corrections: self.corrections.clone(),
        }
    }
}

fn decided(conn: &Connection, decision: DecisionId) -> Result<Option<(Hash, Receipt)>, Refusal> {
    let found: Option<([u8; 32], String)> = conn
        .query_row("SELECT fingerprint, receipt FROM decisions WHERE id = ?1", [decision.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found
        .map(|(hash, receipt)| serde_json::from_str(&receipt).map(|receipt| (Hash(hash), receipt)))
        .transpose()?)
}

fn keep(
    tx: &Transaction<'_>,
    decision: DecisionId,
    edition: &Edition,
    base_url: &str,
    now: &str,
) -> Result<Receipt, Refusal> {
    let live: Option<(String, i64)> = tx
        .query_row("SELECT page, version FROM editions WHERE article = ?1", [edition.article.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let version = live.as_ref().map_or(0, |(_, version)| *version) + 1;
    let page = match live {
        Some((page, _)) => {
            tx.execute(
                "UPDATE editions SET version = ?2, updated = ?3 WHERE article = ?1",
                params![edition.article.0, version, now],
            )?;
            page
        }
        None => {
            let page = name::of(&edition.document.fields, edition.article);
            tx.execute(
                "INSERT INTO editions (article, page, version, first_published) VALUES (?1, ?2, ?3, ?4)",
                params![edition.article.0, page, version, now],
            )?;
            page
        }
    };
    tx.execute(
        "INSERT INTO versions (article, version, content_hash, edition, applied_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![edition.article.0, version, edition.content_hash.0, serde_json::to_string(edition)?, now],
    )?;
    Ok(Receipt {
        decision,
        remote_id: edition.article.to_string(),
        url: format!("{base_url}/{page}"),
        version: token(version),
        content_hash: edition.content_hash,
        applied_at: now.to_owned(),
    })
}

fn one(
    conn: &Connection,
    filter: &str,
    params: impl rusqlite::Params,
) -> Result<Option<LiveEdition>, Refusal> {
    let sql = format!(
        "SELECT editions.page, editions.version, editions.first_published, editions.updated, versions.edition
         FROM editions JOIN versions USING (article, version) {filter}"
    );
    type Row = (String, i64, String, String, String);
    let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Row> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
    };
    let Some((page, version, first_published, updated, edition)) =
        conn.query_row(&sql, params, row).optional()?
    else {
        return Ok(None);
    };
    let edition: Edition = serde_json::from_str(&edition)?;
    let corrections = corrections(conn, edition.article)?;
    Ok(Some(LiveEdition { page, version, first_published, updated, edition, corrections }))
}

/// Public notices stay for ever, whatever version is live.
fn corrections(conn: &Connection, article: ArticleId) -> Result<Vec<Correction>, Refusal> {
    let sql = "SELECT json_extract(edition, '$.correction_notice'), applied_at FROM versions
               WHERE article = ?1 AND json_extract(edition, '$.correction_notice') <> '' ORDER BY version";
    let mut query = conn.prepare(sql)?;
    let notices =
        query.query_map([article.0], |row| Ok(Correction { notice: row.get(0)?, made_at: row.get(1)? }))?;
    Ok(notices.collect::<Result<_, _>>()?)
}
