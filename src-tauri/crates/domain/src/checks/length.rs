//! No field is longer than is shown well. It is said, and stops nothing.

use super::{Check, Finding, Place};
use crate::{
    document::Document,
    limits::{LIMITS, exceeds},
};

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let fields = &document.fields;
    let of_article = [
        (exceeds(&fields.kicker, LIMITS.kicker), Check::KickerLong, Place::Kicker),
        (exceeds(&fields.headline, LIMITS.headline), Check::HeadlineLong, Place::Headline),
        (exceeds(&fields.standfirst, LIMITS.standfirst), Check::StandfirstLong, Place::Standfirst),
        (exceeds(&fields.dateline, LIMITS.dateline), Check::DatelineLong, Place::Dateline),
        (exceeds(&fields.url_slug, LIMITS.url_slug), Check::UrlSlugLong, Place::UrlSlug),
        (fields.keywords.len() > LIMITS.keywords as usize, Check::KeywordsMany, Place::Keywords),
    ];
    let of_article = of_article.into_iter().map(|(is, check, place)| (is, check, place, None));
    let of_pictures = document.placements.iter().flat_map(|placement| {
        [
            (
                exceeds(&placement.caption, LIMITS.caption),
                Check::CaptionLong,
                Place::Caption,
                Some(placement.id),
            ),
            (exceeds(&placement.alt, LIMITS.alt), Check::AltLong, Place::Alt, Some(placement.id)),
        ]
    });
    let found = of_article.chain(of_pictures).filter(|(is, ..)| *is);
    found.map(|(_, check, place, placement)| Finding { check, blocks: false, place, placement }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Fields;

    #[test]
    fn a_field_that_is_too_long_is_told_and_stops_nothing() {
        let fields = Fields {
            headline: "a".repeat(90),
            standfirst: "ấ".repeat(221),
            keywords: vec![String::from("lũ"); 11],
            ..Fields::default()
        };

        let found = check(&Document { fields, ..Document::default() });

        let told: Vec<_> =
            found.iter().map(|finding| (finding.check, finding.place, finding.blocks)).collect();
        assert_eq!(
            told,
            [
                (Check::StandfirstLong, Place::Standfirst, false),
                (Check::KeywordsMany, Place::Keywords, false)
            ]
        );
    }
}
