//! Finding places in a text. `ui/src/editor/places.ts` finds the same; `tests/fixtures/places.json` holds both to it.

use std::ops::Range;

/// Characters between the braces at most: longer is no place.
const LONGEST: usize = 80;

/// Returns where the places of `text` stand, braces and all, in bytes.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = text[from..].find("{{").map(|at| from + at) {
            if let Some(place) = place_at(text, at) {
                from = place.end;
                return Some(place);
            }
            from = at + 1; // ASCII: a boundary
        }
        None
    })
}

/// Says whether any place is left in `text`.
#[must_use]
pub fn has_places(text: &str) -> bool {
    places(text).next().is_some()
}

fn place_at(text: &str, at: usize) -> Option<Range<usize>> {
    if text[..at].ends_with('\\') {
        return None;
    }
    let inside = &text[at + 2..];
    let length = inside.find(['{', '}', '\n'])?;
    let said = &inside[..length];
    let is_place = inside[length..].starts_with("}}")
        && !said.trim().is_empty()
        && said.encode_utf16().count() <= LONGEST;
    is_place.then_some(at..at + 2 + length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_what_the_table_says() {
        let table = include_str!("../../../../../tests/fixtures/places.json");
        let rows: Vec<(String, Vec<String>)> = serde_json::from_str(table).expect("a table");

        for (text, wanted) in rows {
            let found: Vec<&str> = places(&text).map(|at| &text[at]).collect();
            assert_eq!(found, wanted, "{text:?}");
        }
    }

    #[test]
    fn a_long_text_of_braces_is_read_in_no_time() {
        assert_eq!(places(&"{".repeat(1 << 20)).count(), 0);
        assert_eq!(places(&"{{a".repeat(1 << 18)).count(), 0);
    }
}
