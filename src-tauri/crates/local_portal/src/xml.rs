//! Words in XML.

/// Returns the words for an element or a quoted attribute. What XML has no sign for is left out.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Returns an element with words in it; nothing where there are none.
pub fn element(name: &str, words: &str) -> String {
    let words = escaped(words.trim());
    if words.is_empty() { String::new() } else { format!("<{name}>{words}</{name}>\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_ends_an_element_or_is_no_xml() {
        assert_eq!(escaped("a]]>\u{0}\u{b}\u{ffff}<b c=\"d\">&\n"), "a]]&gt;&lt;b c=&quot;d&quot;&gt;&amp; ");
        assert_eq!((element("t", " \u{1} "), element("t", "x")), (String::new(), "<t>x</t>\n".into()));
    }
}
