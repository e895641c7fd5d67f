//! A bundle's article on this desk: a draft again, in one transaction.

use std::collections::HashMap;

use domain::{
    article::Article,
    ids::{ArticleId, PlacementId, StoryId},
    picture::Picture,
    placement::{Placement, Position},
    revision::Occasion,
    stage::Stage,
};
use store::{
    Tx, articles, pictures,
    placements::{self, PlacementRow},
    source_pages,
};

use super::{
    contents::{Contents, PictureKept, PlacementKept, Word},
    unpack::Looked,
};
use crate::{Desk, Result};

/// Keeps the article under its own id, or under a new one where the desk has it already. Its approval and where it was
/// published stay behind: they were another desk's.
pub fn keep(
    desk: &Desk,
    tx: &Tx<'_>,
    contents: &Contents,
    looked: &[Looked],
    page: Option<&[u8]>,
) -> Result<ArticleId> {
    for (picture, looked) in contents.pictures.iter().zip(looked) {
        keep_picture(tx, picture, looked, desk.now())?;
    }
    let ids = Ids::for_desk(desk, tx, contents)?;
    let article = article(desk, tx, contents, &ids)?;
    articles::add(tx, &article)?;
    keep_placements(tx, &article, contents, &ids)?;
    if let Some((kept, bytes)) = contents.source_page.as_ref().zip(page) {
        let taken_in_at = kept.taken_in_at.as_millisecond();
        source_pages::keep(tx, article.id, bytes, &kept.headline, &contents.leftovers, taken_in_at)?;
    }
    desk.keep(tx, article.id, Occasion::TakenIn)?;
    Ok(article.id)
}

/// The ids this desk gives: the article's own as long as nothing here has them.
struct Ids {
    article: ArticleId,
    story: StoryId,
    placements: HashMap<PlacementId, PlacementId>,
}

impl Ids {
    fn for_desk(desk: &Desk, tx: &Tx<'_>, contents: &Contents) -> Result<Self> {
        let places = contents.document.placements.iter().map(|place| place.id);
        let a_copy = articles::find(tx, contents.article)?.is_some();
        let mut taken = a_copy;
        for id in places.clone() {
            taken |= placements::is_there(tx, id)?; // never another article's picture, whatever the bundle says
        }
        let own = |id: PlacementId| if taken { PlacementId(desk.clock.new_id()) } else { id };
        Ok(Self {
            article: if a_copy { ArticleId(desk.clock.new_id()) } else { contents.article },
            story: if a_copy { StoryId(desk.clock.new_id()) } else { contents.story },
            placements: places.map(|id| (id, own(id))).collect(),
        })
    }

    fn of(&self, placement: PlacementId) -> PlacementId {
        self.placements.get(&placement).copied().unwrap_or(placement)
    }

    /// Returns the body with every picture's reference under its new id.
    fn body(&self, body: &str) -> String {
        let renamed = self.placements.iter().filter(|(old, new)| old != new);
        renamed.fold(body.to_owned(), |body, (old, new)| {
            body.replace(&format!("photo:{old}"), &format!("photo:{new}"))
        })
    }
}

fn article(desk: &Desk, tx: &Tx<'_>, contents: &Contents, ids: &Ids) -> Result<Article> {
    let now = desk.now();
    // The edition it was translated from may have stayed at the other desk.
    let original = contents.translated_from.map(|id| articles::find(tx, id)).transpose()?.flatten();
    Ok(Article {
        id: ids.article,
        story: ids.story,
        translated_from: original.map(|article| article.id),
        stage: Stage::Draft,
        edits: 0,
        by: desk.person,
        created_at: contents.created_at.as_millisecond().min(now),
        saved_at: now,
        approval_lapsed: None,
        fields: contents.document.fields.clone(),
        body: ids.body(&contents.document.body),
    })
}

/// A picture that the library has keeps the words it has there.
fn keep_picture(tx: &Tx<'_>, kept: &PictureKept, looked: &Looked, now_ms: i64) -> Result<()> {
    if pictures::get(tx, kept.hash)?.is_some() {
        return Ok(());
    }
    let picture = Picture {
        hash: kept.hash,
        kind: kept.kind,
        size: looked.size,
        width: looked.inspected.width,
        height: looked.inspected.height,
        words: looked.words.clone(),
        differences: looked.differences.clone(),
    };
    pictures::add(tx, &picture, looked.inspected.orientation, &kept.seen_as, now_ms)?;
    let words = &kept.words; // what the file says is read from the file; these three a person may have changed
    Ok(pictures::set_words(tx, kept.hash, &words.caption, &words.credit_line, &words.alt)?)
}

fn keep_placements(tx: &Tx<'_>, article: &Article, contents: &Contents, ids: &Ids) -> Result<()> {
    let places = contents.document.placements.iter();
    for (ordinal, (place, kept)) in (0..).zip(places.clone().zip(&contents.placements)) {
        placements::put(tx, &row(article.id, ids.of(place.id), ordinal, place, kept))?;
    }
    // Where this library says something else than the one the words came from, they are the article's own from now on.
    let resolved = placements::resolved(tx, article.id, &article.fields.language)?;
    for (place, here) in places.zip(&resolved) {
        let mut row = placements::get(tx, article.id, ids.of(place.id))?;
        let own = |said: &str, here: &str, stored: Option<String>| {
            if said == here { stored } else { Some(said.to_owned()) }
        };
        row.caption = own(&place.caption, &here.caption, row.caption);
        row.credit_line = own(&place.credit_line, &here.credit_line, row.credit_line);
        row.alt = own(&place.alt, &here.alt, row.alt);
        placements::put(tx, &row)?;
    }
    Ok(())
}

fn row(
    article: ArticleId,
    id: PlacementId,
    ordinal: u32,
    place: &Placement,
    kept: &PlacementKept,
) -> PlacementRow {
    let own = |word: Word, said: &str| (!kept.follows_library.contains(&word)).then(|| said.to_owned());
    PlacementRow {
        id,
        article,
        position: place.position,
        ordinal: if place.position == Position::Lead { 0 } else { ordinal },
        picture: place.picture,
        caption: own(Word::Caption, &place.caption),
        credit_line: own(Word::CreditLine, &place.credit_line),
        alt: own(Word::Alt, &place.alt),
        seen_as: kept.seen_as.clone(),
    }
}
