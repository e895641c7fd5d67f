//! What is done at the desk, and how one sees afterwards that it was: every text tells its article and its number.

use std::fmt::Write as _;

/// A line of the list of what was acknowledged. Written once the desk has answered, never before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Text `number` of `article` is saved.
    Saved {
        article: usize,
        number: u32,
    },
    /// Article 0 was submitted, approved, and is on its way to the portal.
    Submitted,
    Approved,
    Published,
    /// A picture is in its place.
    Attached,
    BackedUp {
        name: String,
    },
    /// A backup is being put back: from here on either is right. The one line that is written before the act.
    Restoring,
    Restored,
}

impl Line {
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Saved { article, number } => format!("saved {article} {number}\n"),
            Self::Submitted => "submitted\n".into(),
            Self::Approved => "approved\n".into(),
            Self::Published => "published\n".into(),
            Self::Attached => "attached\n".into(),
            Self::BackedUp { name } => format!("backed_up {name}\n"),
            Self::Restoring => "restoring\n".into(),
            Self::Restored => "restored\n".into(),
        }
    }

    /// # Panics
    /// When nobody writes such a line.
    #[must_use]
    pub fn read(line: &str) -> Self {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["saved", article, number] => Self::Saved {
                article: article.parse().expect("an article"),
                number: number.parse().expect("a number"),
            },
            ["submitted"] => Self::Submitted,
            ["approved"] => Self::Approved,
            ["published"] => Self::Published,
            ["attached"] => Self::Attached,
            ["backed_up", name] => Self::BackedUp { name: name.to_owned() },
            ["restoring"] => Self::Restoring,
            ["restored"] => Self::Restored,
            _ => panic!("nobody writes “{line}”"),
        }
    }
}

/// Text `number` of `article`: from a few bytes to some 30 KB, no two alike.
#[must_use]
pub fn text(article: usize, number: u32) -> String {
    let mut text = format!("Bài {article}, bản {number}\n");
    for sentence in 0..number.wrapping_mul(2_654_435_761) % 600 {
        write!(text, "\nCâu {sentence} của bản {number}: nước lên chậm, chợ vẫn họp.").ok();
    }
    text
}

/// Returns which text of which article it is, if it is one of ours from the first letter to the last.
#[must_use]
pub fn number_of(body: &str) -> Option<(usize, u32)> {
    let (article, number) = body.lines().next()?.strip_prefix("Bài ")?.split_once(", bản ")?;
    let (article, number) = (article.parse().ok()?, number.parse().ok()?);
    (text(article, number) == body).then_some((article, number))
}
