//! The language of a page, by its letters and words.

/// Words that Malay has and Indonesian has not, and the other way round.
const MALAY: &[&str] = &[
    "dengan",
    "kerana",
    "ialah",
    "boleh",
    "disember",
    "ogos",
    "mac",
    "julai",
    "kementerian",
    "encik",
    "cik",
    "puan",
    "datuk",
    "bahawa",
    "kerjasama",
    "menerusi",
    "beliau",
    "persidangan",
    "penjagaan",
    "kesihatan",
    "pelbagai",
    "ekonomi",
    "wang",
    "sila",
    "komen",
    "berkata",
    "bandar",
    "syarikat",
    "peringkat",
    "kini",
    "universiti",
    "hospital",
];
const INDONESIAN: &[&str] = &[
    "karena",
    "adalah",
    "bisa",
    "desember",
    "agustus",
    "maret",
    "juli",
    "kementrian",
    "bapak",
    "ibu",
    "bahwa",
    "kerja",
    "melalui",
    "rumah",
    "kesehatan",
    "berbagai",
    "uang",
    "silakan",
    "komentar",
    "kota",
    "perusahaan",
    "tingkat",
    "saat",
    "universitas",
    "provinsi",
    "menurut",
    "sejumlah",
    "hingga",
    "mengatakan",
    "ujar",
];

/// Returns the BCP 47 code of the language the text is written in; `vi` is the house's language when nothing tells.
pub fn detect(text: &str) -> String {
    let code = whatlang::detect(text).map_or("vi", |info| code(info.lang()));
    if matches!(code, "id" | "ms" | "tl" | "jv") {
        malay_or_indonesian(text).to_owned()
    } else {
        code.to_owned()
    }
}

/// Returns a page's own declaration as BCP 47, where it is one.
pub fn declared(lang: &str) -> Option<String> {
    let lang = lang.trim().replace('_', "-");
    let primary = lang.split('-').next().unwrap_or_default();
    let is_code = (2..=3).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic());
    is_code.then(|| if keeps_script(&lang) { lang.clone() } else { primary.to_ascii_lowercase() })
}

/// Chinese needs its script; a country says nothing about the language of an edition.
fn keeps_script(lang: &str) -> bool {
    let lower = lang.to_ascii_lowercase();
    lower.contains("hans") || lower.contains("hant")
}

fn malay_or_indonesian(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    if count(MALAY) >= count(INDONESIAN) { "ms" } else { "id" }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatlang's list: the others are no language of the portal"
)]
fn code(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match lang {
        Lang::Vie => "vi",
        Lang::Eng => "en",
        Lang::Ind => "id",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Deu => "de",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Fin => "fi",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Tha => "th",
        Lang::Khm => "km",
        Lang::Mya => "my",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Tgl => "tl",
        Lang::Jav => "jv",
        _ => "vi",
    }
}
