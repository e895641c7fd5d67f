//! The body of a preview, told as a change. The window counts in code units of UTF-16, Rust in bytes of UTF-8.

use crate::window::BodyChange;

/// So many bytes are counted at once: their letters are walked only where a place lies among them.
const STRIDE: usize = 4096;

/// Returns the body that `change` makes of `before`, or `None` where it cannot be a change of it.
pub(super) fn changed(before: &str, change: &BodyChange) -> Option<String> {
    let from = byte_at(before, to_usize(change.from)?)?;
    let rest = &before[from..];
    let rest = &rest[byte_at(rest, to_usize(change.remove)?)?..];
    let body = [&before[..from], &change.insert, rest].concat();
    (code_units(body.as_bytes()) == to_usize(change.length)?).then_some(body)
}

fn to_usize(number: u32) -> Option<usize> {
    usize::try_from(number).ok()
}

/// Returns the byte at which so many code units of UTF-16 end, or `None` where they end within a letter or beyond the text.
fn byte_at(text: &str, units: usize) -> Option<usize> {
    let (mut byte, mut left) = (0, units);
    for stride in text.as_bytes().chunks(STRIDE) {
        let counted = code_units(stride);
        if counted > left {
            break;
        }
        left -= counted;
        byte += stride.len();
    }
    // A letter may have begun before this stride, which has counted it.
    byte = (byte..=text.len()).find(|byte| text.is_char_boundary(*byte))?;
    for letter in text[byte..].chars() {
        if left == 0 {
            return Some(byte);
        }
        left = left.checked_sub(letter.len_utf16())?;
        byte += letter.len_utf8();
    }
    (left == 0).then_some(byte)
}

/// Counts by the first byte of each letter: four bytes are a pair of code units, fewer are one.
fn code_units(text: &[u8]) -> usize {
    text.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: usize, remove: usize, insert: &str, length: usize) -> BodyChange {
        let number = |number| u32::try_from(number).expect("a short text");
        BodyChange {
            from: number(from),
            remove: number(remove),
            insert: insert.into(),
            length: number(length),
        }
    }

    #[test]
    fn every_place_of_a_text_is_found_and_no_place_within_a_letter() {
        let text = "Đạ𝄞i sứ nói: “Hôm nay…” 👩‍🌾\n".repeat(400); // longer than a stride, cut by it within letters
        let places: Vec<(usize, usize)> = text
            .char_indices()
            .scan(0, |units, (byte, letter)| {
                let here = (*units, byte);
                *units += letter.len_utf16();
                Some(here)
            })
            .collect();

        for (units, byte) in &places {
            assert_eq!(byte_at(&text, *units), Some(*byte));
        }
        let length = text.encode_utf16().count();
        assert_eq!((code_units(text.as_bytes()), byte_at(&text, length)), (length, Some(text.len())));
        assert_eq!(byte_at(&text, length + 1), None);
        assert_eq!(byte_at("a𝄞", 2), None, "within a pair");
    }

    #[test]
    fn a_change_makes_the_body_the_window_has() {
        let before = "Một 👩‍🌾 hai ba.";
        let units = before.encode_utf16().count();

        assert_eq!(changed(before, &change(4, 5, "năm", units - 2)).as_deref(), Some("Một năm hai ba."));
        assert_eq!(changed(before, &change(units, 0, "!", units + 1)).as_deref(), Some("Một 👩‍🌾 hai ba.!"));
        assert_eq!(changed("", &change(0, 0, "a", 1)).as_deref(), Some("a"));
    }

    #[test]
    fn a_change_of_another_body_is_none() {
        for foreign in [change(0, 0, "a", 9), change(4, 0, "a", 4), change(1, 7, "", 0), change(2, 0, "a", 4)]
        {
            assert_eq!(changed("a𝄞", &foreign), None, "{foreign:?}");
        }
    }
}
