//! No place of a template is left where a reader would see it.

use super::{Check, Finding, Place};
use crate::{document::Document, template::has_places};

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let fields = &document.fields;
    let of_article = [
        (&fields.kicker, Place::Kicker),
        (&fields.headline, Place::Headline),
        (&fields.standfirst, Place::Standfirst),
        (&fields.dateline, Place::Dateline),
        (&fields.byline, Place::Byline),
        (&fields.source_paper, Place::SourcePaper),
        (&fields.source_url, Place::SourceUrl),
        (&document.body, Place::Body),
    ];
    let of_article = of_article.into_iter().map(|(text, place)| (text, place, None));
    let of_pictures = document.placements.iter().flat_map(|placement| {
        [
            (&placement.caption, Place::Caption),
            (&placement.credit_line, Place::CreditLine),
            (&placement.alt, Place::Alt),
        ]
        .map(|(text, place)| (text, place, Some(placement.id)))
    });
    let left = of_article.chain(of_pictures).filter(|(text, ..)| has_places(text));
    left.map(|(_, place, placement)| Finding::blocking(Check::PlaceLeft, place, placement)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::Fields,
        ids::PlacementId,
        placement::{Placement, Position},
    };

    #[test]
    fn a_place_that_was_not_filled_stops_the_article_and_is_told_where_it_is() {
        let picture = Placement {
            id: PlacementId(uuid::Uuid::from_u128(1)),
            position: Position::Lead,
            caption: "{{ai}} ở chợ".into(),
            credit_line: "Ngọc Lam".into(),
            alt: String::new(),
            picture: None,
        };
        let fields = Fields {
            headline: "{{tít}}".into(),
            standfirst: "{đủ}".into(),
            ed_note: "{{nội bộ}}".into(),
            ..Fields::default()
        };
        let document =
            Document { fields, body: "Chữ.\n\n{{ai}} nói.\n".into(), placements: vec![picture.clone()] };

        let found: Vec<_> = check(&document)
            .into_iter()
            .map(|one| (one.check, one.blocks, one.place, one.placement))
            .collect();

        let left = |place, placement| (Check::PlaceLeft, true, place, placement);
        assert_eq!(
            found,
            [left(Place::Headline, None), left(Place::Body, None), left(Place::Caption, Some(picture.id))]
        );
    }
}
