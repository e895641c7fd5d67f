//! The words portals use for their own furniture, in the portal's languages.

/// `Source:` in many languages, lower case.
pub const SOURCE_LABELS: &[&str] = &[
    "nguồn",
    "nguồn tin",
    "theo",
    "link gốc",
    "link bài gốc",
    "nguồn bài viết",
    "source",
    "original source",
    "source link",
    "sumber",
    "sumber asal",
    "sumber berita",
    "fuente",
    "fonte",
    "quelle",
    "bron",
    "источник",
    "出典",
    "来源",
    "來源",
    "原文",
    "原文链接",
    "출처",
    "원문",
    "ที่มา",
    "المصدر",
    "स्रोत",
    "แหล่งที่มา",
    "ソース",
    "情報源",
    "ແຫຼ່ງຂໍ້ມູນ",
    "ប្រភព",
    "źródło",
    "zdroj",
    "kaynak",
    "pinagmulan",
];

/// What begins the readers' comments, lower case.
pub const COMMENTS: &[&str] = &[
    "bình luận",
    "ý kiến",
    "comment",
    "komen",
    "komentar",
    "commentaire",
    "comentario",
    "comentário",
    "kommentar",
    "commenti",
    "комментари",
    "评论",
    "評論",
    "コメント",
    "댓글",
    "ความคิดเห็น",
    "التعليقات",
    "để lại bình luận",
    "leave a comment",
    "sila tinggalkan",
];

/// What begins lists of other articles, lower case.
pub const RELATED: &[&str] = &[
    "cùng chuyên mục",
    "cùng tác giả",
    "tin liên quan",
    "bài liên quan",
    "tin cùng chuyên mục",
    "xem thêm",
    "đọc thêm",
    "có thể bạn quan tâm",
    "tin mới",
    "đọc nhiều",
    "in the same category",
    "same category",
    "by the same author",
    "same author",
    "related",
    "read more",
    "read also",
    "see also",
    "most read",
    "latest news",
    "you may also like",
    "more from",
    "dalam kategori yang sama",
    "daripada pengarang yang sama",
    "berita berkaitan",
    "baca juga",
    "berita terkait",
    "artikel terkait",
    "dalam kategori",
    "dans la même catégorie",
    "du même auteur",
    "sur le même sujet",
    "à lire aussi",
    "lire aussi",
    "articles liés",
    "en la misma categoría",
    "del mismo autor",
    "relacionad",
    "noticias relacionadas",
    "mehr zum thema",
    "in derselben kategorie",
    "in der gleichen kategorie",
    "в той же категории",
    "по теме",
    "同类",
    "同類",
    "相关",
    "相關",
    "同カテゴリ",
    "同じカテゴリ",
    "関連",
    "같은 카테고리",
    "관련",
    "ในหมวดหมู่เดียวกัน",
    "في نفس الفئة",
    "heritage figure business",
    "warisan",
];

/// Buttons and other furniture, whole lines, lower case.
pub const FURNITURE: &[&str] = &[
    "chia sẻ",
    "lưu",
    "in bài",
    "theo dõi",
    "trang chủ",
    "nghe bài viết",
    "share",
    "save",
    "print",
    "home",
    "follow",
    "listen",
    "subscribe",
    "menu",
    "search",
    "tìm kiếm",
    "đăng nhập",
    "login",
    "log in",
    "sign in",
    "kongsi",
    "simpan",
    "laman utama",
    "bagikan",
    "beranda",
    "partager",
    "accueil",
    "imprimer",
    "compartir",
    "inicio",
    "teilen",
    "分享",
    "首页",
    "シェア",
    "ホーム",
    "공유",
    "facebook",
    "twitter",
    "zalo",
    "x",
    "tiktok",
    "copy link",
    "sao chép liên kết",
    "quảng cáo",
    "advertisement",
    "iklan",
    "publicité",
    "cỡ chữ",
    "google news",
    "vietnam.vn",
    "tags",
    "từ khóa",
    "copy url",
];

/// Returns what follows a label and its colon, when the line begins with one of `labels`.
pub fn after_label<'l>(line: &'l str, labels: &[&str]) -> Option<&'l str> {
    let lower = line.to_lowercase();
    labels.iter().filter(|label| lower.starts_with(*label)).max_by_key(|label| label.len()).and_then(
        |label| {
            let at = line.char_indices().nth(label.chars().count()).map_or(line.len(), |(at, _)| at);
            let rest = line[at..].trim_start();
            rest.strip_prefix([':', '：', '៖']).map(str::trim)
        },
    )
}

/// Says whether a short line begins with one of `words`.
pub fn begins(line: &str, words: &[&str]) -> bool {
    line.chars().count() <= 90 && {
        let lower = line.to_lowercase();
        words.iter().any(|word| lower.starts_with(word))
    }
}

/// Says whether the whole line is a button or the like.
pub fn is_furniture(line: &str) -> bool {
    FURNITURE.contains(&line.trim_matches([' ', ':', '|', '›', '»', '+']).to_lowercase().as_str())
}
