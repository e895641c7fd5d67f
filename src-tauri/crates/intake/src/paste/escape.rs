//! What Markdown would take for marks, written so that the words read the same; and no more than that.

use super::style::Script;

/// What stands beside a letter.
pub struct Beside {
    pub before: Option<char>,
    pub after: Option<char>,
    /// Only a number stands before it on its line.
    pub number: bool,
    pub in_link: bool,
    pub in_cell: bool,
}

/// Says whether a letter would be taken for a mark.
pub fn is_mark(c: char, beside: &Beside) -> bool {
    let Beside { before, after, .. } = *beside;
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' => true,
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
        '*' => !(space(before) && space(after)) || before.is_none(),
        '_' => !(word(before) && word(after) || space(before) && space(after)),
        '~' => !space(before) || after == Some('~'),
        '[' => beside.in_link || matches!(after, Some('^' | '!')) || before == Some('!'),
        ']' => beside.in_link || matches!(after, None | Some('(' | ':' | '[')),
        '!' => after == Some('['),
        '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => word(after) || after == Some('#'),
        '|' => beside.in_cell,
        '.' | ')' => beside.number && space(after),
        _ => false,
    }
}

/// Says whether a line of these words would be a heading, a list, a quotation, a rule or a table's.
pub fn begins_a_block(line: &str) -> bool {
    let (first, rest) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    match first {
        "#" => {
            let rest = rest.trim_start_matches('#');
            line.len() - rest.len() <= 6 && ends(rest)
        }
        ">" | "|" => true,
        "-" | "+" | ":" | "=" => {
            (first != "=" && first != ":" && ends(rest))
                || line.chars().all(|c| "-=|: ".contains(c))
                || line.starts_with(":::")
        }
        _ => false,
    }
}

/// Writes code so that no backquote in it ends it.
pub fn code(words: &str, in_cell: bool) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let words = if in_cell { words.replace('|', "\\|") } else { words.to_owned() };
    let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{words}{pad}{fence}")
}

/// Says whether an address stands between `<` and `>` as it is.
pub fn is_quiet(address: &str) -> bool {
    !address.contains(|c: char| c.is_whitespace() || "<>\\`".contains(c))
}

/// Returns raised or lowered signs as the letters that Unicode has for them: m², H₂O. Words stay as they are.
pub fn scripted(words: &str, script: Script) -> Option<String> {
    const PLAIN: &str = "0123456789+-=()n";
    let signs = match script {
        Script::None => return None,
        Script::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ",
        Script::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ",
    };
    words.chars().map(|c| PLAIN.find(c).and_then(|at| signs.chars().nth(at))).collect()
}
