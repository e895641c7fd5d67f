//! The words that announce a credit, and the agencies that need none.

/// Labels that stand before `:` (or `=`, `／`), longest first within a kind so that the longest wins.
pub const LABELS: &[&str] = &[
    // vi
    "ảnh minh họa", "ảnh minh hoạ", "ảnh tư liệu", "ảnh chụp màn hình", "nguồn ảnh", "ảnh nguồn", "nguồn", "ảnh", "đồ họa",
    "đồ hoạ", "clip", "video", "infographic",
    // en
    "photo courtesy of", "photo credits", "photo credit", "image credit", "image courtesy of", "picture credit", "photo by",
    "photograph by", "photographer", "photograph", "photography", "photos by", "photos", "photo", "images", "image", "pictures",
    "picture", "pic", "graphics", "graphic", "illustration", "credits", "credit", "source", "file photo", "handout",
    // ms, id
    "foto ihsan", "gambar ihsan", "foto fail", "gambar fail", "foto hiasan", "gambar hiasan", "sumber foto", "sumber gambar",
    "kredit foto", "kredit gambar", "foto oleh", "gambar oleh", "gambar", "foto", "sumber", "grafik", "grafis", "ilustrasi",
    "kredit", "dok. foto",
    // fr, es, pt, it, de
    "photo d'archives", "photo d’archives", "photos d'archives", "photo d'illustration", "photo d’illustration", "crédit photo",
    "crédits photo", "crédit image", "crédits", "crédit", "photographie", "image d'illustration", "fotografía", "crédito",
    "imagen", "fuente", "fotografia", "fonte", "imagem", "bildquelle", "bild", "quelle", "grafik", "archivfoto", "фото", "источник",
    // zh, ja, ko
    "图片来源", "圖片來源", "图源", "圖源", "来源", "來源", "摄影", "攝影", "图片", "圖片", "图", "圖", "摄", "攝", "供图", "供圖",
    "写真提供", "画像提供", "写真", "撮影", "提供", "画像", "出典", "사진제공", "사진 제공", "사진출처", "자료사진", "사진", "출처",
    "제공", "그래픽",
];

/// Labels that are common words too: they announce a credit only right after a sentence, a bracket or a dash.
pub const AGENCIES: &[&str] = &[
    "AFP", "AP", "Reuters", "EPA", "EFE", "dpa", "DPA", "Getty Images", "Getty", "VNA", "TTXVN", "Bernama", "BERNAMA", "Antara",
    "ANTARA", "ANTARA FOTO", "AP Photo", "Xinhua", "Tân Hoa xã", "THX", "Kyodo", "Jiji", "Yonhap", "VnExpress", "VietnamPlus",
    "VOV", "VTV", "AFP-JIJI", "ANSA", "Lusa", "TASS", "RIA", "Sputnik", "Shutterstock", "iStock", "Unsplash", "Pixabay", "NASA",
    "Anadolu", "Bloomberg", "PTI", "ANI", "SIPA", "Zuma", "Alamy", "REUTERS", "NurPhoto", "新华社", "新華社", "中新社", "共同", "時事",
    "AFP時事", "ロイター", "연합뉴스", "뉴시스", "뉴스1", "PV", "CTV", "TNO",
];

/// Words that begin a bracket or a line's end without any colon.
pub const OPENERS: &[&str] = &[
    "dok. ", "dok ", "handout", "courtesy of ", "courtesy ", "photo courtesy of ", "photo by ", "photos by ", "picture by ",
    "image by ", "photograph by ", "photo via ", "foto oleh ", "gambar oleh ", "foto ihsan ", "gambar ihsan ", "photo ", "foto ",
];

/// Cuts a label and what joins it to the credit off the front of `text`, if one is there.
pub fn strip(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let label = LABELS.iter().filter(|label| lower.starts_with(*label)).max_by_key(|label| label.len())?;
    let rest = after_chars(text, label.chars().count());
    let rest = rest.trim_start();
    rest.strip_prefix([':', '：', '=', '＝', '／']).map(str::trim)
}

/// Returns `text` without its first `count` characters; lower case may differ in bytes, never here in characters.
pub fn after_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or("", |(at, _)| &text[at..])
}

/// Says whether `text` is an agency, or somebody of an agency (`Lena Okafor/EPA`).
pub fn is_agency(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '–', '|']).map(str::trim).collect();
    text.chars().count() <= 80 && parts.iter().any(|part| AGENCIES.contains(part))
}
