//! Steps on the desk: submit, review, return, approve, hold. Each is a decision about an exact revision.

use domain::{
    article::Article,
    checks::{self, Check, Finding},
    decision::{Act, Decision},
    document::Document,
    ids::{ArticleId, DecisionId},
    revision::Occasion,
    stage::{Stage, Step, StepRefused},
};
use store::{Connection, Tx, articles, decisions, revisions::Head};

use crate::{
    Desk, Error, Result,
    article::document_of,
    window::{ArticleShown, Changed, StepAsked},
};

/// The steps a person may take, in the order in which they are offered.
const OFFERED: [Step; 9] = [
    Step::Submit,
    Step::OpenForReview,
    Step::Approve,
    Step::Return,
    Step::Withdraw,
    Step::Hold,
    Step::Release,
    Step::Spike,
    Step::Unspike,
];

/// Returns the steps on offer from `stage`.
pub(crate) fn open_from(stage: Stage) -> Vec<Step> {
    OFFERED.into_iter().filter(|step| path(stage, *step).is_ok()).collect()
}

/// Returns the single steps that `step` stands for. Without a team one person has every role:
/// what is submitted is opened for review and approved (or returned) in one press, both logged.
fn path(stage: Stage, step: Step) -> Result<Vec<Step>, StepRefused> {
    match stage.after(step) {
        Ok(_) => Ok(vec![step]),
        Err(_) if stage == Stage::Submitted && matches!(step, Step::Approve | Step::Return) => {
            Ok(vec![Step::OpenForReview, step])
        }
        Err(refused) => Err(refused),
    }
}

impl Desk {
    /// Takes a step with the article as the person saw it, and logs it.
    ///
    /// # Errors
    /// [`store::Error::Stale`] when the article is no longer what was seen, [`Error::Step`] when the stage does not
    /// allow it, [`Error::ChecksBlock`] when it may not be approved (or, without a headline or with a place unfilled, not submitted) yet.
    pub fn take_step(&self, asked: &StepAsked) -> Result<ArticleShown> {
        self.store.write(|tx| {
            let article = articles::get(tx, asked.id)?;
            if article.edits != asked.edits {
                return Err(stale(&article, asked.edits));
            }
            self.walk(tx, &article, asked.step, &asked.reason)
        })?;
        self.news.tell(&Changed { articles: vec![asked.id], outbox: true, pictures: false });
        self.show(asked.id)
    }

    /// Takes a step with the article as it stands, as the command line does.
    ///
    /// # Errors
    /// As [`Desk::take_step`].
    pub fn take_step_now(&self, id: ArticleId, step: Step) -> Result<ArticleShown> {
        let edits = self.store.read(|conn| articles::edits(conn, id))?;
        self.take_step(&StepAsked { id, edits, step, reason: String::new() })
    }

    pub(crate) fn walk(&self, tx: &Tx<'_>, article: &Article, step: Step, reason: &str) -> Result<()> {
        let document = document_of(tx, article)?;
        let findings = checks::run(&document);
        refuse_unready(step, &findings)?;
        let revision = self.cut(tx, article.id, document, Occasion::Step)?;
        let mut stage = article.stage;
        for step in path(stage, step)? {
            stage = stage.after(step)?;
            if let Some(act) = Act::of(step) {
                let decision =
                    self.decision(DecisionId(self.clock.new_id()), act, article.id, revision, reason);
                decisions::log(tx, &decision, &findings)?;
            }
        }
        if matches!(step, Step::Withdraw | Step::Hold) {
            self.call_off_waiting(tx, article.id)?;
        }
        articles::set_stage(
            tx,
            article.id,
            stage,
            article.approval_lapsed.filter(|_| step != Step::Approve),
        )?;
        Ok(())
    }

    pub(crate) fn decision(
        &self,
        id: DecisionId,
        act: Act,
        article: ArticleId,
        revision: Head,
        reason: &str,
    ) -> Decision {
        Decision {
            id,
            article,
            act,
            by: self.person,
            made_at: self.now(),
            revision: revision.id,
            content_hash: revision.content_hash,
            reason: reason.to_owned(),
            public_notice: String::new(),
            asked_by: String::new(),
        }
    }
}

fn stale(article: &Article, expected: u32) -> Error {
    store::Error::Stale { id: article.id, expected, actual: article.edits }.into()
}

fn refuse_unready(step: Step, findings: &[Finding]) -> Result<()> {
    let stops = |finding: &&Finding| match step {
        Step::Approve => finding.blocks,
        Step::Submit => matches!(finding.check, Check::HeadlineMissing | Check::PlaceLeft),
        Step::OpenForReview
        | Step::Return
        | Step::Withdraw
        | Step::Edit
        | Step::Hold
        | Step::Release
        | Step::Spike
        | Step::Unspike => false,
    };
    let blocking: Vec<Finding> = findings.iter().filter(stops).copied().collect();
    if blocking.is_empty() { Ok(()) } else { Err(Error::ChecksBlock(blocking)) }
}

/// Returns the approval that covers the article exactly as it stands.
pub(crate) fn approval(
    conn: &Connection,
    article: &Article,
    document: &Document,
) -> Result<Option<Decision>> {
    if article.stage != Stage::Approved {
        return Ok(None);
    }
    let approval = decisions::newest_of(conn, article.id, Act::Approve)?;
    Ok(approval.filter(|approval| approval.content_hash == document.content_hash()))
}

pub(crate) fn may_publish(conn: &Connection, article: &Article, document: &Document) -> Result<bool> {
    Ok(approval(conn, article, document)?.is_some() && decisions::kill_of(conn, article.story)?.is_none())
}
