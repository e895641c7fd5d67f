//! An article has a headline and a text.

use super::{Check, Finding, Place};
use crate::document::Document;

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    if document.fields.headline.trim().is_empty() {
        findings.push(Finding::blocking(Check::HeadlineMissing, Place::Headline, None));
    }
    if document.body.trim().is_empty() {
        findings.push(Finding::blocking(Check::BodyMissing, Place::Body, None));
    }
    findings
}
