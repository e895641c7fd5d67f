//! What is live, and how a decision makes it so: in one transaction, once.

use domain::{
    ids::{ArticleId, DecisionId, Hash},
    live::Standing,
    page::{Correction, name},
};
use protocol::{Act, Edition, Kept, Listed, Live, ProblemKind, Receipt};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use url::Url;

use crate::{LocalPortal, refusal::Refusal, withdrawals};

/// An edition as it is kept, and how it stands.
pub struct LiveEdition {
    pub standing: Standing,
    /// Said on the page of what is gone.
    pub public_notice: String,
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
        let receipt = keep(&tx, decision, &edition, base_url, &self.now().to_string())?;
        tx.execute(
            "INSERT INTO decisions (id, fingerprint, receipt) VALUES (?1, ?2, ?3)",
            params![decision.0, fingerprint.0, serde_json::to_string(&receipt)?],
        )?;
        tx.commit()?;
        Ok(Applied::Now(receipt))
    }

    fn refuse_unfit(&self, conn: &Connection, edition: &Edition) -> Result<(), Refusal> {
        if edition.act.takes_away() {
            return Err(Refusal::new(
                ProblemKind::Malformed,
                "an edition is not taken away here, but by a withdrawal",
            ));
        }
        if withdrawals::is_killed(conn, edition.article)? {
            return Err(Refusal::new(
                ProblemKind::Killed,
                "this article was killed; nothing of it is taken any more",
            ));
        }
        if edition.document.content_hash() != edition.content_hash {
            return Err(Refusal::new(ProblemKind::ContentMismatch, "what arrived is not what was approved"));
        }
        if !edition.canonical_url.is_empty() && !is_web_address(&edition.canonical_url) {
            return Err(Refusal::new(ProblemKind::Malformed, "`canonical_url` is no web address"));
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
        let there = version(conn, edition.article)?;
        if there != edition.base {
            return Err(changed(there));
        }
        Ok(())
    }

    /// Returns the receipt of a decision that was applied.
    pub fn receipt(&self, decision: DecisionId) -> Result<Option<Receipt>, Refusal> {
        Ok(decided(&self.conn(), decision)?.map(|(_, receipt)| receipt))
    }

    /// Returns an edition, however it stands.
    pub fn edition(&self, article: ArticleId) -> Result<Option<LiveEdition>, Refusal> {
        one(&self.conn(), "WHERE editions.article = ?1", params![article.0])
    }

    /// Returns the newest editions; those of one page where one is named.
    pub fn list(&self, page: Option<&str>, base_url: &str) -> Result<Vec<Listed>, Refusal> {
        let conn = self.conn();
        let mut query = conn.prepare(
            "SELECT editions.article, standing, json_extract(edition, '$.document.headline'),
                    json_extract(edition, '$.document.language'), page, changed_at
             FROM editions JOIN versions ON versions.article = editions.article AND versions.version = shows
             WHERE ?1 IS NULL OR page = ?1
                OR editions.article = (SELECT article FROM former_pages WHERE former_pages.page = ?1)
             ORDER BY changed_at DESC LIMIT 200",
        )?;
        let rows = query.query_map([page], |row| {
            let standing: String = row.get(1)?;
            Ok(Listed {
                article: ArticleId(row.get(0)?),
                standing: Standing::named(&standing).unwrap_or_default(),
                headline: row.get(2)?,
                language: row.get(3)?,
                url: format!("{base_url}/{}", row.get::<_, String>(4)?),
                changed_at: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns what is, or was last, on a page.
    pub fn on_page(&self, page: &str) -> Result<Option<LiveEdition>, Refusal> {
        one(&self.conn(), "WHERE editions.page = ?1", params![page])
    }

    /// Returns what is, or was last, on a page that has another name now.
    pub fn on_former_page(&self, page: &str) -> Result<Option<LiveEdition>, Refusal> {
        let filter = "WHERE editions.article = (SELECT article FROM former_pages WHERE page = ?1)";
        one(&self.conn(), filter, params![page])
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
            standing: self.standing,
            url: format!("{base_url}/{}", self.page),
            version: token(self.version),
            content_hash: self.edition.content_hash,
            first_published: self.first_published.clone(),
            updated: self.updated.clone(),
            corrections: self.corrections.clone(),
        }
    }

    /// Returns the whole of it.
    pub fn kept(self, base_url: &str) -> Kept {
        Kept { live: self.told(base_url), edition: self.edition }
    }
}

/// Returns the version token of how an edition stands.
pub fn version(conn: &Connection, article: ArticleId) -> Result<Option<String>, Refusal> {
    let sql = "SELECT version FROM editions WHERE article = ?1";
    let found: Option<i64> = conn.query_row(sql, [article.0], |row| row.get(0)).optional()?;
    Ok(found.map(token))
}

/// Refuses what would overwrite or take away something that the desk has not seen.
pub fn changed(there: Option<String>) -> Refusal {
    let now = there
        .as_deref()
        .map_or("nothing is there".to_owned(), |version| format!("version {version} is there"));
    Refusal::stale(format!("it was changed here meanwhile: {now}"), there)
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
    let there: Option<(String, i64)> = tx
        .query_row("SELECT page, version FROM editions WHERE article = ?1", [edition.article.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let version = there.as_ref().map_or(0, |(_, version)| *version) + 1;
    let page = page_name(tx, edition, there.as_ref().map(|(page, _)| page.as_str()))?;
    match there {
        Some(_) => tx.execute(
                "UPDATE editions SET version = ?2, shows = ?2, standing = 'live', public_notice = '', changed_at = ?3,
                        updated = iif(?4, updated, ?3) WHERE article = ?1",
                params![edition.article.0, version, now, edition.act == Act::MinorFix],
            )?,
        None => tx.execute(
                "INSERT INTO editions (article, page, version, shows, first_published, changed_at) VALUES (?1, ?2, ?3, ?3, ?4, ?4)",
                params![edition.article.0, page, version, now],
            )?,
    };
    let fields = &edition.document.fields;
    tx.execute(
        "UPDATE editions SET page = ?2, story = ?3, language = ?4, category_code = ?5, source_paper = ?6 WHERE article = ?1",
        params![
            edition.article.0,
            page,
            edition.story.to_string(),
            fields.language,
            fields.category_code.trim(),
            fields.source_paper.trim()
        ],
    )?;
    withdrawals::show_pictures(tx, edition)?;
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

/// Returns the name of the edition's page: the one it has, whatever becomes of the headline, until the desk wants other
/// words in the address.
fn page_name(tx: &Transaction<'_>, edition: &Edition, there: Option<&str>) -> Result<String, Refusal> {
    let fields = &edition.document.fields;
    let wanted = name::of(fields, edition.article);
    let Some(there) = there else { return Ok(wanted) };
    if fields.url_slug.trim().is_empty() || there == wanted {
        return Ok(there.to_owned());
    }
    tx.execute("DELETE FROM former_pages WHERE page = ?1", [&wanted])?;
    let sql = "INSERT OR REPLACE INTO former_pages (page, article) VALUES (?1, ?2)";
    tx.execute(sql, params![there, edition.article.0])?;
    Ok(wanted)
}

fn is_web_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn one(
    conn: &Connection,
    filter: &str,
    params: impl rusqlite::Params,
) -> Result<Option<LiveEdition>, Refusal> {
    let sql = format!(
        "SELECT editions.page, editions.version, editions.first_published, editions.updated, versions.edition,
                standing, public_notice
         FROM editions JOIN versions ON versions.article = editions.article AND versions.version = shows {filter}"
    );
    type Row = (String, i64, String, String, String, String, String);
    let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Row> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
    };
    let Some((page, version, first_published, updated, edition, standing, public_notice)) =
        conn.query_row(&sql, params, row).optional()?
    else {
        return Ok(None);
    };
    let edition: Edition = serde_json::from_str(&edition)?;
    let corrections = corrections(conn, edition.article)?;
    let standing = Standing::named(&standing).unwrap_or_default(); // the schema knows no other
    Ok(Some(LiveEdition {
        standing,
        public_notice,
        page,
        version,
        first_published,
        updated,
        edition,
        corrections,
    }))
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
