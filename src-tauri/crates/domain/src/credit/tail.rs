//! The rules, tried in order; each looks at the end of the line, where credits stand.

use super::labels::{OPENERS, after_chars, is_agency, strip};

/// Caption and credit, when a rule is sure.
type Found<'t> = Option<(&'t str, &'t str)>;

/// The rules in order; the first that is sure wins.
pub const RULES: &[for<'t> fn(&'t str) -> Found<'t>] = &[
    bracket,
    whole_line,
    after_break,
    copyright_sign,
    photographed_by,
    japanese_agency,
    provided_by,
    by_line,
    capitals,
    agency_at_end,
];

/// A name is short; longer text after a label is a sentence.
const LONGEST_CREDIT: usize = 120;

fn is_name(text: &str) -> bool {
    let length = text.trim().chars().count();
    (1..=LONGEST_CREDIT).contains(&length)
}

/// `… (Foto: PV)`, `… [Lena Okafor/EPA]`, `…（共同）`, `… (Dok. Humas)`.
fn bracket<'t>(text: &'t str) -> Found<'t> {
    let body = text.trim_end_matches(['.', '。']);
    let close = body.chars().next_back()?;
    let open = match close {
        ')' => '(',
        ']' => '[',
        '）' => '（',
        '】' => '【',
        _ => return None,
    };
    let start = opening(body, open, close)?;
    let inner = &body[start + open.len_utf8()..body.len() - close.len_utf8()];
    let credit =
        strip(inner).filter(|name| is_name(name)).or_else(|| opened(inner)).or_else(|| agency(inner))?;
    Some((&body[..start], credit))
}

/// Returns where the bracket that ends `text` opens, minding brackets inside it.
fn opening(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// `Dok. Humas`, `Handout via X`, `courtesy of the Ministry`, `Photo by X`: the agency's own form stays.
fn opened(inner: &str) -> Option<&str> {
    let lower = inner.to_lowercase();
    let opener =
        OPENERS.iter().filter(|opener| lower.starts_with(*opener)).max_by_key(|opener| opener.len())?;
    let kept = opener.starts_with("dok") || opener.starts_with("handout");
    let credit = if kept { inner } else { after_chars(inner, opener.chars().count()) };
    (is_name(credit) && (kept || starts_a_name(credit) || opener.contains("courtesy"))).then_some(credit)
}

fn agency(inner: &str) -> Option<&str> {
    let first = inner.split(['/', ' ']).next().unwrap_or_default();
    let by_form = inner.contains('/')
        && matches!(first, "AP" | "AFP" | "EPA" | "ANTARA" | "REUTERS" | "Reuters" | "Getty");
    (is_agency(inner) || by_form).then_some(inner)
}

/// `Ảnh: Ngọc Lam`: the line is nothing but a credit.
fn whole_line<'t>(text: &'t str) -> Found<'t> {
    strip(text).filter(|name| is_name(name) && !name.contains(". ")).map(|credit| ("", credit))
}

/// `… Ảnh: Quỳnh Chi`, `… - ẢNH: ĐỘC LẬP`, `… | Ảnh: X`, `… /사진제공=다낭시`, `… - Foto BERNAMA`.
fn after_break<'t>(text: &'t str) -> Found<'t> {
    breaks(text).find_map(|(end, start)| {
        let rest = &text[start..];
        let credit = strip(rest).or_else(|| unlabelled(text, end, rest))?;
        (is_name(credit) && !has_sentence_inside(credit)).then_some((&text[..end], credit))
    })
}

/// After a dash, `Foto X`, `Gambar oleh X` and `Photo by X` need no colon.
fn unlabelled<'t>(text: &str, end: usize, rest: &'t str) -> Option<&'t str> {
    let after_dash = text[end..].trim_start().starts_with(['-', '–', '—', '|']);
    after_dash
        .then(|| opened(rest).or_else(|| rest.strip_prefix("Gambar ").filter(|name| starts_a_name(name))))?
}

