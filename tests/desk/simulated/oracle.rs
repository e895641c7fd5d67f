//! The portal's own log says what happened; the desk may have said nothing else.

use std::{fmt::Write as _, path::Path};

use domain::ids::ArticleId;
use rusqlite::Connection;
use uuid::Uuid;

pub struct Oracle {
    desk: Connection,
    portal: Connection,
}

/// A job, as the desk has it.
#[derive(Debug)]
struct Job {
    decision: Uuid,
    act: String,
    state: String,
    content_hash: [u8; 32],
}

/// An effect, as the portal has it.
#[derive(Debug, PartialEq, Eq)]
struct Effect {
    decision: Uuid,
    version: i64,
}

impl Oracle {
    pub fn of(home: &Path) -> Self {
        let open = |path| Connection::open(home.join(path)).expect("a database");
        Self { desk: open("desk/desk.sqlite"), portal: open("portal/portal.sqlite") }
    }

    /// At any moment: nothing is said to be done that the portal has not done.
    pub fn says_nothing_too_early(&self) -> Result<(), String> {
        for (decision, act) in self.pairs("SELECT decision, act FROM outbox WHERE state = 'confirmed'") {
            if self.effect(decision).is_none() {
                return Err(format!("{act} {decision} is confirmed, and the portal has not heard of it"));
            }
        }
        let mut query = self.desk.prepare("SELECT article, version FROM publications").expect("a table");
        let live = query.query_map([], |row| Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?)));
        for (article, version) in live.expect("rows").map(|row| row.expect("a row")) {
            let there = self.version(article);
            let told: i64 = version.trim_start_matches('v').parse().unwrap_or_default();
            if there < told {
                return Err(format!("{article} is said to be at {version}, the portal is at v{there}"));
            }
        }
        Ok(())
    }

    /// At the end: every decision has had its one effect, in the order in which they were made, and nothing else has.
    pub fn everything_happened_once(&self, articles: &[ArticleId], decided: usize) -> Result<(), String> {
        let known: usize = articles.iter().map(|article| self.jobs(article.0).len()).sum();
        if known < decided {
            return Err(format!("{decided} decisions were made, the outbox knows {known}"));
        }
        for article in articles.iter().map(|article| article.0) {
            self.article_is_right(article).map_err(|what| format!("{what}\n{}", self.told(article)))?;
        }
        Ok(())
    }

    fn article_is_right(&self, article: Uuid) -> Result<(), String> {
        let (mut before, mut contents) = (0, Vec::new());
        for job in self.jobs(article) {
            let effect = self.effect(job.decision);
            match (job.state.as_str(), effect) {
                ("confirmed", Some(Effect { version, .. })) => {
                    if version <= before && version != 0 {
                        return Err(format!("{} {} is out of order", job.act, job.decision));
                    }
                    before = before.max(version);
                    if !takes_away(&job.act) {
                        contents.push(job.content_hash);
                    }
                }
                ("cancelled", None) => {}
                ("refused", None) if self.is_killed(article) => {} // and nothing of it can come any more
                (state, effect) => {
                    return Err(format!("{} {} is {state}, and had {effect:?}", job.act, job.decision));
                }
            }
        }
        let there = self.contents(article);
        if there != contents {
            return Err(format!("{} versions are there, {} were confirmed", there.len(), contents.len()));
        }
        Ok(())
    }

    fn jobs(&self, article: Uuid) -> Vec<Job> {
        let sql =
            "SELECT decision, act, state, content_hash FROM outbox JOIN revisions ON revisions.id = revision
                   WHERE outbox.article = ?1 ORDER BY outbox.rowid";
        let mut query = self.desk.prepare_cached(sql).expect("the desk's tables");
        let jobs = query.query_map([article], |row| {
            Ok(Job { decision: row.get(0)?, act: row.get(1)?, state: row.get(2)?, content_hash: row.get(3)? })
        });
        jobs.expect("rows").map(|row| row.expect("a row")).collect()
    }

    /// What a decision did, if it did anything.
    fn effect(&self, decision: Uuid) -> Option<Effect> {
        let sql = "SELECT json_extract(receipt, '$.version') FROM decisions WHERE id = ?1
                   UNION ALL SELECT json_extract(receipt, '$.version') FROM withdrawals WHERE id = ?1";
        let mut query = self.portal.prepare_cached(sql).expect("the portal's tables");
        let version: Option<String> = query.query_row([decision], |row| row.get(0)).ok();
        let number = |version: String| version.trim_start_matches('v').parse().unwrap_or_default();
        version.map(|version| Effect { decision, version: number(version) })
    }

    fn version(&self, article: Uuid) -> i64 {
        let sql = "SELECT version FROM editions WHERE article = ?1";
        self.portal.query_row(sql, [article], |row| row.get(0)).unwrap_or_default()
    }

    fn is_killed(&self, article: Uuid) -> bool {
        let sql = "SELECT count(*) FROM withdrawals WHERE leads_to = 'killed' AND article = ?1";
        self.portal.query_row(sql, [article], |row| row.get(0)).map(|count: i64| count > 0).expect("a count")
    }

    fn contents(&self, article: Uuid) -> Vec<[u8; 32]> {
        let sql = "SELECT content_hash FROM versions WHERE article = ?1 ORDER BY version";
        let mut query = self.portal.prepare_cached(sql).expect("the portal's tables");
        query.query_map([article], |row| row.get(0)).expect("rows").map(|row| row.expect("a row")).collect()
    }

    fn pairs(&self, sql: &str) -> Vec<(Uuid, String)> {
        let mut query = self.desk.prepare_cached(sql).expect("the desk's tables");
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("rows").map(|row| row.expect("a row")).collect()
    }

    /// What a person who looks for the reason wants to see.
    fn told(&self, article: Uuid) -> String {
        let mut told = String::new();
        for job in self.jobs(article) {
            let Job { decision, act, state, .. } = &job;
            writeln!(told, "  {act} {decision}: {state}, {:?}", self.effect(*decision)).expect("a text");
        }
        told
    }
}

fn takes_away(act: &str) -> bool {
    matches!(act, "unpublish" | "takedown" | "kill")
}
