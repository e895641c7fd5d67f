//! What readers call a section of the site: the desk knows it by a code.

use super::{labels::primary, name};

/// Codes as desks write them, the section's name in Vietnamese and in English.
const KNOWN: &[(&[&str], &str, &str)] = &[
    (&["thoi-su", "tin-tuc", "news", "current-affairs"], "Thời sự", "News"),
    (&["chinh-tri", "politics"], "Chính trị", "Politics"),
    (&["kinh-te", "economy"], "Kinh tế", "Economy"),
    (&["kinh-doanh", "business"], "Kinh doanh", "Business"),
    (&["xa-hoi", "society"], "Xã hội", "Society"),
    (&["the-gioi", "quoc-te", "world", "international"], "Thế giới", "World"),
    (&["van-hoa", "culture"], "Văn hoá", "Culture"),
    (&["giao-duc", "education"], "Giáo dục", "Education"),
    (&["suc-khoe", "y-te", "health"], "Sức khoẻ", "Health"),
    (&["the-thao", "sport", "sports"], "Thể thao", "Sport"),
    (&["khoa-hoc", "science"], "Khoa học", "Science"),
    (&["cong-nghe", "technology"], "Công nghệ", "Technology"),
    (&["khoa-hoc-cong-nghe"], "Khoa học và công nghệ", "Science and technology"),
    (&["moi-truong", "environment"], "Môi trường", "Environment"),
    (&["du-lich", "travel"], "Du lịch", "Travel"),
    (&["phap-luat", "law"], "Pháp luật", "Law"),
    (&["giai-tri", "entertainment"], "Giải trí", "Entertainment"),
    (&["doi-song", "life"], "Đời sống", "Life"),
    (&["nong-nghiep", "agriculture"], "Nông nghiệp", "Agriculture"),
    (&["y-kien", "binh-luan", "opinion"], "Bình luận", "Opinion"),
];

/// Returns the section's name for readers of `language`: a usual code's name in Vietnamese or English, any other code
/// as the desk wrote it, with a capital and spaces.
#[must_use]
pub fn name(language: &str, code: &str) -> String {
    let plain = name::plain(code);
    let known = KNOWN.iter().find(|(codes, ..)| codes.contains(&plain.as_str()));
    known.map_or_else(
        || spoken(code),
        |(_, vietnamese, english)| {
            if primary(language) == "vi" { (*vietnamese).into() } else { (*english).into() }
        },
    )
}

fn spoken(code: &str) -> String {
    let words = code.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_called_as_its_readers_call_it() {
        let table = [
            ("vi", "kinh-te", "Kinh tế"),
            ("vi", "Kinh tế", "Kinh tế"),
            ("en", "kinh-te", "Economy"),
            ("ms", "kinh-te", "Economy"),
            ("ms", "peristiwa-semasa", "Peristiwa semasa"),
            ("vi", "đời_thường", "Đời thường"),
            ("vi", "", ""),
        ];
        for (language, code, want) in table {
            assert_eq!(name(language, code), want, "{language} {code}");
        }
    }
}
