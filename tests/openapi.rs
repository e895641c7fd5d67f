//! `docs/openapi.json` says what the local portal does: the same addresses, the same refusals, the same statuses.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Map, Value};

const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()))
}

fn described() -> Value {
    serde_json::from_str(&source("docs/openapi.json")).expect("docs/openapi.json is JSON")
}

/// What stands between the first `open` and the next `close` after it.
fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let from = text.find(open).unwrap_or_else(|| panic!("{open:?} is not there")) + open.len();
    &text[from..from + text[from..].find(close).unwrap_or_else(|| panic!("{close:?} does not follow"))]
}

fn base() -> String {
    between(&source("src-tauri/crates/protocol/src/lib.rs"), "BASE: &str = \"", "\"").to_owned()
}

/// `METHOD address` of every route in serve.rs; those before the fallback lie under the protocol's base.
fn served() -> BTreeSet<String> {
    let source = source("src-tauri/crates/local_portal/src/serve.rs");
    let routes = &source[source.find("fn router(").expect("serve.rs has its router")..];
    let fallback = routes.find(".fallback(").expect("the protocol answers everything under its base");
    let mut found = BTreeSet::new();
    for (at, _) in routes.match_indices(".route(") {
        let route = &routes[at + ".route(".len()..];
        let route = &route[..route.find(".route(").unwrap_or(route.len())];
        let base = if at < fallback { base() } else { String::new() };
        let address = between(route, "\"", "\"");
        for method in METHODS.iter().filter(|method| route.contains(&format!("{method}("))) {
            found.insert(format!("{} {base}{address}", method.to_uppercase()));
        }
    }
    found
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object stands here")
}

#[test]
fn every_route_is_described_and_every_description_is_a_route() {
    let described = described();

    let told: BTreeSet<String> = object(&described["paths"])
        .iter()
        .flat_map(|(address, methods)| {
            let methods = object(methods).keys().filter(|method| METHODS.contains(&method.as_str()));
            methods.map(move |method| format!("{} {address}", method.to_uppercase()))
        })
        .collect();

    assert_eq!(told, served());
}

#[test]
fn every_kind_of_refusal_is_described() {
    let protocol = source("src-tauri/crates/protocol/src/lib.rs");
    let kinds: BTreeSet<String> = between(&protocol, "enum ProblemKind {", "}")
        .split(',')
        .map(|kind| kebab(kind.trim()))
        .filter(|kind| !kind.is_empty())
        .collect();

    let described = described();
    let told = described["components"]["schemas"]["Problem"]["properties"]["type"]["enum"].as_array();
    let told: BTreeSet<String> =
        told.expect("a list of kinds").iter().filter_map(Value::as_str).map(str::to_owned).collect();

    assert_eq!(told, kinds);
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[test]
fn every_reference_leads_somewhere() {
    let described = described();
    let mut references = Vec::new();
    collect(&described, &mut references);

    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("references stay in the file");
        assert!(described.pointer(pointer).is_some(), "{reference} is not there");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        references.push(reference.to_owned());
    }
    match value {
        Value::Object(members) => members.values().for_each(|member| collect(member, references)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
