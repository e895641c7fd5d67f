//! XMP, read with limits: no entities of the file's own, no depth, no end of events.

use std::collections::HashMap;

use domain::picture::PictureWords;
use quick_xml::{
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

const DEEPEST: usize = 64;
const MOST_EVENTS: usize = 200_000;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Values by property, e.g. `dc:description`; of a language alternative, `x-default` stands first.
type Values = HashMap<(String, String), Vec<String>>;

/// Reads packets in order; a later one wins, property by property.
pub fn read(packets: &[Vec<u8>]) -> PictureWords {
    let mut values = Values::new();
    for packet in packets {
        values.extend(properties(&text(packet)));
    }
    words(&values)
}

fn words(values: &Values) -> PictureWords {
    let all = |space: &str, name: &str| {
        values.get(&(space.to_owned(), name.to_owned())).cloned().unwrap_or_default()
    };
    let one = |space: &str, name: &str| all(space, name).into_iter().next().unwrap_or_default();
    let places = [one(PHOTOSHOP, "City"), one(PHOTOSHOP, "Country")];
    PictureWords {
        caption: one(DC, "description"),
        creator: all(DC, "creator").join(", "),
        credit_line: one(PHOTOSHOP, "Credit"),
        copyright_notice: one(DC, "rights"),
        picture_source: one(PHOTOSHOP, "Source"),
        usage_terms: one(RIGHTS, "UsageTerms"),
        instructions: one(PHOTOSHOP, "Instructions"),
        caption_writer: one(PHOTOSHOP, "CaptionWriter"),
        date_taken: one(PHOTOSHOP, "DateCreated"),
        place: places.into_iter().filter(|place| !place.is_empty()).collect::<Vec<_>>().join(", "),
        digital_source_type: one(EXT, "DigitalSourceType"),
        headline: one(PHOTOSHOP, "Headline"),
        alt: one(CORE, "AltTextAccessibility"),
    }
}

/// UTF-8, or UTF-16 with or without its mark.
fn text(packet: &[u8]) -> String {
    let wide = |order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = packet.chunks_exact(2).map(|pair| order([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned()
    };
    match packet {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, b'<', ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(packet).trim_start_matches('\u{feff}').to_owned(),
    }
}

/// Where the reader stands: which property, and the language of the item being read.
#[derive(Default)]
struct Reading {
    values: Values,
    property: Option<(usize, (String, String))>,
    items: Vec<(bool, String)>,
    text: String,
    in_item: bool,
    is_default: bool,
}

fn properties(packet: &str) -> Values {
    let mut reader = NsReader::from_str(packet);
    reader.config_mut().check_end_names = false;
    reader.config_mut().check_comments = false;
    let (mut reading, mut depth) = (Reading::default(), 0_usize);
    for _ in 0..MOST_EVENTS {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > DEEPEST {
                    break;
                }
                reading.open(&reader, &start, depth);
            }
            Ok(Event::Empty(start)) => {
                reading.open(&reader, &start, depth + 1);
                reading.close(depth + 1);
            }
            Ok(Event::Text(text)) => reading.text.push_str(&text.decode().unwrap_or_default()),
            Ok(Event::CData(text)) => reading.text.push_str(&String::from_utf8_lossy(&text)),
            Ok(Event::GeneralRef(entity)) => reading.text.push_str(&entity_text(&entity)),
            Ok(Event::End(_)) => {
                reading.close(depth);
                depth = depth.saturating_sub(1);
            }
            Ok(Event::DocType(_) | Event::Eof) | Err(_) => break,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
        }
    }
    reading.values
}

/// The five entities of XML itself and character numbers; a file's own entities are not there.
fn entity_text(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    let name = entity.decode().unwrap_or_default();
    quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}

impl Reading {
    fn open(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>, depth: usize) {
        let (space, local) = reader.resolver().resolve_element(start.name());
        let (space, local) = (namespace(&space), String::from_utf8_lossy(local.into_inner()).into_owned());
        self.text.clear();
        if space == RDF {
            match local.as_str() {
                "Description" => self.attributes(reader, start),
                "li" => {
                    self.in_item = true;
                    self.is_default = language(start).is_none_or(|language| language == "x-default");
                }
                _ => {}
            }
        } else if self.property.is_none() && is_ours(&space) {
            self.property = Some((depth, (space, local)));
            self.items.clear();
        }
    }

    /// Properties may be written as attributes of `rdf:Description`.
    fn attributes(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) {
        if self.property.is_some() {
            return; // a structure's own fields
        }
        for attribute in start.attributes().with_checks(false).flatten() {
            let (space, local) = reader.resolver().resolve_attribute(attribute.key);
            let space = namespace(&space);
            if is_ours(&space)
                && let Ok(value) = attribute.unescape_value()
            {
                self.values.insert(
                    (space, String::from_utf8_lossy(local.into_inner()).into_owned()),
                    vec![value.into_owned()],
                );
            }
        }
    }

    fn close(&mut self, depth: usize) {
        if self.in_item {
            self.items.push((self.is_default, std::mem::take(&mut self.text)));
            self.in_item = false;
        }
        if let Some((_, property)) = self.property.take_if(|(opened, _)| *opened == depth) {
            if self.items.is_empty() {
                self.items.push((true, std::mem::take(&mut self.text)));
            }
            self.items.sort_by_key(|(is_default, _)| !is_default);
            let values = self
                .items
                .drain(..)
                .map(|(_, value)| value)
                .filter(|value| !value.trim().is_empty())
                .collect();
            self.values.insert(property, values);
        }
        self.text.clear();
    }
}

fn is_ours(space: &str) -> bool {
    [DC, PHOTOSHOP, RIGHTS, CORE, EXT].contains(&space)
}

fn namespace(resolved: &ResolveResult<'_>) -> String {
    match resolved {
        ResolveResult::Bound(Namespace(space)) => String::from_utf8_lossy(space).into_owned(),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    }
}

fn language(start: &BytesStart<'_>) -> Option<String> {
    let attribute = start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == b"xml:lang")?;
    Some(String::from_utf8_lossy(&attribute.value).into_owned())
}
