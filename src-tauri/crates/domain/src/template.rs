//! What a new article may begin with, and the places in it that wait for words: `{{who}}`, `{{where}}`.
//!
//! A place is what stands in double braces on one line. Those that the desk can fill itself (`{{date}}`, `{{byline}}`) are
//! filled when an article begins; the others are the journalist's, and no article is submitted before they are filled.
//! A backslash before the braces makes them plain text.

mod fill;
mod places;

use serde::{Deserialize, Serialize};

pub use fill::Known;
pub use places::{has_places, places};

use crate::{
    article::{Fields, normalised},
    ids::PlacementId,
    markdown,
    placement::Position,
};

/// Characters of a name at most.
pub const LONGEST_NAME: usize = 80;
/// Characters of a field at most.
const LONGEST_FIELD: usize = 2_000;
/// Characters of a body at most.
const LONGEST_BODY: usize = 100_000;
/// Pictures that one template may want, and keywords it may have.
const MOST_PICTURES: usize = 50;

/// The fields, the text and the wanted pictures that a new article begins with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub fields: Fields,
    /// Markdown; `![](photo:<id>)` stands where one of the pictures stands.
    pub body: String,
    #[serde(default)]
    pub pictures: Vec<WantedPicture>,
}

/// A picture that articles of this kind want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedPicture {
    /// Names it in the template's body; every article made of it has ids of its own.
    pub id: PlacementId,
    pub position: Position,
    #[serde(default)]
    pub caption: String,
    #[serde(default)]
    pub credit_line: String,
    #[serde(default)]
    pub alt: String,
}

/// Why something cannot be a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("a template has a name of 1 to {LONGEST_NAME} characters on one line; give it another name")]
    Name,
    #[error("a template names the language of its articles, like \"vi\"; add it")]
    Language,
    #[error("its {0} is too long for a template; shorten it")]
    TooLong(&'static str),
    #[error("it wants more than {MOST_PICTURES} pictures or has as many keywords; take some out")]
    TooMany,
    #[error("it has two lead pictures, or two pictures of one id; take one out")]
    PictureTwice,
    #[error("its body names a picture that is not among its pictures; take it out of the body")]
    PictureUnknown,
}

/// Returns `name` as it is stored.
///
/// # Errors
/// [`Refused::Name`].
pub fn checked_name(name: &str) -> Result<String, Refused> {
    let name = normalised(name).trim().to_owned();
    let fits =
        !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(Refused::Name) }
}

/// Says whether two names are one to a person who reads them.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

impl Template {
    /// Makes a template of an article. What is true of that one article only (its addresses, its dates) stays behind.
    #[must_use]
    pub fn of(fields: &Fields, body: &str, pictures: Vec<WantedPicture>) -> Self {
        let mut fields = fields.clone();
        for own in fields_of_one(&mut fields) {
            if !has_places(own) {
                own.clear();
            }
        }
        for time in [&mut fields.source_date, &mut fields.embargo, &mut fields.schedule] {
            time.clear();
        }
        Self { fields, body: body.to_owned(), pictures }
    }

    /// Returns the template as it may be kept, its text normalised. It may come from anywhere.
    ///
    /// # Errors
    /// [`Refused`], in words.
    pub fn checked(mut self) -> Result<Self, Refused> {
        for (_, text) in self.texts() {
            *text = normalised(text);
        }
        self.fields.language = self.fields.language.trim().to_owned();
        self.fields.keywords.retain(|keyword| !keyword.trim().is_empty());
        if self.fields.language.is_empty() {
            return Err(Refused::Language);
        }
        if self.fields.keywords.len() > MOST_PICTURES || self.pictures.len() > MOST_PICTURES {
            return Err(Refused::TooMany);
        }
        self.refuse_long()?;
        self.refuse_strange_pictures()?;
        Ok(Self::of(&self.fields, &self.body, self.pictures))
    }

    fn refuse_long(&mut self) -> Result<(), Refused> {
        let long = self.texts().into_iter().find(|(what, text)| {
            let most = if *what == "body" { LONGEST_BODY } else { LONGEST_FIELD };
            text.chars().count() > most
        });
        long.map_or(Ok(()), |(what, _)| Err(Refused::TooLong(what)))
    }

