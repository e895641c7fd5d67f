//! The few words a page adds to an article, in the article's language; English where we have none.

use crate::markdown::embed::Kind;

/// The page's own words in one language.
pub struct Labels {
    pub source: &'static str,
    pub photo: &'static str,
    pub correction: &'static str,
    pub video: &'static str,
    pub audio: &'static str,
    pub post: &'static str,
    pub table: &'static str,
    /// In the preview only.
    pub wanted: &'static str,
    pub not_taken_in: &'static str,
    pub as_typed: &'static str,
    pub too_large: &'static str,
    pub ends_here: &'static str,
}

impl Labels {
    /// Returns what an embed is.
    #[must_use]
    pub fn embed(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Video => self.video,
            Kind::Audio => self.audio,
            Kind::Post => self.post,
        }
    }
}

const ENGLISH: Labels = Labels {
    source: "Source:",
    photo: "Photo:",
    correction: "Correction",
    video: "Video",
    audio: "Audio",
    post: "Post",
    table: "Table",
    wanted: "Picture wanted",
    not_taken_in: "Picture not taken in yet:",
    as_typed: "This text has more marks nested in each other than can be read. It is shown as it was typed, here and on the page: take marks out.",
    too_large: "This part is too large to be shown here. On the page it stands whole. It begins:",
    ends_here: "The text is longer than is shown here. On the page it stands whole.",
};

const VIETNAMESE: Labels = Labels {
    source: "Nguồn:",
    photo: "Ảnh:",
    correction: "Đính chính",
    video: "Video",
    audio: "Âm thanh",
    post: "Bài đăng",
    table: "Bảng",
    wanted: "Cần ảnh",
    not_taken_in: "Ảnh chưa được lấy về:",
    as_typed: "Bài có quá nhiều dấu định dạng lồng nhau nên không đọc được. Ở đây và trên trang, bài hiện nguyên như đã gõ: hãy bớt dấu.",
    too_large: "Đoạn này quá lớn nên không hiện ở đây. Trên trang vẫn có đủ. Đoạn bắt đầu bằng:",
    ends_here: "Bài dài hơn phần hiện ở đây. Trên trang vẫn có đủ.",
};

/// Returns the page's words in `language` (BCP 47).
#[must_use]
pub fn of(language: &str) -> Labels {
    let words = |source, photo, correction| Labels { source, photo, correction, ..ENGLISH };
    let parts = |labels, (video, audio, post, table)| Labels { video, audio, post, table, ..labels };
    match primary(language) {
        "vi" => VIETNAMESE,
        "ms" => parts(words("Sumber:", "Foto:", "Pembetulan"), ("Video", "Audio", "Hantaran", "Jadual")),
        "id" => parts(words("Sumber:", "Foto:", "Ralat"), ("Video", "Audio", "Unggahan", "Tabel")),
        "fr" => {
            parts(words("Source :", "Photo :", "Rectificatif"), ("Vidéo", "Audio", "Publication", "Tableau"))
        }
        "es" => parts(words("Fuente:", "Foto:", "Corrección"), ("Vídeo", "Audio", "Publicación", "Tabla")),
        "pt" => parts(words("Fonte:", "Foto:", "Correção"), ("Vídeo", "Áudio", "Publicação", "Tabela")),
        "de" => parts(words("Quelle:", "Foto:", "Korrektur"), ("Video", "Audio", "Beitrag", "Tabelle")),
        "it" => parts(words("Fonte:", "Foto:", "Rettifica"), ("Video", "Audio", "Post", "Tabella")),
        "ru" => {
            parts(words("Источник:", "Фото:", "Исправление"), ("Видео", "Аудио", "Публикация", "Таблица"))
        }
        "zh" => parts(words("来源：", "图：", "更正"), ("视频", "音频", "帖子", "表格")),
        "ja" => parts(words("出典：", "写真：", "訂正"), ("動画", "音声", "投稿", "表")),
        "ko" => parts(words("출처:", "사진:", "정정"), ("동영상", "오디오", "게시물", "표")),
        "th" => parts(words("ที่มา:", "ภาพ:", "แก้ไข"), ("วิดีโอ", "เสียง", "โพสต์", "ตาราง")),
        "lo" => parts(words("ແຫຼ່ງ:", "ພາບ:", "ແກ້ໄຂ"), ("ວິດີໂອ", "ສຽງ", "ໂພສ", "ຕາຕະລາງ")),
        "km" => parts(words("ប្រភព៖", "រូបថត៖", "កែតម្រូវ"), ("វីដេអូ", "សំឡេង", "ការបង្ហោះ", "តារាង")),
        "ar" => parts(words("المصدر:", "الصورة:", "تصويب"), ("فيديو", "صوت", "منشور", "جدول")),
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
