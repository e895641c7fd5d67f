//! The live preview: the portal's page of the text being typed. Only what changed is sent, there and back.

mod body;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use domain::{
    document::Document,
    ids::{ArticleId, Hash},
    markdown,
    page::{self, ImageSources, Links, PageBlock},
    placement::Placement,
};
use media::rendition::Recipe;
use store::{pictures, placements};

use crate::{
    Desk, Result, lock,
    window::{BodyAsked, PlacementWords, Preview, PreviewAsked},
};

/// The pages the window holds, by article.
#[derive(Default)]
pub(crate) struct Previews {
    held: Mutex<HashMap<ArticleId, Held>>,
}

/// A page as the window holds it.
#[derive(Clone)]
struct Held {
    version: u32,
    page: Arc<Rendered>,
}

/// A page with what is counted of its text.
#[derive(Default)]
struct Rendered {
    body: String,
    blocks: Vec<PageBlock>,
    language: String,
    words: u32,
    characters: u32,
}

impl Rendered {
    /// Returns this page as one change.
    fn change(&self, version: u32, applies_to: u32, splice: Splice) -> Preview {
        Preview {
            version,
            applies_to,
            from: count(splice.from),
            remove: count(splice.remove),
            insert: splice.insert,
            lines: self.blocks.iter().map(|block| block.first_line).collect(),
            language: self.language.clone(),
            dir: page::direction(&self.language).to_owned(),
            words: self.words,
            characters: self.characters,
        }
    }
}

impl Previews {
    /// The next preview of this article is sent whole.
    pub(crate) fn forget(&self, id: ArticleId) {
        lock(&self.held).remove(&id);
    }

    /// Returns the body in the window, or `None` where it is a change of one that is not held.
    fn body(&self, asked: &PreviewAsked) -> Option<String> {
        let change = match &asked.body {
            BodyAsked::Whole { text } => return Some(text.clone()),
            BodyAsked::Changed(change) => change,
        };
        let before = lock(&self.held).get(&asked.id).filter(|held| held.version == asked.have)?.page.clone();
        body::changed(&before.body, change)
    }

    /// Remembers the new page and returns how it differs from the one the window has.
    fn replace(&self, id: ArticleId, have: u32, page: Rendered) -> Preview {
        let mut held = lock(&self.held);
        let before = held.get(&id).filter(|before| before.version == have).cloned();
        let version = held.get(&id).map_or(0, |before| before.version).max(have) + 1;
        let page = Arc::new(page);
        held.insert(id, Held { version, page: Arc::clone(&page) });
        drop(held); // what follows takes its time with a long text
        let splice =
            Splice::between(before.as_ref().map(|before| before.page.blocks.as_slice()), &page.blocks);
        page.change(version, before.map_or(0, |before| before.version), splice)
    }

    /// Returns the page last shown of an article, whole.
    fn whole(&self, id: ArticleId) -> Option<Preview> {
        let Held { version, page } = lock(&self.held).get(&id).cloned()?;
        Some(page.change(version, 0, Splice::between(None, &page.blocks)))
    }
}

/// One replacement that makes the new page of the old.
#[derive(Debug, Default, PartialEq, Eq)]
struct Splice {
    from: usize,
    remove: usize,
    insert: Vec<String>,
}

