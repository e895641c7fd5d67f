//! `docs/openapi.json`, held against what the portal really says: every request and every answer that goes by.

use std::{collections::BTreeSet, fs, sync::LazyLock};

use jsonschema::Validator;
use serde_json::{Value, json};

/// Read once; every test holds what it hears against it.
pub static DESCRIBED: LazyLock<Described> = LazyLock::new(Described::read);

pub struct Described(Value);

/// A request or an answer as it went over the wire.
struct Message<'a> {
    /// Its first line.
    line: &'a str,
    head: &'a str,
    body: &'a str,
}

/// What was asked, by its name in the description, and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    pub operation: String,
    pub status: u16,
}

impl Described {
    /// Closes every object: what is not described is not to be said.
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
        let text = fs::read_to_string(path).expect("docs/openapi.json");
        let mut described = serde_json::from_str(&text).expect("it is JSON");
        close(&mut described);
        Self(described)
    }

    /// Returns every operation that is described, as `METHOD address`.
    pub fn operations(&self) -> BTreeSet<String> {
        let paths = self.0["paths"].as_object().expect("paths");
        let named = |(path, methods): (&String, &Value)| {
            let methods = methods.as_object().expect("methods").clone();
            let names = methods.into_iter().filter(|(_, operation)| operation.get("responses").is_some());
            names.map(|(method, _)| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
        };
        paths.iter().flat_map(named).collect()
    }

    /// Holds one exchange against the description; an address that is none is only ever refused.
    ///
    /// # Errors
    /// Says what is said and not described.
    pub fn hold(&self, request: &str, answer: &str) -> Result<Option<Asked>, String> {
        let (request, answer) = (Message::of(request), Message::of(answer));
        let status: u16 = answer.word(1).parse().map_err(|_| format!("no answer: {}", answer.line))?;
        let (method, target) = (request.word(0), request.word(1));
        let path = target.split('?').next().unwrap_or_default();
        let Some((template, operation)) = self.operation(method, path) else {
            let refused = (400..500).contains(&status);
            return if refused { Ok(None) } else { Err(format!("{method} {path} answers {status}")) };
        };
        let name = format!("{} {template}", if method == "HEAD" { "GET" } else { method });
        let told = self.resolved(&operation["responses"][status.to_string()]);
        if told.is_null() {
            return Err(format!("{name} answers {status}, which is not described"));
        }
        if method != "HEAD" && !answer.body.is_empty() {
            self.fits(told, &answer).map_err(|why| format!("{name}, its answer {status}: {why}"))?;
        }
        if (200..300).contains(&status) {
            self.parameters(operation, template, path).map_err(|why| format!("{name}: {why}"))?;
            if !request.body.is_empty() {
                let described = &operation["requestBody"];
                self.fits(described, &request).map_err(|why| format!("{name}, its request: {why}"))?;
            }
        }
        Ok(Some(Asked { operation: name, status }))
    }

    /// Finds the operation at an address: the one whose address has the fewest blanks.
    fn operation(&self, method: &str, path: &str) -> Option<(&str, &Value)> {
        let method = if method == "HEAD" { "get".into() } else { method.to_lowercase() };
        let paths = self.0["paths"].as_object()?.iter();
        let fitting = paths.filter(|(template, _)| fit(template, path));
        let (template, methods) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
        methods.get(method).map(|operation| (template.as_str(), operation))
    }

    fn resolved<'a>(&'a self, told: &'a Value) -> &'a Value {
        let there = told.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#'));
        there.map_or(told, |pointer| self.0.pointer(pointer).expect("references lead somewhere"))
    }

    fn fits(&self, told: &Value, message: &Message<'_>) -> Result<(), String> {
        let Some(contents) = told.get("content").and_then(Value::as_object) else { return Ok(()) };
        let kind = message.header("content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let content = contents.get(kind).ok_or_else(|| format!("“{kind}” is not described"))?;
        let Some(schema) = content.get("schema").filter(|_| kind.ends_with("json")) else { return Ok(()) };
        let said: Value = serde_json::from_str(message.body).map_err(|error| error.to_string())?;
        self.is_of(schema, &said)
    }

    fn parameters(&self, operation: &Value, template: &str, path: &str) -> Result<(), String> {
        for (name, given) in template.split('/').zip(path.split('/')) {
            let Some(name) = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) else { continue };
            let all = operation["parameters"].as_array().ok_or("its parameters are not described")?;
            let told = all.iter().find(|told| told["name"] == name && told["in"] == "path");
            let told = told.ok_or_else(|| format!("{name} is not described"))?;
            self.is_of(&told["schema"], &Value::from(given))?;
        }
        Ok(())
    }

    fn is_of(&self, schema: &Value, said: &Value) -> Result<(), String> {
        let errors: Vec<String> =
            self.validator(schema).iter_errors(said).map(|error| error.to_string()).collect();
        if errors.is_empty() { Ok(()) } else { Err(format!("{} in {said}", errors.join("; "))) }
    }

    fn validator(&self, schema: &Value) -> Validator {
        let whole = json!({ "components": self.0["components"], "allOf": [schema] });
        jsonschema::options().should_validate_formats(true).build(&whole).expect("a schema")
    }
}

fn fit(template: &str, path: &str) -> bool {
    let blank = |part: &str| part.starts_with('{');
    let (told, given) = (template.split('/'), path.split('/'));
    template.split('/').count() == path.split('/').count()
        && told.zip(given).all(|(told, given)| told == given || (blank(told) && !given.is_empty()))
}

fn close(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("type") == Some(&json!("object")) && members.contains_key("properties") {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl<'a> Message<'a> {
    fn of(text: &'a str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        Self { line: head.lines().next().unwrap_or_default(), head, body }
    }

    fn word(&self, at: usize) -> &'a str {
        self.line.split(' ').nth(at).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

#[test]
fn what_is_not_described_is_noticed() {
    let me = "GET /dpp/v1/me HTTP/1.1\r\nHost: x\r\n\r\n";
    let answer = |status: &str, kind: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n\r\n{body}")
    };
    let good = r#"{"name": "Cổng", "role": "desk", "may": ["publish"]}"#;
    let table = [
        (me, answer("200 OK", "application/json", good), true),
        (me, answer("200 OK", "application/json", r#"{"name": "Cổng", "role": "desk"}"#), false),
        (
            me,
            answer("200 OK", "application/json", r#"{"name": "", "role": "", "may": [], "tongue": 1}"#),
            false,
        ),
        (me, answer("200 OK", "application/json", r#"{"name": "", "role": "", "may": ["sing"]}"#), false),
        (me, answer("200 OK", "text/html", good), false),
        (me, answer("418 I'm a teapot", "application/json", good), false),
        ("DELETE /dpp/v1/me HTTP/1.1\r\n\r\n", answer("405 No", "text/plain", ""), true),
        ("DELETE /dpp/v1/me HTTP/1.1\r\n\r\n", answer("200 OK", "text/plain", ""), false),
        ("GET /dpp/v1/other HTTP/1.1\r\n\r\n", answer("200 OK", "application/json", good), false),
    ];
    for (request, answer, fits) in table {
        let held = DESCRIBED.hold(request, &answer);
        assert_eq!(held.is_ok(), fits, "{answer}: {held:?}");
    }
}
