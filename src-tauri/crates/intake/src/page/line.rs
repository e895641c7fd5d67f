//! A page as a reader meets it: one line after the other, with what the markup says of each.

/// What the markup says a line is; text copied from a browser says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hint {
    #[default]
    None,
    Headline,
    /// Level 2 to 6.
    Heading(usize),
    Caption,
    /// Whose picture it is, in an element of its own.
    Credit,
    /// A picture; the line's words are its alt text, possibly none.
    Picture,
    ListItem,
    Quote,
    Table,
    Standfirst,
}

/// Which part of the page a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Region {
    #[default]
    Main,
    Navigation,
    Comments,
    Related,
}

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The words, NFC, white space evened out.
    pub plain: String,
    /// The words as Markdown.
    pub markdown: String,
    pub hint: Hint,
    pub region: Region,
    /// Of a picture: its address. Of another line: the first web address it links to.
    pub address: String,
    /// All its words are emphasised.
    pub is_strong: bool,
}

impl Line {
    /// Makes a line of plain words, as the text of a browser has them.
    pub fn of_text(words: &str) -> Self {
        let plain = evened(words);
        Self { markdown: escaped(&plain), plain, ..Self::default() }
    }

    pub fn length(&self) -> usize {
        self.plain.chars().count()
    }

    /// Says whether the line ends as a sentence does.
    pub fn is_sentence(&self) -> bool {
        let end = self.plain.trim_end_matches(['"', '”', '’', ')', '»', '」', '』']);
        end.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '」', '।', '؟'])
    }
}

/// White space of every kind becomes one space; where an ideographic one stood it stays one.
pub fn evened(words: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(words.len());
    let mut space = None;
    for c in words.nfc().filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\0')) {
        if c.is_whitespace() {
            let wide = c == '\u{3000}' || space == Some('\u{3000}');
            space = Some(if wide { '\u{3000}' } else { ' ' });
        } else {
            out.extend(space.take().filter(|_| !out.is_empty()));
            out.push(c);
        }
    }
    out
}

/// Escapes what Markdown would take for marks, so that the words read the same.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut previous = None;
    for (at, c) in words.char_indices() {
        let next = words[at + c.len_utf8()..].chars().next();
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !(previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '&' => next.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
            '!' => next == Some('['),
            '#' | '>' => at == 0,
            '+' | '-' | '=' => at == 0,
            '.' | ')' => {
                next.is_none_or(|c| c == ' ')
                    && !words[..at].is_empty()
                    && words[..at].chars().all(|c| c.is_ascii_digit())
            }
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        previous = Some(c);
    }
    out
}
