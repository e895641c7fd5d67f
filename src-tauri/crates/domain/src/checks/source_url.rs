//! What is taken over from another paper says where from, with a link a reader can follow.

use super::{Check, Finding, Place};
use crate::document::Document;

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let url = document.fields.source_url.trim();
    let check = match (document.fields.taken_over(), url.is_empty()) {
        (true, true) => Check::SourceUrlMissing,
        (_, false) if !is_web_address(url) => Check::SourceUrlUnusable,
        (true | false, _) => return Vec::new(),
    };
    vec![Finding::blocking(check, Place::SourceUrl, None)]
}

fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !url.contains(char::is_whitespace)
    })
}