impl Splice {
    /// Blocks are compared by their HTML alone; where they begin travels beside them.
    fn between(before: Option<&[PageBlock]>, after: &[PageBlock]) -> Self {
        let old = before.unwrap_or_default();
        let same = |(a, b): &(&PageBlock, &PageBlock)| a.html == b.html;
        let head = old.iter().zip(after).take_while(same).count();
        let (old_rest, new_rest) = (&old[head..], &after[head..]);
        let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
        Self {
            from: head,
            remove: old_rest.len() - tail,
            insert: new_rest[..new_rest.len() - tail].iter().map(|block| block.html.clone()).collect(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Desk {
    /// Renders the page of the text in the window, saved or not, and returns what changed since the window's version;
    /// `None` where the body is told as a change of one that is not held: the window tells it whole then.
    ///
    /// # Errors
    /// What the database says.
    pub fn preview(&self, asked: &PreviewAsked) -> Result<Option<Preview>> {
        let Some(body) = self.previews.body(asked) else { return Ok(None) };
        let (placements, sizes) = self.pictures_of(asked)?;
        let document = Document { fields: asked.fields.clone(), body, placements };
        let page::Rendered { blocks, words } = page::render(&document, &InWindow { sizes });
        let page = Rendered {
            body: document.body,
            blocks,
            language: document.fields.language,
            words: count(markdown::word_count(&words)),
            characters: count(words.chars().count()),
        };
        Ok(Some(self.previews.replace(asked.id, asked.have, page)))
    }

    /// Returns the page of an article as it was last shown, whole: for a second window. `None` before it was shown.
    #[must_use]
    pub fn preview_held(&self, id: ArticleId) -> Option<Preview> {
        self.previews.whole(id)
    }

    /// Returns the placements with the words being typed, and the pixels of their pictures.
    fn pictures_of(&self, asked: &PreviewAsked) -> Result<(Vec<Placement>, Sizes)> {
        self.store.read(|conn| {
            let mut placements = placements::resolved(conn, asked.id, &asked.fields.language)?;
            let mut sizes = Sizes::new();
            for placement in &mut placements {
                if let Some(words) = asked.placements.iter().find(|words| words.id == placement.id) {
                    overlay(placement, words);
                }
                if let Some(picture) =
                    placement.picture.map(|hash| pictures::get(conn, hash)).transpose()?.flatten()
                {
                    sizes.insert(picture.hash, (picture.width, picture.height));
                }
            }
            Ok((placements, sizes))
        })
    }
}

fn overlay(placement: &mut Placement, words: &PlacementWords) {
    let put = |word: &mut String, new: &Option<String>| {
        if let Some(new) = new {
            word.clone_from(new);
        }
    };
    put(&mut placement.caption, &words.caption);
    put(&mut placement.credit_line, &words.credit_line);
    put(&mut placement.alt, &words.alt);
}

/// Width and height of pictures, in pixels.
type Sizes = HashMap<Hash, (u32, u32)>;

/// Pictures reach the window by hash and recipe, never by a path.
struct InWindow {
    sizes: Sizes,
}

impl Links for InWindow {
    fn image(&self, picture: Hash) -> Option<ImageSources> {
        let (width, height) = *self.sizes.get(&picture)?;
        let src = format!("{}{picture}/{}", picture_base(), Recipe::Web.name());
        Some(ImageSources { src, srcset: Vec::new(), width, height })
    }

    fn stylesheet(&self) -> String {
        String::new() // the window links it itself
    }

    fn is_preview(&self) -> bool {
        true
    }
}

/// Where the window's own protocol serves pictures; on Windows its address differs.
fn picture_base() -> &'static str {
    if cfg!(windows) { "http://photo.localhost/" } else { "photo://localhost/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(htmls: &[&str]) -> Vec<PageBlock> {
        (1..)
            .zip(htmls)
            .map(|(first_line, html)| PageBlock { html: (*html).to_owned(), first_line })
            .collect()
    }

    #[test]
    fn only_what_changed_is_sent() {
        let before = blocks(&["a", "b", "c", "d"]);
        let table: [(&[&str], usize, usize, &[&str]); 6] = [
            (&["a", "b", "c", "d"], 4, 0, &[]),
            (&["a", "x", "c", "d"], 1, 1, &["x"]),
            (&["a", "b", "b", "c", "d"], 2, 0, &["b"]),
            (&["b", "c", "d"], 0, 1, &[]),
            (&["a", "b", "c", "d", "e"], 4, 0, &["e"]),
            (&[], 0, 4, &[]),
        ];
        for (after, from, remove, insert) in table {
            let splice = Splice::between(Some(&before), &blocks(after));

            assert_eq!(
                (splice.from, splice.remove, splice.insert),
                (from, remove, insert.iter().map(|s| (*s).to_owned()).collect()),
                "{after:?}"
            );
        }
    }

    fn page(htmls: &[&str]) -> Rendered {
        Rendered {
            body: String::new(),
            blocks: blocks(htmls),
            language: "vi".into(),
            words: 3,
            characters: 9,
        }
    }

    #[test]
    fn a_window_that_holds_another_version_gets_the_whole_page() {
        let (previews, id) = (Previews::default(), ArticleId(uuid::Uuid::nil()));
        let first = previews.replace(id, 0, page(&["a", "b"]));
        let second = previews.replace(id, first.version, page(&["a", "c"]));

        let late = previews.replace(id, first.version, page(&["a", "d"]));

        assert_eq!((second.applies_to, second.insert), (first.version, vec!["c".to_owned()]));
        assert_eq!((late.applies_to, late.insert), (0, vec!["a".to_owned(), "d".to_owned()]));
        assert_eq!(late.lines, [1, 2]);
    }

    #[test]
    fn a_second_window_gets_the_page_whole_and_goes_on_from_there() {
        let (previews, id) = (Previews::default(), ArticleId(uuid::Uuid::nil()));
        assert_eq!(previews.whole(id), None);
        let first = previews.replace(id, 0, page(&["a", "b"]));

        let whole = previews.whole(id).expect("it was shown");
        let next = previews.replace(id, first.version, page(&["a", "c"]));

        assert_eq!((whole.version, whole.applies_to, whole.insert.len()), (first.version, 0, 2));
        assert_eq!((whole.language.as_str(), whole.words, whole.characters), ("vi", 3, 9));
        assert_eq!(next.applies_to, whole.version);
    }
}
