//! The desk's templates: what a new article may begin with.

use domain::{ids::TemplateId, template::Template};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Error, Result, Tx, row};

/// A template under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTemplate {
    pub id: TemplateId,
    pub name: String,
    pub template: Template,
    /// Unix milliseconds, UTC.
    pub saved_at: i64,
}

/// Adds a template, or replaces all of the one of its id.
///
/// # Errors
/// What SQLite says, e.g. when another one has its name.
pub fn put(tx: &Tx<'_>, named: &NamedTemplate) -> Result<()> {
    let sql = "INSERT INTO templates (id, name, content, saved_at) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (id) DO UPDATE SET name = ?2, content = ?3, saved_at = ?4";
    let content = serde_json::to_string(&named.template)?;
    tx.prepare_cached(sql)?.execute(params![named.id.0, named.name, content, named.saved_at])?;
    Ok(())
}

/// Removes a template; no article is touched.
///
/// # Errors
/// What SQLite says.
pub fn remove(tx: &Tx<'_>, id: TemplateId) -> Result<()> {
    tx.prepare_cached("DELETE FROM templates WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

/// Returns the templates by name.
///
/// # Errors
/// What SQLite says.
pub fn all(conn: &Connection) -> Result<Vec<NamedTemplate>> {
    let mut query =
        conn.prepare_cached("SELECT id, name, content, saved_at FROM templates ORDER BY name, id")?;
    Ok(query.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}

/// Returns a template.
///
/// # Errors
/// [`Error::Missing`] when the desk has none of this id.
pub fn get(conn: &Connection, id: TemplateId) -> Result<NamedTemplate> {
    let mut query = conn.prepare_cached("SELECT id, name, content, saved_at FROM templates WHERE id = ?1")?;
    let found = query.query_row([id.0], read).optional()?;
    found.ok_or_else(|| Error::Missing(format!("template {id}")))
}

fn read(row: &Row<'_>) -> rusqlite::Result<NamedTemplate> {
    Ok(NamedTemplate {
        id: TemplateId(row::uuid(row, "id")?),
        name: row.get("name")?,
        template: row::json(row, "content")?,
        saved_at: row.get("saved_at")?,
    })
}

#[cfg(test)]
mod tests {
    use domain::article::Fields;
    use uuid::Uuid;

    use super::*;
    use crate::Store;

    fn named(id: u128, name: &str) -> NamedTemplate {
        let fields = Fields { language: "vi".into(), headline: "{{tít}}".into(), ..Fields::default() };
        let template = Template { fields, body: "{{ai}}\n".into(), pictures: Vec::new() };
        NamedTemplate { id: TemplateId(Uuid::from_u128(id)), name: name.into(), template, saved_at: 1 }
    }

    #[test]
    fn a_template_is_read_as_it_was_kept_and_renamed_and_removed() -> Result<()> {
        let store = Store::open_in_memory()?;
        let (brief, report) = (named(1, "Tin vắn"), named(2, "Phóng sự"));
        store.write(|tx| put(tx, &brief).and_then(|()| put(tx, &report)))?;
        assert_eq!(store.read(all)?, [report.clone(), brief.clone()]);

        let renamed = NamedTemplate { name: "Bản tin".into(), saved_at: 2, ..brief };
        store.write(|tx| put(tx, &renamed).and_then(|()| remove(tx, report.id)))?;

        assert_eq!(store.read(all)?, [renamed]);
        assert!(matches!(store.read(|conn| get(conn, report.id)), Err(Error::Missing(_))));
        Ok(())
    }

    #[test]
    fn two_templates_of_one_name_are_refused() -> Result<()> {
        let store = Store::open_in_memory()?;
        store.write(|tx| put(tx, &named(1, "Tin vắn")))?;

        let second = store.write(|tx| put(tx, &named(2, "Tin vắn")));

        assert!(second.is_err_and(|error| error.not_unique()));
        Ok(())
    }
}
