//! Bytes to text: by mark, by what the page says, by the letters.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Error;

/// Returns the text of a page.
pub fn decoded(bytes: &[u8]) -> Result<String, Error> {
    let (text, _, _) = encoding(bytes).decode(bytes);
    let text = domain::article::normalised(&text);
    if text.trim().is_empty() {
        return Err(if bytes.iter().all(u8::is_ascii_whitespace) { Error::Empty } else { Error::NotText });
    }
    if is_text(&text) { Ok(text) } else { Err(Error::NotText) }
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let zeros = |odd: usize| bytes.iter().take(400).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    if bytes.len() > 20 && zeros(1) > 60 {
        return UTF_16LE;
    }
    if bytes.len() > 20 && zeros(0) > 60 {
        return UTF_16BE;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    said(bytes).unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new();
        detector.feed(bytes, true);
        detector.guess(None, true)
    })
}

/// What `<meta charset>` says, in the first kilobyte or two.
fn said(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let rest = head.split("charset=").nth(1)?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_alphanumeric() || "-_".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

/// Text has hardly any control characters and hardly any letters that could not be read.
fn is_text(text: &str) -> bool {
    let seen: Vec<char> = text.chars().take(20_000).collect();
    let odd = seen.iter().filter(|c| (c.is_control() && !c.is_whitespace()) || **c == '\u{fffd}').count();
    odd * 50 <= seen.len() && !text.starts_with("%PDF") && !text.starts_with("{\\rtf")
}
