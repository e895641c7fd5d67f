//! The few words a page adds to an article, in the article's language; English where we have none.

/// The page's own words in one language.
pub struct Labels {
    pub source: &'static str,
    pub photo: &'static str,
    pub correction: &'static str,
    /// In the preview only.
    pub wanted: &'static str,
    pub not_taken_in: &'static str,
}

const ENGLISH: Labels = Labels {
    source: "Source:",
    photo: "Photo:",
    correction: "Correction",
    wanted: "Picture wanted",
    not_taken_in: "Picture not taken in yet:",
};

const VIETNAMESE: Labels = Labels {
    source: "Nguồn:",
    photo: "Ảnh:",
    correction: "Đính chính",
    wanted: "Cần ảnh",
    not_taken_in: "Ảnh chưa được lấy về:",
};

/// Returns the page's words in `language` (BCP 47).
#[must_use]
pub fn of(language: &str) -> Labels {
    let words = |source, photo, correction| Labels { source, photo, correction, ..ENGLISH };
    match primary(language) {
        "vi" => VIETNAMESE,
        "ms" => words("Sumber:", "Foto:", "Pembetulan"),
        "id" => words("Sumber:", "Foto:", "Ralat"),
        "fr" => words("Source :", "Photo :", "Rectificatif"),
        "es" => words("Fuente:", "Foto:", "Corrección"),
        "pt" => words("Fonte:", "Foto:", "Correção"),
        "de" => words("Quelle:", "Foto:", "Korrektur"),
        "it" => words("Fonte:", "Foto:", "Rettifica"),
        "ru" => words("Источник:", "Фото:", "Исправление"),
        "zh" => words("来源：", "图：", "更正"),
        "ja" => words("出典：", "写真：", "訂正"),
        "ko" => words("출처:", "사진:", "정정"),
        "th" => words("ที่มา:", "ภาพ:", "แก้ไข"),
        "lo" => words("ແຫຼ່ງ:", "ພາບ:", "ແກ້ໄຂ"),
        "km" => words("ប្រភព៖", "រូបថត៖", "កែតម្រូវ"),
        "ar" => words("المصدر:", "الصورة:", "تصويب"),
        _ => ENGLISH,
    }
}

/// Returns `rtl` for languages written from right to left, else `ltr`.
#[must_use]
pub fn direction(language: &str) -> &'static str {
    if matches!(primary(language), "ar" | "he" | "fa" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ckb") {
        "rtl"
    } else {
        "ltr"
    }
}

/// Returns a day (`YYYY-MM-DD`) as the language's papers print it; anything else as it is.
#[must_use]
pub fn date(language: &str, day: &str) -> String {
    let mut parts = day.splitn(3, '-');
    let (Some(y), Some(m), Some(d)) = (parts.next(), parts.next(), parts.next()) else {
        return day.to_owned();
    };
    match primary(language) {
        "zh" | "ja" => format!("{y}年{}月{}日", m.trim_start_matches('0'), d.trim_start_matches('0')),
        "ko" => format!("{y}.{m}.{d}"),
        "de" | "ru" => format!("{d}.{m}.{y}"),
        _ => format!("{d}/{m}/{y}"),
    }
}

fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}