    fn refuse_strange_pictures(&self) -> Result<(), Refused> {
        let leads = self.pictures.iter().filter(|picture| picture.position == Position::Lead).count();
        let mut ids: Vec<PlacementId> = self.pictures.iter().map(|picture| picture.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if leads > 1 || ids.len() < self.pictures.len() {
            return Err(Refused::PictureTwice);
        }
        let known = |id: &PlacementId| ids.contains(id);
        if markdown::used_placements(&self.body).iter().all(known) {
            Ok(())
        } else {
            Err(Refused::PictureUnknown)
        }
    }

    /// Returns what an article begins with: pictures under ids of their own, and the known places filled, where any are
    /// told. `new_id` makes an id.
    #[must_use]
    pub fn begin(&self, known: Option<&Known<'_>>, mut new_id: impl FnMut() -> PlacementId) -> Self {
        let mut new = self.clone();
        for picture in &mut new.pictures {
            let id = new_id();
            new.body = new.body.replace(&format!("photo:{}", picture.id), &format!("photo:{id}"));
            picture.id = id;
        }
        if let Some(known) = known {
            let language = new.fields.language.clone();
            for (_, text) in new.texts() {
                *text = known.fill(text, &language);
            }
        }
        new
    }

    /// Returns how many places wait for a person's words, wherever they stand.
    #[must_use]
    pub fn places_left(&self) -> usize {
        self.clone().texts().into_iter().map(|(_, text)| fill::unknown_places(text)).sum()
    }

    /// Every text of it by its name, as people know it.
    fn texts(&mut self) -> Vec<(&'static str, &mut String)> {
        let fields = &mut self.fields;
        let mut texts = vec![
            ("body", &mut self.body),
            ("headline", &mut fields.headline),
            ("standfirst", &mut fields.standfirst),
            ("kicker", &mut fields.kicker),
            ("dateline", &mut fields.dateline),
            ("byline", &mut fields.byline),
            ("language", &mut fields.language),
            ("slugline", &mut fields.slugline),
            ("URL slug", &mut fields.url_slug),
            ("desk", &mut fields.desk),
            ("translator", &mut fields.translator),
            ("editor", &mut fields.editor),
            ("sign-off", &mut fields.sign_off),
            ("category code", &mut fields.category_code),
            ("source paper", &mut fields.source_paper),
            ("source URL", &mut fields.source_url),
            ("foreign id", &mut fields.foreign_id),
            ("source date", &mut fields.source_date),
            ("original headline", &mut fields.original_headline),
            ("note to desks", &mut fields.ed_note),
            ("embargo", &mut fields.embargo),
            ("schedule", &mut fields.schedule),
        ];
        texts.extend(fields.keywords.iter_mut().map(|keyword| ("keyword", keyword)));
        for picture in &mut self.pictures {
            texts.extend([
                ("caption", &mut picture.caption),
                ("credit line", &mut picture.credit_line),
                ("alt text", &mut picture.alt),
            ]);
        }
        texts
    }
}

/// What one article has and the next has not, unless a place keeps room for it.
fn fields_of_one(fields: &mut Fields) -> [&mut String; 5] {
    [
        &mut fields.url_slug,
        &mut fields.source_url,
        &mut fields.foreign_id,
        &mut fields.original_headline,
        &mut fields.sign_off,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> PlacementId {
        PlacementId(uuid::Uuid::from_u128(n))
    }

    fn wanted(n: u128, position: Position) -> WantedPicture {
        WantedPicture {
            id: id(n),
            position,
            caption: "{{ai}} ở {{đâu}}".into(),
            credit_line: String::new(),
            alt: String::new(),
        }
    }

    fn template() -> Template {
        let fields = Fields { language: "vi".into(), headline: "{{tít}}".into(), ..Fields::default() };
        let body = format!("{{{{date}}}}: mở đầu\n\n![](photo:{})\n", id(1));
        Template { fields, body, pictures: vec![wanted(1, Position::InText), wanted(2, Position::Lead)] }
    }

    #[test]
    fn what_is_true_of_one_article_only_stays_behind_unless_it_is_a_place() {
        let fields = Fields {
            language: "vi".into(),
            headline: "Bản tin sáng".into(),
            source_paper: "Báo Bình Minh".into(),
            source_url: "https://binhminh.example.vn/1".into(),
            source_date: "2026-11-20".into(),
            original_headline: "{{tít gốc}}".into(),
            schedule: "2026-11-25T00:00:00Z".into(),
            ..Fields::default()
        };

        let kept = Template::of(&fields, "", Vec::new()).fields;

        assert_eq!((kept.headline.as_str(), kept.source_paper.as_str()), ("Bản tin sáng", "Báo Bình Minh"));
        assert_eq!(kept.original_headline, "{{tít gốc}}");
        assert_eq!([kept.source_url, kept.source_date, kept.schedule], ["", "", ""]);
    }

    #[test]
    fn an_article_has_ids_of_its_own_and_the_known_places_filled() {
        let mut next = 10;
        let known = Known { year: 2026, month: 11, day: 5, byline: "Lan" };

        let new = template().begin(Some(&known), || {
            next += 1;
            id(next)
        });

        assert_eq!(new.body, format!("05/11/2026: mở đầu\n\n![](photo:{})\n", id(11)));
        assert_eq!(new.pictures.iter().map(|one| one.id).collect::<Vec<_>>(), [id(11), id(12)]);
        assert_eq!((new.fields.headline.as_str(), new.places_left()), ("{{tít}}", 5));
        assert!(template().begin(None, || id(9)).body.starts_with("{{date}}: "), "amended as it is");
    }

    #[test]
    fn what_cannot_be_a_template_is_refused_in_words() {
        let changed = |change: fn(&mut Template)| {
            let mut template = template();
            change(&mut template);
            template.checked().err()
        };
        type Row = (fn(&mut Template), Option<Refused>);
        let table: [Row; 8] = [
            (|_| (), None),
            (|it| it.fields.language = " ".into(), Some(Refused::Language)),
            (|it| it.fields.headline = "á".repeat(2_001), Some(Refused::TooLong("headline"))),
            (|it| it.body = "a".repeat(100_001), Some(Refused::TooLong("body"))),
            (|it| it.fields.keywords = vec!["a".into(); 51], Some(Refused::TooMany)),
            (|it| it.pictures.push(wanted(1, Position::Gallery)), Some(Refused::PictureTwice)),
            (|it| it.pictures.push(wanted(3, Position::Lead)), Some(Refused::PictureTwice)),
            (|it| it.pictures.clear(), Some(Refused::PictureUnknown)),
        ];
        for (change, wanted) in table {
            assert_eq!(changed(change), wanted);
        }
    }

    #[test]
    fn a_name_is_one_line_of_words() {
        assert_eq!(checked_name("  Tin va\u{306}\u{301}n "), Ok("Tin vắn".into()));
        for name in ["", "  ", "a\nb", "a\u{7}b", &"a".repeat(81)] {
            assert_eq!(checked_name(name), Err(Refused::Name), "{name:?}");
        }
        assert!(same_name("TIN VẮN", "tin vắn") && !same_name("tin vắn", "tin van"));
    }
}
