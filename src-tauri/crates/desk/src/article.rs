//! Writing: an article begun, opened, saved.

use domain::{
    article::{self, Article, Fields},
    checks,
    decision::Act,
    document::Document,
    ids::{ArticleId, StoryId},
    placement::Placement,
    revision::Unkept,
    stage::{Stage, Step},
};
use store::{Connection, Tx, articles, carets, decisions, placements, publications};

use crate::{
    Desk, Result, lock, steps,
    window::{ArticleShown, Edit, PlacementWords, Saved},
};

/// New words of a placement; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub caption: Option<String>,
    pub credit_line: Option<String>,
    pub alt: Option<String>,
}

impl Desk {
    /// Begins an empty article.
    ///
    /// # Errors
    /// What the database says.
    pub fn new_article(&self, language: &str) -> Result<ArticleShown> {
        let article =
            self.blank(Fields { language: language.to_owned(), ..Fields::default() }, String::new());
        self.store.write(|tx| articles::add(tx, &article))?;
        self.tell_article(article.id);
        self.open_article(article.id)
    }

    pub(crate) fn blank(&self, fields: Fields, body: String) -> Article {
        let now = self.now();
        Article {
            id: ArticleId(self.clock.new_id()),
            story: StoryId(self.clock.new_id()),
            translated_from: None,
            stage: Stage::Draft,
            edits: 0,
            by: self.person,
            created_at: now,
            saved_at: now,
            approval_lapsed: None,
            fields,
            body,
        }
    }

    /// Opens an article: it is the one shown at the next start.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn open_article(&self, id: ArticleId) -> Result<ArticleShown> {
        let shown = self.show(id)?;
        self.remember_open(id)?;
        Ok(shown)
    }

    /// Saves the changes of an article; they are on the disk when this returns.
    ///
    /// An edit that changes what the approved revision said voids the approval.
    ///
    /// # Errors
    /// [`store::Error::Stale`] when somebody saved since the writer last read: nothing is written.
    pub fn save(&self, edit: &Edit) -> Result<Saved> {
        let now = self.now();
        let (mut pasted, mut kept_first) = (false, false);
        let saved = self.store.write(|tx| {
            let before = self.out_of_trash(tx, articles::get(tx, edit.id)?)?;
            let document = document_of(tx, &before)?;
            let fields = edit.fields.as_ref().unwrap_or(&before.fields);
            let body = edit.body.as_deref().unwrap_or(&before.body);
            kept_first = self.keep_before_loss(tx, edit.id, &document, body)?;
            articles::save(tx, edit.id, edit.edits, fields, body, now)?;
            pasted = self.settle_pasted(tx, edit.id, body)?;
            for words in &edit.placements {
                give_words(tx, edit.id, words)?;
            }
            if let Some(caret) = &edit.caret {
                carets::keep(tx, edit.id, &caret.into())?;
            }
            lapse(tx, &before, &document)?;
            saved(tx, edit.id)
        })?;
        if let (true, Some(body)) = (kept_first, &edit.body) {
            lock(&self.unkept).insert(edit.id, Unkept::after_keeping(body));
        }
        if pasted {
            self.previews.forget(edit.id);
        }
        self.tell_article(edit.id);
        Ok(saved)
    }

    /// Sets fields of an article by their names, as the command line does. Text is normalised here, where it enters.
    ///
    /// # Errors
    /// [`crate::Error::Field`] for a field there is not, or a value it cannot have.
    pub fn set_fields(&self, id: ArticleId, assignments: &[(String, String)]) -> Result<()> {
        let article = self.store.read(|conn| articles::get(conn, id))?;
        let (fields, body) = crate::fields::assign(&article.fields, &article.body, assignments)?;
        let edit = Edit {
            id,
            edits: article.edits,
            body: Some(body),
            fields: Some(fields),
            placements: Vec::new(),
            caret: None,
        };
        self.save(&edit).map(drop)
    }

    /// Returns every article as the command line lists it: newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn list(&self) -> Result<Vec<ArticleShown>> {
        let ids = self.store.read(articles::all)?;
        ids.into_iter().map(|id| self.show(id)).collect()
    }
}

/// Returns the document that the article is now: what a revision of it would hold.
pub(crate) fn document_of(conn: &Connection, article: &Article) -> Result<Document, store::Error> {
    let placements: Vec<Placement> = placements::resolved(conn, article.id, &article.fields.language)?;
    Ok(Document { fields: article.fields.clone(), body: article.body.clone(), placements })
}

/// Takes the approval away when the article no longer says what was approved. `before` is how it stood.
pub(crate) fn lapse(tx: &Tx<'_>, before: &Article, document_before: &Document) -> Result<()> {
    let after = articles::get(tx, before.id)?;
    if document_of(tx, &after)? == *document_before {
        return Ok(());
    }
    let stage = before.stage.after(Step::Edit)?;
    if stage != before.stage {
        let approval = decisions::newest_of(tx, before.id, Act::Approve)?;
        articles::set_stage(tx, before.id, stage, approval.map(|approval| approval.made_at))?;
    }
    Ok(())
}

fn give_words(tx: &Tx<'_>, article: ArticleId, words: &PlacementWords) -> Result<()> {
    let mut placement = placements::get(tx, article, words.id)?;
    let new = Words {
        caption: words.caption.clone(),
        credit_line: words.credit_line.clone(),
        alt: words.alt.clone(),
    };
    new.give(&mut placement);
    Ok(placements::put(tx, &placement)?)
}

impl Words {
    /// Returns the words as they are stored: text is normalised where it enters.
    #[must_use]
    pub fn normalised(self) -> Self {
        let stored = |words: Option<String>| words.map(|words| article::normalised(&words));
        Self { caption: stored(self.caption), credit_line: stored(self.credit_line), alt: stored(self.alt) }
    }

    pub(crate) fn give(self, placement: &mut placements::PlacementRow) {
        placement.caption = self.caption.or(placement.caption.take());
        placement.credit_line = self.credit_line.or(placement.credit_line.take());
        placement.alt = self.alt.or(placement.alt.take());
    }
}

fn saved(conn: &Connection, id: ArticleId) -> Result<Saved> {
    let article = articles::get(conn, id)?;
    let document = document_of(conn, &article)?;
    let findings = checks::run(&document);
    Ok(Saved {
        edits: article.edits,
        saved_at: article.saved_at,
        stage: article.stage,
        approval_lapsed: article.approval_lapsed,
        steps: steps::open_from(article.stage),
        may_publish: steps::may_publish(conn, &article, &document)?,
        is_current: is_current(conn, id, &document)?,
        findings,
    })
}

/// Says whether what is live says what the document says, wherever it is live.
fn is_current(conn: &Connection, id: ArticleId, document: &Document) -> Result<bool> {
    let mut live = publications::of_article(conn, id)?;
    live.retain(|publication| publication.standing.is_live());
    Ok(!live.is_empty() && {
        let hash = document.content_hash();
        live.iter().all(|publication| publication.live_content_hash == hash)
    })
}
