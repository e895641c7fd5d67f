//! Templates in a file, to be handed to other newsrooms: JSON, described in `docs/cli.md`. A file comes from anywhere: all of it
//! is looked at before any of it is kept.

use std::path::Path;

use domain::{
    article::Fields,
    template::{self, Template, WantedPicture},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::templates;

use super::Existing;
use crate::{Desk, Error, Result, take_in::read_file, window::TemplateShown};

const FORMAT: &str = "toasoan-templates";
/// The format that is written, and the newest that is read.
const VERSION: u32 = 1;
/// Bytes of a file at most.
const LARGEST_FILE: usize = 4 << 20;
/// Templates in a file at most.
const MOST: usize = 200;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    version: u32,
    templates: Vec<Written>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    /// Those that are set, by the names that `toasoan set` knows.
    fields: Map<String, Value>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    pictures: Vec<WantedPicture>,
}

/// What a file says it is, read before the rest of it.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

impl Desk {
    /// Returns the templates of these names as the text of a file; without names, all.
    ///
    /// # Errors
    /// [`Error::NoTemplate`].
    pub fn export_templates(&self, names: &[String]) -> Result<String> {
        let all = self.store.read(templates::all)?;
        if let Some(unknown) =
            names.iter().find(|name| all.iter().all(|one| !template::same_name(&one.name, name)))
        {
            return Err(Error::NoTemplate(unknown.clone()));
        }
        let is_wanted = |one: &templates::NamedTemplate| {
            names.is_empty() || names.iter().any(|name| template::same_name(&one.name, name))
        };
        let written = all.into_iter().filter(is_wanted).map(written).collect::<Result<_>>()?;
        let file = File { format: FORMAT.to_owned(), version: VERSION, templates: written };
        Ok(serde_json::to_string_pretty(&file).map_err(store::Error::from)?)
    }

    /// Keeps the templates in a file: all of them, or none. Returns the desk's templates.
    ///
    /// # Errors
    /// [`Error::TemplateFile`] and [`Error::Template`] for a file that is not one, [`Error::TemplateExists`].
    pub fn import_templates(&self, bytes: &[u8], existing: Existing) -> Result<Vec<TemplateShown>> {
        let read = read(bytes)?;
        self.store.write::<_, Error>(|tx| {
            read.into_iter().try_for_each(|(name, template)| self.keep_template(tx, name, template, existing))
        })?;
        self.templates()
    }

    /// As [`Desk::import_templates`], from the file at `path`.
    ///
    /// # Errors
    /// As there; [`Error::File`] and [`Error::NotAFile`] when it cannot be read.
    pub fn import_templates_file(&self, path: &Path, existing: Existing) -> Result<Vec<TemplateShown>> {
        self.import_templates(&read_file(path, LARGEST_FILE)?, existing)
    }
}

fn written(named: templates::NamedTemplate) -> Result<Written> {
    let Template { fields, body, pictures } = named.template;
    let set = serde_json::to_value(fields).and_then(serde_json::from_value::<Map<String, Value>>);
    let mut fields = set.map_err(store::Error::from)?;
    fields.retain(|_, value| {
        value.as_str() != Some("") && value.as_array().is_none_or(|list| !list.is_empty())
    });
    Ok(Written { name: named.name, fields, body, pictures })
}

fn read(bytes: &[u8]) -> Result<Vec<(String, Template)>> {
    let refused = |why: String| Error::TemplateFile(why);
    if bytes.len() > LARGEST_FILE {
        return Err(refused(format!("it is larger than {} MB", LARGEST_FILE >> 20)));
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|_| {
        refused("it is not one that “toasoan template export” wrote; ask for such a file".to_owned())
    })?;
    if head.format != FORMAT {
        return Err(refused(format!("it says that it is “{}”, not “{FORMAT}”", shortened(&head.format))));
    }
    if head.version > VERSION {
        return Err(refused("a newer Tòa Soạn made it; bring this one up to date".to_owned()));
    }
    let file: File = serde_json::from_slice(bytes).map_err(|error| refused(shortened(&error.to_string())))?;
    if file.templates.is_empty() || file.templates.len() > MOST {
        return Err(refused(format!("it holds {} templates; 1 to {MOST} can be read", file.templates.len())));
    }
    let read: Vec<_> = file.templates.into_iter().map(one).collect::<Result<_>>()?;
    refuse_twice(&read)?;
    Ok(read)
}

fn one(Written { name, fields, body, pictures }: Written) -> Result<(String, Template)> {
    let in_template = |why: String| Error::TemplateFile(format!("in “{}”, {why}", shortened(&name)));
    let known = serde_json::to_value(Fields::default()).map_err(store::Error::from)?;
    if let Some(field) = fields.keys().find(|field| known.get(field.as_str()).is_none()) {
        return Err(in_template(format!("there is no field “{}”; see toasoan show", shortened(field))));
    }
    let fields = serde_json::from_value(Value::Object(fields))
        .map_err(|error| in_template(shortened(&error.to_string())))?;
    let template =
        Template { fields, body, pictures }.checked().map_err(|why| in_template(why.to_string()))?;
    Ok((template::checked_name(&name)?, template))
}

fn refuse_twice(read: &[(String, Template)]) -> Result<()> {
    for (at, (name, _)) in read.iter().enumerate() {
        if read[..at].iter().any(|(other, _)| template::same_name(other, name)) {
            return Err(Error::TemplateFile(format!("it holds two templates “{name}”; take one out")));
        }
    }
    Ok(())
}

/// What a file says of itself may be as long as the file.
fn shortened(words: &str) -> String {
    words.chars().take(160).collect()
}
