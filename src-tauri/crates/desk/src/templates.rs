//! Templates: what new articles of a kind begin with. They are this desk's; no article hangs on one.

mod file;

use domain::{
    ids::{PlacementId, TemplateId},
    markdown,
    template::{self, Known, Template, WantedPicture},
};
use intake::page::Wanted;
use jiff::{Timestamp, tz::TimeZone};
use store::{
    Connection, Tx, articles,
    placements::{self, PlacementRow},
    templates::{self, NamedTemplate},
};

use crate::{
    Desk, Error, Result,
    take_in::wanted_row,
    window::{ArticleShown, FromTemplate, TemplateRenamed, TemplateShown, TemplateWanted},
};

/// Whether a template of the same name may be replaced: only somebody who was asked can say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Keep,
    Replace,
}

impl Desk {
    /// Returns the desk's templates by name, as people sort names.
    ///
    /// # Errors
    /// What the database says.
    pub fn templates(&self) -> Result<Vec<TemplateShown>> {
        let mut shown: Vec<TemplateShown> =
            self.store.read(templates::all)?.into_iter().map(TemplateShown::from).collect();
        shown.sort_by_key(|one| one.name.to_lowercase());
        Ok(shown)
    }

    /// Begins an article from a template: what the desk knows is filled in, unless it is wanted as it is.
    ///
    /// # Errors
    /// [`store::Error::Missing`] when somebody removed the template.
    pub fn new_from_template(&self, asked: &FromTemplate) -> Result<ArticleShown> {
        let named = self.store.read(|conn| templates::get(conn, asked.id))?;
        let today = self.today();
        let known =
            Known { year: today.year(), month: today.month(), day: today.day(), byline: &self.person_name };
        let new_id = || PlacementId(self.clock.new_id());
        let new = named.template.begin((!asked.as_it_is).then_some(&known), new_id);
        let article = self.blank(new.fields, new.body);
        self.store.write::<_, Error>(|tx| {
            articles::add(tx, &article)?;
            for (ordinal, wanted) in (0..).zip(new.pictures) {
                placements::put(tx, &wanted_row(article.id, ordinal, wanted_of(wanted)))?;
            }
            Ok(())
        })?;
        self.tell_article(article.id);
        self.open_article(article.id)
    }

    /// The day where the person sits, in whose words a date is written.
    fn today(&self) -> jiff::civil::Date {
        let now = Timestamp::from_millisecond(self.now()).unwrap_or_default();
        now.to_zoned(TimeZone::system()).date()
    }

    /// Keeps an article as it stands as a template, and returns all of them.
    ///
    /// # Errors
    /// [`Error::TemplateExists`] where the name is another template's and that may not be replaced, [`Error::Template`]
    /// where the article cannot be one.
    pub fn save_as_template(&self, wanted: &TemplateWanted) -> Result<Vec<TemplateShown>> {
        let name = template::checked_name(&wanted.name)?;
        let existing = if wanted.replace { Existing::Replace } else { Existing::Keep };
        self.store.write::<_, Error>(|tx| {
            let article = articles::get(tx, wanted.article)?;
            let pictures: Vec<WantedPicture> =
                placements::of_article(tx, article.id)?.into_iter().map(wanted_again).collect();
            let body = without_strangers(&article.body, &pictures);
            let made = Template::of(&article.fields, &body, pictures).checked()?;
            self.keep_template(tx, name, made, existing)
        })?;
        self.templates()
    }

    fn keep_template(&self, tx: &Tx<'_>, name: String, template: Template, existing: Existing) -> Result<()> {
        let other = of_name(tx, &name)?;
        if other.is_some() && existing == Existing::Keep {
            return Err(Error::TemplateExists(name));
        }
        let id = other.map_or_else(|| TemplateId(self.clock.new_id()), |other| other.id);
        Ok(templates::put(tx, &NamedTemplate { id, name, template, saved_at: self.now() })?)
    }

    /// Gives a template another name.
    ///
    /// # Errors
    /// As [`Desk::save_as_template`]; [`store::Error::Missing`] when somebody removed it.
    pub fn rename_template(&self, renamed: &TemplateRenamed) -> Result<Vec<TemplateShown>> {
        let name = template::checked_name(&renamed.name)?;
        self.store.write::<_, Error>(|tx| {
            let named = templates::get(tx, renamed.id)?;
            if of_name(tx, &name)?.is_some_and(|other| other.id != named.id) {
                return Err(Error::TemplateExists(name));
            }
            Ok(templates::put(tx, &NamedTemplate { name, ..named })?)
        })?;
        self.templates()
    }

    /// Removes a template. The articles made from it stay as they are.
    ///
    /// # Errors
    /// What the database says.
    pub fn remove_template(&self, id: TemplateId) -> Result<Vec<TemplateShown>> {
        self.store.write(|tx| templates::remove(tx, id))?;
        self.templates()
    }
}

fn of_name(conn: &Connection, name: &str) -> Result<Option<NamedTemplate>> {
    Ok(templates::all(conn)?.into_iter().find(|one| template::same_name(&one.name, name)))
}

/// The picture stays with its article; what the article itself says of it is what the next one is asked for.
fn wanted_again(row: PlacementRow) -> WantedPicture {
    WantedPicture {
        id: row.id,
        position: row.position,
        caption: row.caption.unwrap_or_default(),
        credit_line: row.credit_line.unwrap_or_default(),
        alt: row.alt.unwrap_or_default(),
    }
}

/// Returns the body without the places of pictures that the article no longer has.
fn without_strangers(body: &str, pictures: &[WantedPicture]) -> String {
    let strangers = markdown::used_placements(body)
        .into_iter()
        .filter(|id| pictures.iter().all(|picture| picture.id != *id));
    strangers.fold(body.to_owned(), |body, id| body.replace(&markdown::reference(id), ""))
}

fn wanted_of(WantedPicture { id, position, caption, credit_line, alt }: WantedPicture) -> Wanted {
    Wanted { id, position, caption, credit_line, alt, seen_as: String::new() }
}

impl From<NamedTemplate> for TemplateShown {
    fn from(NamedTemplate { id, name, template, saved_at }: NamedTemplate) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            id,
            name,
            places: count(template.places_left()),
            pictures: count(template.pictures.len()),
            language: template.fields.language,
            headline: template.fields.headline,
            saved_at,
        }
    }
}