/// Returns the places where a caption may end and a credit begin: (end of caption, start of credit), from the left.
fn breaks(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    text.char_indices().filter_map(|(at, c)| {
        let next = at + c.len_utf8();
        let rest = &text[next..];
        let skipped = rest.len() - rest.trim_start().len();
        let spaced = skipped > 0;
        match c {
            '.' | '!' | '?' | '”' | '"' | ')' if spaced => Some((next, next + skipped)),
            '。' | '！' | '？' | '」' => Some((next, next + skipped)),
            '-' | '–' | '—' | '|' | '/' | '·' if spaced || c == '/' => {
                Some((at, next + skipped)).filter(|_| text[..at].ends_with(' '))
            }
            ' ' if cjk_label_follows(rest) => Some((at, next)),
            _ => None,
        }
    })
}

/// In CJK text a label may follow a mere space: `新落成的跨江大桥 图源：…`.
fn cjk_label_follows(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| !c.is_ascii() && c as u32 > 0x2E80) && strip(rest).is_some()
}

fn has_sentence_inside(credit: &str) -> bool {
    credit
        .match_indices(". ")
        .any(|(at, _)| credit[..at].split(' ').next_back().is_some_and(|word| word.chars().count() > 4))
}

/// `… © AFP`, `… ⓒ 뉴시스`, `… (c) Name`.
fn copyright_sign<'t>(text: &'t str) -> Found<'t> {
    let at = text.rfind(['©', 'ⓒ'])?;
    let sign = text[at..].chars().next()?.len_utf8();
    let credit = &text[at + sign..];
    is_name(credit).then_some((&text[..at], credit))
}

/// `…新华社记者 林晓舟 摄`.
fn photographed_by<'t>(text: &'t str) -> Found<'t> {
    let body = text.trim_end_matches(['。', '.']);
    let credit = body.strip_suffix(['摄', '攝'])?.trim_end();
    let start = credit
        .rfind(['。', '！', '）', '”'])
        .map_or_else(|| credit.find(' '), |at| Some(at + '。'.len_utf8()))?;
    let name = credit[start..].trim();
    is_name(name).then_some((&credit[..start], name))
}

/// `…＝共同`: an agency at the very end, never a date or a place.
fn japanese_agency<'t>(text: &'t str) -> Found<'t> {
    let at = text.rfind(['＝', '='])?;
    let credit = text[at..].trim_start_matches(['＝', '=']);
    is_agency(credit).then_some((&text[..at], credit))
}

/// `… 로이터 제공`.
fn provided_by<'t>(text: &'t str) -> Found<'t> {
    let body = text.strip_suffix(" 제공")?;
    let at = body.rfind(['.', '/'])? + 1;
    let credit = body[at..].trim();
    is_name(credit).then_some((&body[..at], credit))
}

/// `… Photo by Dana Whitlock/Reuters`, `… Handout via REUTERS`, after a sentence.
fn by_line<'t>(text: &'t str) -> Found<'t> {
    let mut found = None;
    for (end, start) in breaks(text) {
        let rest = &text[start..];
        let lower = rest.to_lowercase();
        let opens = [
            "photo by ",
            "photos by ",
            "picture by ",
            "image by ",
            "photo courtesy of ",
            "handout via ",
            "handout/",
            "handout photo",
            "courtesy of ",
            "photo via ",
            "gambar oleh ",
            "foto oleh ",
            "gambar ihsan ",
            "foto ihsan ",
        ];
        if opens.iter().any(|opener| lower.starts_with(opener)) {
            found = opened(rest)
                .filter(|credit| !has_sentence_inside(credit))
                .map(|credit| (&text[..end], credit));
        }
    }
    found
}

/// `… PHOTO JULES ARVIN, REUTERS`: capitals after a sentence, the French-Canadian manner.
fn capitals<'t>(text: &'t str) -> Found<'t> {
    breaks(text).find_map(|(end, start)| {
        let credit = text[start..].strip_prefix("PHOTO ")?;
        let shouted = credit.chars().all(|c| !c.is_lowercase()) && credit.chars().any(char::is_uppercase);
        (shouted && is_name(credit)).then_some((&text[..end], credit))
    })
}

/// `… ANTARA FOTO/Rizky Ananta/tom`, `… Reuters`: an agency alone after a sentence.
fn agency_at_end<'t>(text: &'t str) -> Found<'t> {
    let (end, start) = breaks(text).last()?;
    let credit = text[start..].trim_end_matches('.');
    is_agency(credit).then_some((&text[..end], credit))
}

fn starts_a_name(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || (!c.is_ascii() && c.is_alphabetic() && !c.is_lowercase()))
}
