//! Takes a caption and its credit apart: `Duta Norway. (Foto: PV)` is a caption and the credit `PV`.
//!
//! A rule wins only on a label, an agency or a form that a credit has; a caption without one stays whole, since a
//! credit that was invented is worse than one that is missing. Rules: research on caption habits in nine languages.

mod labels;
mod tail;

use unicode_normalization::UnicodeNormalization;

/// A caption and its credit, apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// NFC, with its final stop.
    pub caption: String,
    /// Without label, brackets or dash; empty when there is none.
    pub credit_line: String,
}

/// Splits what a page printed under a picture. The labels of all languages are understood: on a translated page
/// they stand in any of them.
#[must_use]
pub fn split(raw: &str) -> Split {
    let text = evened(raw);
    tail::RULES
        .iter()
        .find_map(|rule| rule(&text))
        .map(|(caption, credit)| Split { caption: tidy_caption(caption), credit_line: tidy_credit(credit) })
        .filter(|split| !split.credit_line.is_empty())
        .unwrap_or(Split { caption: text, credit_line: String::new() })
}

/// Says whether a credit was left inside a caption.
#[must_use]
pub fn credit_inside(caption: &str) -> bool {
    !split(caption).credit_line.is_empty()
}

/// Says whether `text` is nothing but an agency, or somebody of an agency (`Lena Okafor/EPA`).
#[must_use]
pub fn is_agency(text: &str) -> bool {
    labels::is_agency(text.trim())
}

/// Says whether `text` is nothing but the name of a picture's file, as pages print when alt text is missing.
#[must_use]
pub fn looks_like_file_name(text: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".avif", ".svg", ".jfif",
    ];
    let text = text.trim().to_lowercase();
    let ending = ENDINGS.iter().find(|ending| text.ends_with(*ending));
    ending.is_some_and(|ending| {
        text.len() > ending.len() && text.chars().count() <= 160 && !text.contains(". ")
    })
}

