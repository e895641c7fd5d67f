//! What was taken away from readers, once and for as long as it is to be. A kill is of an article, not of a page: what
//! arrives of it later is refused.

use domain::{
    ids::{ArticleId, DecisionId, Hash},
    live::Standing,
};
use protocol::{Act, Edition, ProblemKind, Withdrawal, Withdrawn};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::{
    LocalPortal,
    editions::{changed, token, version},
    refusal::Refusal,
};

/// Whether a decision took its edition away now, or had done so before.
pub enum TakenAway {
    Now(Withdrawn),
    Before(Withdrawn),
}

/// An edition's row, as far as taking it away needs it.
struct There {
    page: String,
    version: i64,
    standing: Standing,
}

impl LocalPortal {
    /// Takes an edition away under a decision's id. The same again answers the same.
    pub fn withdraw(&self, decision: DecisionId, sent: &[u8], base_url: &str) -> Result<TakenAway, Refusal> {
        let withdrawal: Withdrawal = serde_json::from_slice(sent).map_err(|error| {
            Refusal::new(ProblemKind::Malformed, format!("the withdrawal cannot be read: {error}"))
        })?;
        let mut conn = self.conn();
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let fingerprint = Hash::of(sent);
        if let Some((before, receipt)) = withdrawn(&tx, decision)? {
            return if before == fingerprint {
                Ok(TakenAway::Before(receipt))
            } else {
                Err(Refusal::new(
                    ProblemKind::KeyReused,
                    "this decision was made here already, with other words",
                ))
            };
        }
        let receipt = take_away(&tx, decision, &withdrawal, base_url, &self.now().to_string())?;
        tx.execute(
            "INSERT INTO withdrawals (id, article, leads_to, fingerprint, receipt) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                decision.0,
                withdrawal.article.0,
                leads_to(withdrawal.act)?.word(),
                fingerprint.0,
                serde_json::to_string(&receipt)?
            ],
        )?;
        tx.commit()?;
        Ok(TakenAway::Now(receipt))
    }

    /// Returns the receipt of a decision that took something away.
    pub fn withdrawn(&self, decision: DecisionId) -> Result<Option<Withdrawn>, Refusal> {
        Ok(withdrawn(&self.conn(), decision)?.map(|(_, receipt)| receipt))
    }

    /// Says whether readers may have this picture: something that is live shows it.
    pub fn shows_picture(&self, rendition: Hash) -> Result<bool, Refusal> {
        let sql = "SELECT EXISTS (SELECT 1 FROM shown_pictures WHERE rendition = ?1)";
        Ok(self.conn().query_row(sql, [rendition.to_string()], |row| row.get(0))?)
    }
}

pub fn is_killed(conn: &Connection, article: ArticleId) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM withdrawals WHERE article = ?1 AND leads_to = 'killed')";
    Ok(conn.query_row(sql, [article.0], |row| row.get(0))?)
}

/// Readers may have the pictures of this version, and of it no others.
pub fn show_pictures(tx: &Transaction<'_>, edition: &Edition) -> Result<(), Refusal> {
    hide_pictures(tx, edition.article)?;
    for made in &edition.renditions {
        tx.execute(
            "INSERT OR IGNORE INTO shown_pictures (rendition, article) VALUES (?1, ?2)",
            params![made.rendition.to_string(), edition.article.0],
        )?;
    }
    Ok(())
}

fn hide_pictures(tx: &Transaction<'_>, article: ArticleId) -> Result<(), Refusal> {
    tx.execute("DELETE FROM shown_pictures WHERE article = ?1", [article.0])?;
    Ok(())
}

fn take_away(
    tx: &Transaction<'_>,
    decision: DecisionId,
    withdrawal: &Withdrawal,
    base_url: &str,
    now: &str,
) -> Result<Withdrawn, Refusal> {
    let standing = leads_to(withdrawal.act)?;
    let article = withdrawal.article;
    let there = there(tx, article)?;
    if withdrawal.base.is_some() && version(tx, article)? != withdrawal.base {
        return Err(changed(version(tx, article)?));
    }
    let Some(there) = there else {
        if standing != Standing::Killed {
            return Err(Refusal::new(ProblemKind::NotFound, "nothing of it was ever here"));
        }
        let (url, version) = (String::new(), String::new());
        return Ok(Withdrawn { decision, article, standing, url, version, applied_at: now.into() });
    };
    // What was killed stays killed.
    let standing = if there.standing == Standing::Killed { Standing::Killed } else { standing };
    let version = there.version + 1;
    tx.execute(
        "UPDATE editions SET version = ?2, standing = ?3, public_notice = ?4, changed_at = ?5 WHERE article = ?1",
        params![article.0, version, standing.word(), withdrawal.public_notice, now],
    )?;
    hide_pictures(tx, article)?;
    let url = format!("{base_url}/{}", there.page);
    Ok(Withdrawn { decision, article, standing, url, version: token(version), applied_at: now.into() })
}

fn there(conn: &Connection, article: ArticleId) -> Result<Option<There>, Refusal> {
    let sql = "SELECT page, version, standing FROM editions WHERE article = ?1";
    Ok(conn
        .query_row(sql, [article.0], |row| {
            let standing: String = row.get(2)?;
            Ok(There {
                page: row.get(0)?,
                version: row.get(1)?,
                standing: Standing::named(&standing).unwrap_or_default(),
            })
        })
        .optional()?)
}

/// Returns how an edition stands after an act that takes it away.
fn leads_to(act: Act) -> Result<Standing, Refusal> {
    match act {
        Act::Unpublish => Ok(Standing::Unpublished),
        Act::Takedown => Ok(Standing::TakenDown),
        Act::Kill => Ok(Standing::Killed),
        Act::Publish | Act::MinorFix | Act::Update | Act::Correct => {
            Err(Refusal::new(ProblemKind::Malformed, "this act takes nothing away"))
        }
    }
}

fn withdrawn(conn: &Connection, decision: DecisionId) -> Result<Option<(Hash, Withdrawn)>, Refusal> {
    let found: Option<([u8; 32], String)> = conn
        .query_row("SELECT fingerprint, receipt FROM withdrawals WHERE id = ?1", [decision.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found
        .map(|(hash, receipt)| serde_json::from_str(&receipt).map(|receipt| (Hash(hash), receipt)))
        .transpose()?)
}
