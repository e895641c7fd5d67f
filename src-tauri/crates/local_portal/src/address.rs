//! Where on the site things are, as its pages refer to them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is not left as it is in a part of an address.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List<'a> {
    Front,
    Section(&'a str),
    SourcePaper(&'a str),
}

impl List<'_> {
    /// Returns how pages of the list lead to the site's root.
    pub fn up(self) -> &'static str {
        match self {
            Self::Front => "",
            Self::Section(_) | Self::SourcePaper(_) => "../",
        }
    }

    /// Returns the address of one page of the list, from the site's root; an empty language is every language.
    pub fn address(self, language: &str, page: u32) -> String {
        let path = match self {
            Self::Front => String::new(),
            Self::Section(code) => format!("category/{}", part(code)),
            Self::SourcePaper(paper) => format!("paper/{}", part(paper)),
        };
        let language = (!language.is_empty()).then(|| format!("lang={}", part(language)));
        let page = (page > 1).then(|| format!("page={page}"));
        let asked: Vec<String> = [language, page].into_iter().flatten().collect();
        if asked.is_empty() { path } else { format!("{path}?{}", asked.join("&")) }
    }

    /// Returns that address as a page refers to it that is `up` from the root.
    pub fn from(self, up: &str, language: &str, page: u32) -> String {
        let address = format!("{up}{}", self.address(language, page));
        if address.is_empty() || address.starts_with('?') { format!("./{address}") } else { address }
    }
}

fn part(words: &str) -> String {
    utf8_percent_encode(words, PART).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_an_address_whatever_it_is_called() {
        let table = [
            (List::Front, "", 1, ""),
            (List::Front, "vi", 2, "?lang=vi&page=2"),
            (List::Section("kinh-te"), "", 1, "category/kinh-te"),
            (List::Section("a/b?c#d"), "zh-Hans", 3, "category/a%2Fb%3Fc%23d?lang=zh-Hans&page=3"),
            (List::SourcePaper("Báo N"), "", 1, "paper/B%C3%A1o%20N"),
        ];
        for (list, language, page, want) in table {
            assert_eq!(list.address(language, page), want);
        }
        assert_eq!(List::Front.from("", "", 1), "./");
        assert_eq!(List::Front.from("../", "vi", 1), "../?lang=vi");
    }
}
