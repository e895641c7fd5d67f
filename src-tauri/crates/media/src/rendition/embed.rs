//! Writes the words a rendition must carry (IPTC Photo Metadata 2025.1) into its JPEG, as XMP and as IIM. The encoder
//! wrote no other metadata, so nothing private can be in it.

mod iim;

use domain::picture::PictureWords;

const HEADER: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

const APP1: u8 = 0xe1;
const APP13: u8 = 0xed;

/// Returns `jpeg` with the words in segments after its first marker.
pub fn words(jpeg: &[u8], words: &PictureWords) -> Vec<u8> {
    let xmp = [HEADER, packet(words).as_bytes()].concat();
    let Some(pixels) = jpeg.strip_prefix(&[0xff, 0xd8]) else { return jpeg.to_vec() };
    let mut out = jpeg[..2].to_vec();
    for (marker, data) in [(APP1, xmp), (APP13, iim::segment(words))] {
        if let Ok(length) = u16::try_from(data.len() + 2) {
            out.extend([0xff, marker]);
            out.extend(length.to_be_bytes());
            out.extend(data);
        }
    }
    out.extend(pixels);
    out
}

fn packet(words: &PictureWords) -> String {
    let alt = |name: &str, value: &str| property(name, value, "Alt", " xml:lang=\"x-default\"");
    let simple = |name: &str, value: &str| wrapped(name, value, |value| value);
    let properties = [
        alt("dc:description", &words.caption),
        property("dc:creator", &words.creator, "Seq", ""),
        alt("dc:rights", &words.copyright_notice),
        simple("photoshop:Credit", &words.credit_line),
        simple("photoshop:Source", &words.picture_source),
        alt("xmpRights:UsageTerms", &words.usage_terms),
        simple("Iptc4xmpExt:DigitalSourceType", &words.digital_source_type),
        alt("Iptc4xmpCore:AltTextAccessibility", &words.alt),
    ];
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" \
         xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\" \
         xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\" \
         xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">{}</rdf:Description></rdf:RDF></x:xmpmeta>\
         <?xpacket end=\"r\"?>",
        properties.concat()
    )
}

fn property(name: &str, value: &str, list: &str, attribute: &str) -> String {
    wrapped(name, value, |value| format!("<rdf:{list}><rdf:li{attribute}>{value}</rdf:li></rdf:{list}>"))
}

fn wrapped(name: &str, value: &str, inner: impl Fn(String) -> String) -> String {
    if value.is_empty() {
        return String::new();
    }
    // One segment holds 64 KB; the longest caption a page shows is far shorter. XML has no control characters.
    let cut: String = value.chars().filter(|c| !c.is_control() || *c == '\n').take(4000).collect();
    format!("<{name}>{}</{name}>", inner(quick_xml::escape::escape(cut.as_str()).into_owned()))
}
