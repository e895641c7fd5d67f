//! What the desk knows itself when an article begins.

use super::places;

/// The day, where the person sits, and who that is.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub year: i16,
    pub month: i8,
    pub day: i8,
    pub byline: &'a str,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a place may ask for that the desk knows.
enum What {
    Date,
    Byline,
}

impl What {
    fn asked(said: &str) -> Option<Self> {
        match said.to_lowercase().as_str() {
            "date" | "today" | "ngày" | "hôm nay" => Some(Self::Date),
            "byline" | "author" | "author's byline" | "author’s byline" | "bút danh" | "tác giả" => {
                Some(Self::Byline)
            }
            _ => None,
        }
    }
}

/// Returns how many places of `text` only a person can fill.
pub(super) fn unknown_places(text: &str) -> usize {
    places(text).filter(|at| What::asked(text[at.start + 2..at.end - 2].trim()).is_none()).count()
}

impl Known<'_> {
    /// Returns `text` with the places filled that are known, as `language` writes them.
    pub(super) fn fill(&self, text: &str, language: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut from = 0;
        for place in places(text) {
            let said = &text[place.start + 2..place.end - 2];
            if let Some(words) = self.words(said.trim(), language) {
                filled.push_str(&text[from..place.start]);
                filled.push_str(&words);
                from = place.end;
            }
        }
        filled.push_str(&text[from..]);
        filled
    }

    fn words(&self, said: &str, language: &str) -> Option<String> {
        match What::asked(said)? {
            What::Date => Some(self.date(language)),
            What::Byline => Some(self.byline.to_owned()).filter(|name| !name.trim().is_empty()),
        }
    }

    fn date(&self, language: &str) -> String {
        let Self { year, month, day, .. } = self;
        let month_name = usize::try_from(*month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
        match (language.split('-').next(), month_name) {
            (Some("en"), Some(name)) => format!("{day} {name} {year}"),
            (Some("vi" | "fr" | "ms" | "id"), _) => format!("{day:02}/{month:02}/{year}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_places_are_filled_as_the_language_writes_them_and_others_stay() {
        let known = Known { year: 2026, month: 11, day: 5, byline: "Thu Hà" };
        let table = [
            ("vi", "{{ngày}}, {{Bút danh}}", "05/11/2026, Thu Hà"),
            ("en-GB", "{{ Date }} by {{author's byline}}", "5 November 2026 by Thu Hà"),
            ("ja", "{{date}}", "2026-11-05"),
            ("vi", "{{ai}} nói ngày {{ngày}} ở {{đâu}}", "{{ai}} nói ngày 05/11/2026 ở {{đâu}}"),
            ("vi", "\\{{ngày}}", "\\{{ngày}}"),
        ];

        for (language, text, wanted) in table {
            assert_eq!(known.fill(text, language), wanted);
        }
        let nobody = Known { byline: " ", ..known };
        assert_eq!(nobody.fill("{{byline}}", "vi"), "{{byline}}");
    }
}
