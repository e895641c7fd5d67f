//! Words about articles: import, list, show, set, attach, check, submit, approve.

use std::path::PathBuf;

use clap::Args;
use desk::{
    Desk, Words,
    window::{Slot, TakenIn},
};
use domain::{
    ids::{ArticleId, PlacementId},
    placement::Position,
    stage::Step,
};

use super::{
    Done, Refusal,
    answers::{Found, Imported, Listed, Stepped, Whole, leftovers},
    print,
};

/// An article by its id.
#[derive(Args)]
pub struct Asked {
    /// The article's id
    #[arg(value_name = "ID")]
    id: ArticleId,
}

#[derive(Args)]
pub struct Import {
    /// The page: text as copied from a browser, or saved HTML; or an article that another desk exported
    file: PathBuf,
    /// Take it in even though it, or its source URL, is on the desk already
    #[arg(long)]
    anyway: bool,
}

impl Import {
    pub fn run(&self, desk: &Desk) -> Done {
        match desk.take_in_file(&self.file, self.anyway)? {
            TakenIn::Draft { article } => print(&Imported { id: article.id, leftovers: leftovers(&article) }),
            TakenIn::OnTheDesk { id, headline, source_url } => {
                let what = if source_url.is_empty() { "this article" } else { source_url.as_str() };
                Err(Refusal::new(format!(
                    "{what} is on the desk already, as “{headline}” ({id}); go on there, or import it again with --anyway"
                )))
            }
        }
    }
}

pub fn list(desk: &Desk) -> Done {
    let articles: Vec<Listed> = desk.list()?.into_iter().map(Listed::from).collect();
    print(&articles)
}

impl Asked {
    pub fn show(&self, desk: &Desk) -> Done {
        print(&Whole::from(desk.show(self.id)?))
    }

    pub fn check(&self, desk: &Desk) -> Done {
        let found: Vec<Found> = desk.show(self.id)?.findings.into_iter().map(Found::from).collect();
        print(&found)
    }

    pub fn submit(&self, desk: &Desk) -> Done {
        self.step(desk, Step::Submit)
    }

    pub fn approve(&self, desk: &Desk) -> Done {
        self.step(desk, Step::Approve)
    }

    fn step(&self, desk: &Desk, step: Step) -> Done {
        let article = desk.take_step_now(self.id, step)?;
        print(&Stepped { id: article.id, stage: article.stage })
    }
}

#[derive(Args)]
pub struct Set {
    /// The article's id
    #[arg(value_name = "ID")]
    id: ArticleId,
    /// A field by its name and its new text, e.g. headline='Lũ rút'; body is the Markdown
    #[arg(value_name = "FIELD=VALUE", required = true, value_parser = assignment)]
    assignments: Vec<(String, String)>,
}

fn assignment(given: &str) -> Result<(String, String), String> {
    let (field, value) = given.split_once('=').ok_or("write it as FIELD=VALUE")?;
    Ok((field.trim().to_owned(), value.to_owned()))
}

impl Set {
    pub fn run(&self, desk: &Desk) -> Done {
        desk.set_fields(self.id, &self.assignments)?;
        print(&Whole::from(desk.show(self.id)?))
    }
}

#[derive(Args)]
pub struct Attach {
    /// The article's id
    #[arg(value_name = "ID")]
    id: ArticleId,
    /// A JPEG, PNG or WebP file
    file: PathBuf,
    /// The placement it fills; without it, the first that is wanted, else a new place at the end of the text
    #[arg(long, value_name = "P", conflicts_with = "lead")]
    placement: Option<PlacementId>,
    /// Put it above the text
    #[arg(long)]
    lead: bool,
    #[arg(long, value_name = "TEXT")]
    caption: Option<String>,
    #[arg(long, value_name = "TEXT")]
    credit: Option<String>,
    #[arg(long, value_name = "TEXT")]
    alt: Option<String>,
}

impl Attach {
    pub fn run(self, desk: &Desk) -> Done {
        let slot = self.slot(desk)?;
        let words = Words { caption: self.caption, credit_line: self.credit, alt: self.alt };
        print(&Whole::from(desk.attach_file(self.id, slot, &self.file, words.normalised())?))
    }

    fn slot(&self, desk: &Desk) -> Result<Slot, Refusal> {
        if self.lead {
            return Ok(Slot::Lead);
        }
        if let Some(id) = self.placement {
            return Ok(Slot::Placement { id });
        }
        let article = desk.show(self.id)?;
        let mut wanted: Vec<_> =
            article.placements.iter().filter(|placement| placement.picture.is_none()).collect();
        wanted.sort_by_key(|placement| placement.position != Position::Lead);
        Ok(wanted
            .first()
            .map_or(Slot::InText { after_line: 0 }, |placement| Slot::Placement { id: placement.id }))
    }
}