/// NFC, white space evened out (a full-width space is one too).
fn evened(raw: &str) -> String {
    let nfc: String = raw.nfc().collect();
    nfc.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tidy_caption(caption: &str) -> String {
    caption.trim().trim_end_matches(['-', '–', '—', '|', '/', '·']).trim().to_owned()
}

fn tidy_credit(credit: &str) -> String {
    let credit = credit.trim().trim_start_matches([':', '：', '=', '＝', '／', '-', '–', '—']).trim();
    let inner = credit.strip_prefix(['(', '（', '[']).and_then(|rest| rest.strip_suffix([')', '）', ']']));
    let credit = inner.unwrap_or(credit).trim();
    // A final stop ends the line, not the name; an initial (`M.Q.`) keeps its own.
    let ends_with_initial = credit.len() < 6 && credit.matches('.').count() > 1;
    if ends_with_initial {
        credit.to_owned()
    } else {
        credit.trim_end_matches(['.', '。', ',', ';']).trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXTURE: &str = include_str!("../../../../tests/fixtures/credit-lines.tsv");

    #[test]
    fn every_row_of_the_fixture_is_split_as_an_editor_would() {
        let wrong: Vec<String> = FIXTURE
            .lines()
            .skip(1)
            .filter_map(|line| {
                let columns: Vec<&str> = line.split('\t').collect();
                let [raw, _language, caption, credit_line] = columns[..] else {
                    return Some(line.to_owned());
                };
                let want = Split { caption: caption.into(), credit_line: credit_line.into() };
                let got = split(raw);
                (got != want).then(|| format!("{raw}\n   got {got:?}"))
            })
            .collect();

        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn rows_nobody_shaped_the_rules_on() {
        #[rustfmt::skip]
        let table = [
            ("vi", "Lãnh đạo thành phố trao quà. Ảnh: M.QUÂN", "Lãnh đạo thành phố trao quà.", "M.QUÂN"),
            ("vi", "Cầu Long Biên trong sương (Ảnh: NVCC)", "Cầu Long Biên trong sương", "NVCC"),
            ("vi", "Học sinh vùng cao đến trường | Nguồn ảnh: Báo Yên Bái", "Học sinh vùng cao đến trường", "Báo Yên Bái"),
            ("vi", "Đồ họa: Hà My", "", "Hà My"),
            ("vi", "Tàu vũ trụ rời bệ phóng. Ảnh tư liệu: AFP/TTXVN", "Tàu vũ trụ rời bệ phóng.", "AFP/TTXVN"),
            ("vi", "Ông Nam (trái) bắt tay ông Bình (phải).", "Ông Nam (trái) bắt tay ông Bình (phải).", ""),
            ("vi", "Đại hội lần thứ XIII (năm 2021)", "Đại hội lần thứ XIII (năm 2021)", ""),
            ("vi", "Ảnh chụp từ trên cao cho thấy mức độ ngập lụt.", "Ảnh chụp từ trên cao cho thấy mức độ ngập lụt.", ""),
            ("vi", "Chợ hoa ngày Tết. (Ảnh: CTV)", "Chợ hoa ngày Tết.", "CTV"),
            ("en", "Fans celebrate in the streets. Photo credit: Jane Doe / Getty Images", "Fans celebrate in the streets.", "Jane Doe / Getty Images"),
            ("en", "The dam at dusk. (Reuters)", "The dam at dusk.", "Reuters"),
            ("en", "The dam at dusk. Source: Ministry of Water", "The dam at dusk.", "Ministry of Water"),
            ("en", "Minister Tran (left) and Ambassador Lee (right) sign the deal.", "Minister Tran (left) and Ambassador Lee (right) sign the deal.", ""),
            ("en", "The photo shows a flooded street in Hue.", "The photo shows a flooded street in Hue.", ""),
            ("en", "Senator Ann Smith (D) speaks on Friday (3/6/2025)", "Senator Ann Smith (D) speaks on Friday (3/6/2025)", ""),
            ("en", "A farmer checks rice. Photograph: John Roe/The Example", "A farmer checks rice.", "John Roe/The Example"),
            ("ms", "Orang ramai di pasar malam. (Gambar: Bernama)", "Orang ramai di pasar malam.", "Bernama"),
            ("ms", "Gambar menunjukkan keadaan banjir di Kelantan.", "Gambar menunjukkan keadaan banjir di Kelantan.", ""),
            ("ms", "Kereta api baharu di Kuala Lumpur. Foto: PV", "Kereta api baharu di Kuala Lumpur.", "PV"),
            ("id", "Anak-anak bermain layang-layang. (Foto: Dok. Pribadi)", "Anak-anak bermain layang-layang.", "Dok. Pribadi"),
            ("fr", "Le marché de Dalat au petit matin. Photo : VNA", "Le marché de Dalat au petit matin.", "VNA"),
            ("fr", "Un pêcheur sur le lac. (Photo : AFP)", "Un pêcheur sur le lac.", "AFP"),
            ("es", "El puerto al amanecer. Foto: EFE", "El puerto al amanecer.", "EFE"),
            ("es", "Una calle inundada. (Foto: EFE/Juan Pérez)", "Una calle inundada.", "EFE/Juan Pérez"),
            ("de", "Der Hafen am Morgen. Foto: dpa", "Der Hafen am Morgen.", "dpa"),
            ("pt", "A ponte nova. (Foto: Lusa)", "A ponte nova.", "Lusa"),
            ("zh", "工人在车间作业。 图：新华社", "工人在车间作业。", "新华社"),
            ("zh", "河内街头的早晨。（摄影：阮文明）", "河内街头的早晨。", "阮文明"),
            ("ja", "田植えをする人々（写真提供：ベトナム通信社）", "田植えをする人々", "ベトナム通信社"),
            ("ja", "会見する首相＝12日、東京", "会見する首相＝12日、東京", ""),
            ("ko", "행사장을 찾은 시민들. (사진=연합뉴스)", "행사장을 찾은 시민들.", "연합뉴스"),
            ("ko", "다낭의 용다리 [사진제공=다낭시]", "다낭의 용다리", "다낭시"),
            ("", "Hội nghị tại Hà Nội. (Ảnh: PV)", "Hội nghị tại Hà Nội.", "PV"),
            ("", "Duta Besar Sweden (Foto: laman web Hospital)", "Duta Besar Sweden", "laman web Hospital"),
        ];
        let wrong: Vec<String> = table
            .iter()
            .filter_map(|(_language, raw, caption, credit_line)| {
                let got = split(raw);
                (got.caption != *caption || got.credit_line != *credit_line)
                    .then(|| format!("{raw}\n   got {got:?}"))
            })
            .collect();

        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn text_in_pieces_is_put_together_first() {
        let nfd: String = "Đại sứ Thụy Điển.\u{3000} (Ảnh: PV)".nfd().collect();

        assert_eq!(split(&nfd), Split { caption: "Đại sứ Thụy Điển.".into(), credit_line: "PV".into() });
    }

    #[test]
    fn a_split_caption_holds_no_credit_any_more() {
        for line in FIXTURE.lines().skip(1) {
            let raw = line.split('\t').next().expect("a caption");

            let caption = split(raw).caption;

            assert!(!credit_inside(&caption), "{caption}");
        }
    }

    #[test]
    fn file_names_are_known_when_seen() {
        for name in ["vntd1.jpg", "IMG_2034.JPG", "anh-1.webp", "Ảnh chụp 1.png", "DSC01.jpeg"] {
            assert!(looks_like_file_name(name), "{name}");
        }
        for caption in
            ["Đại sứ Johan Ndisi.", "", ".jpg", "He opened report. The name was x.jpg. Then photo.jp"]
        {
            assert!(!looks_like_file_name(caption), "{caption}");
        }
    }
}
