//! Fields by their names, for the command line.

use domain::article::{Fields, normalised};
use serde_json::Value;

use crate::{Error, Result, times::is_stored};

/// Returns `fields` and `body` with the assignments done. Lists are given with commas.
pub(crate) fn assign(
    fields: &Fields,
    body: &str,
    assignments: &[(String, String)],
) -> Result<(Fields, String)> {
    let mut values = serde_json::to_value(fields).map_err(store::Error::from)?;
    let mut body = body.to_owned();
    for (name, given) in assignments {
        let given = normalised(given);
        match values.get_mut(name.as_str()) {
            _ if name == "body" => body = given,
            Some(Value::Array(list)) => *list = split(&given),
            Some(value) => *value = Value::String(checked(name, given)?),
            None => return Err(refused(name, &given, "there is no such field")),
        }
    }
    Ok((serde_json::from_value(values).map_err(store::Error::from)?, body))
}

fn split(list: &str) -> Vec<Value> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty()).map(Value::from).collect()
}

fn checked(name: &str, given: String) -> Result<String> {
    let why = match name {
        "embargo" | "schedule" if !given.is_empty() && !is_stored(&given) => {
            "a time is written like 2026-11-23T18:00:00+07:00"
        }
        "source_date" if !given.is_empty() && given.parse::<jiff::civil::Date>().is_err() => {
            "a date is written like 2026-11-23"
        }
        "language" if given.is_empty() => "an article has a language",
        _ => return Ok(given),
    };
    Err(refused(name, &given, why))
}

fn refused(field: &str, given: &str, why: &'static str) -> Error {
    let given = if given.is_empty() { "empty".to_owned() } else { format!("“{given}”") };
    Error::Field { field: field.to_owned(), given, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned(name: &str, given: &str) -> Result<(Fields, String)> {
        assign(&Fields { language: "vi".into(), ..Fields::default() }, "text", &[(name.into(), given.into())])
    }

    #[test]
    fn a_field_is_set_by_its_name_and_normalised() -> Result<()> {
        assert_eq!(assigned("headline", "Tie\u{302}\u{301}ng\r\n")?.0.headline, "Tiếng\n");
        assert_eq!(assigned("keywords", "lũ, mưa ,")?.0.keywords, ["lũ", "mưa"]);
        assert_eq!(assigned("body", "new")?.1, "new");
        Ok(())
    }

    #[test]
    fn what_a_field_cannot_be_is_refused() {
        for (name, given) in
            [("title", "x"), ("embargo", "tomorrow"), ("source_date", "11/12/2025"), ("language", "")]
        {
            assert!(matches!(assigned(name, given), Err(Error::Field { .. })), "{name}={given}");
        }
    }
}
