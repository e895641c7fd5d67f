//! The words of everything around an article, in the reader's language; English where we have none.

use super::labels::primary;

/// What the site itself says in one language. `{}` stands for a number, a section or a paper.
#[derive(Debug, Clone, Copy)]
pub struct SiteWords {
    pub skip: &'static str,
    pub front: &'static str,
    pub published: &'static str,
    pub updated: &'static str,
    pub corrections: &'static str,
    pub other_editions: &'static str,
    pub languages: &'static str,
    pub all_languages: &'static str,
    pub sections: &'static str,
    pub more_in: &'static str,
    pub more_from: &'static str,
    pub pages: &'static str,
    pub newer: &'static str,
    pub older: &'static str,
    /// Of two numbers: which page, of how many.
    pub page_of: &'static str,
    pub feed: &'static str,
    pub nothing_yet: &'static str,
    pub missing: &'static str,
    pub removed: &'static str,
}

const ENGLISH: SiteWords = SiteWords {
    skip: "Skip to the text",
    front: "Front page",
    published: "Published",
    updated: "Updated",
    corrections: "Corrections",
    other_editions: "This article in other languages",
    languages: "Languages",
    all_languages: "All languages",
    sections: "Sections",
    more_in: "More in {}",
    more_from: "More from {}",
    pages: "Pages",
    newer: "Newer",
    older: "Older",
    page_of: "Page {} of {}",
    feed: "Feed",
    nothing_yet: "Nothing is live yet.",
    missing: "There is no such page.",
    removed: "This article was removed.",
};

const VIETNAMESE: SiteWords = SiteWords {
    skip: "Đến phần nội dung",
    front: "Trang nhất",
    published: "Đăng",
    updated: "Cập nhật",
    corrections: "Đính chính",
    other_editions: "Bài này bằng ngôn ngữ khác",
    languages: "Ngôn ngữ",
    all_languages: "Mọi ngôn ngữ",
    sections: "Chuyên mục",
    more_in: "Cùng chuyên mục {}",
    more_from: "Cùng nguồn {}",
    pages: "Các trang",
    newer: "Mới hơn",
    older: "Cũ hơn",
    page_of: "Trang {} / {}",
    feed: "Tin nguồn (Atom)",
    nothing_yet: "Chưa có bài nào.",
    missing: "Không có trang này.",
    removed: "Bài này đã được gỡ.",
};

/// Returns the site's words in `language` (BCP 47).
#[must_use]
pub fn of(language: &str) -> SiteWords {
    match primary(language) {
        "vi" => VIETNAMESE,
        "ms" => SiteWords {
            skip: "Langkau ke teks",
            front: "Muka depan",
            published: "Diterbitkan",
            updated: "Dikemas kini",
            corrections: "Pembetulan",
            other_editions: "Artikel ini dalam bahasa lain",
            languages: "Bahasa",
            all_languages: "Semua bahasa",
            sections: "Ruangan",
            more_in: "Lagi dalam {}",
            more_from: "Lagi daripada {}",
            pages: "Halaman",
            newer: "Lebih baharu",
            older: "Lebih lama",
            page_of: "Halaman {} daripada {}",
            feed: "Suapan",
            nothing_yet: "Belum ada artikel.",
            missing: "Halaman ini tidak wujud.",
            removed: "Artikel ini telah dialih keluar.",
        },
        "id" => SiteWords {
            skip: "Langsung ke teks",
            front: "Halaman depan",
            published: "Terbit",
            updated: "Diperbarui",
            corrections: "Ralat",
            other_editions: "Artikel ini dalam bahasa lain",
            languages: "Bahasa",
            all_languages: "Semua bahasa",
            sections: "Rubrik",
            more_in: "Lainnya di {}",
            more_from: "Lainnya dari {}",
            pages: "Halaman",
            newer: "Lebih baru",
            older: "Lebih lama",
            page_of: "Halaman {} dari {}",
            feed: "Umpan",
            nothing_yet: "Belum ada artikel.",
            missing: "Halaman ini tidak ada.",
            removed: "Artikel ini telah dihapus.",
        },
        "fr" => SiteWords {
            skip: "Aller au texte",
            front: "Une",
            published: "Publié le",
            updated: "Mis à jour le",
            corrections: "Rectificatifs",
            other_editions: "Cet article dans d’autres langues",
            languages: "Langues",
            all_languages: "Toutes les langues",
            sections: "Rubriques",
            more_in: "Dans la même rubrique : {}",
            more_from: "De la même source : {}",
            pages: "Pages",
            newer: "Plus récent",
            older: "Plus ancien",
            page_of: "Page {} sur {}",
            feed: "Fil",
            nothing_yet: "Aucun article pour l’instant.",
            missing: "Cette page n’existe pas.",
            removed: "Cet article a été retiré.",
        },
        "es" => SiteWords {
            skip: "Ir al texto",
            front: "Portada",
            published: "Publicado",
            updated: "Actualizado",
            corrections: "Correcciones",
            other_editions: "Este artículo en otros idiomas",
            languages: "Idiomas",
            all_languages: "Todos los idiomas",
            sections: "Secciones",
            more_in: "Más en {}",
            more_from: "Más de {}",
            pages: "Páginas",
            newer: "Más recientes",
            older: "Anteriores",
            page_of: "Página {} de {}",
            feed: "Canal de noticias",
            nothing_yet: "Todavía no hay artículos.",
            missing: "Esta página no existe.",
            removed: "Este artículo fue retirado.",
        },
        "pt" => SiteWords {
            skip: "Ir para o texto",
            front: "Primeira página",
            published: "Publicado em",
            updated: "Atualizado em",
            corrections: "Correções",
            other_editions: "Este artigo em outros idiomas",
            languages: "Idiomas",
            all_languages: "Todos os idiomas",
            sections: "Seções",
            more_in: "Mais em {}",
            more_from: "Mais de {}",
            pages: "Páginas",
            newer: "Mais recentes",
            older: "Mais antigas",
            page_of: "Página {} de {}",
            feed: "Feed",
            nothing_yet: "Ainda não há artigos.",
            missing: "Esta página não existe.",
            removed: "Este artigo foi retirado.",
        },
        "de" => SiteWords {
            skip: "Zum Text",
            front: "Titelseite",
            published: "Veröffentlicht",
            updated: "Aktualisiert",
            corrections: "Korrekturen",
            other_editions: "Dieser Artikel in anderen Sprachen",
            languages: "Sprachen",
            all_languages: "Alle Sprachen",
            sections: "Ressorts",
            more_in: "Mehr aus {}",
            more_from: "Mehr von {}",
            pages: "Seiten",
            newer: "Neuere",
            older: "Ältere",
            page_of: "Seite {} von {}",
            feed: "Feed",
            nothing_yet: "Noch keine Artikel.",
            missing: "Diese Seite gibt es nicht.",
            removed: "Dieser Artikel wurde entfernt.",
        },
        "it" => SiteWords {
            skip: "Vai al testo",
            front: "Prima pagina",
            published: "Pubblicato il",
            updated: "Aggiornato il",
            corrections: "Rettifiche",
            other_editions: "Questo articolo in altre lingue",
            languages: "Lingue",
            all_languages: "Tutte le lingue",
            sections: "Sezioni",
            more_in: "Altro in {}",
            more_from: "Altro da {}",
            pages: "Pagine",
            newer: "Più recenti",
            older: "Meno recenti",
            page_of: "Pagina {} di {}",
            feed: "Feed",
            nothing_yet: "Ancora nessun articolo.",
            missing: "Questa pagina non esiste.",
            removed: "Questo articolo è stato rimosso.",
        },
        "ru" => SiteWords {
            skip: "К тексту",
            front: "Первая полоса",
            published: "Опубликовано",
            updated: "Обновлено",
            corrections: "Исправления",
            other_editions: "Эта статья на других языках",
            languages: "Языки",
            all_languages: "Все языки",
            sections: "Рубрики",
            more_in: "Ещё в рубрике «{}»",
            more_from: "Ещё из источника: {}",
            pages: "Страницы",
            newer: "Новее",
            older: "Старее",
            page_of: "Страница {} из {}",
            feed: "Лента",
            nothing_yet: "Пока нет статей.",
            missing: "Такой страницы нет.",
            removed: "Эта статья удалена.",
        },
        "zh" => chinese(language),
        "ja" => SiteWords {
            skip: "本文へ",
            front: "トップ",
            published: "掲載",
            updated: "更新",
            corrections: "訂正",
            other_editions: "この記事の他言語版",
            languages: "言語",
            all_languages: "すべての言語",
            sections: "欄",
            more_in: "同じ欄：{}",
            more_from: "同じ出典：{}",
            pages: "ページ",
            newer: "新しい記事",
            older: "古い記事",
            page_of: "{} / {} ページ",
            feed: "フィード",
            nothing_yet: "記事はまだありません。",
            missing: "このページはありません。",
            removed: "この記事は削除されました。",
        },
        "ko" => SiteWords {
            skip: "본문으로",
            front: "첫 화면",
            published: "게재",
            updated: "수정",
            corrections: "정정",
            other_editions: "이 기사의 다른 언어판",
            languages: "언어",
            all_languages: "모든 언어",
            sections: "분야",
            more_in: "같은 분야: {}",
            more_from: "같은 출처: {}",
            pages: "페이지",
            newer: "최신",
            older: "이전",
            page_of: "{} / {} 페이지",
            feed: "피드",
            nothing_yet: "아직 기사가 없습니다.",
            missing: "이 페이지는 없습니다.",
            removed: "이 기사는 삭제되었습니다.",
        },
        "th" => SiteWords {
            skip: "ไปยังเนื้อหา",
            front: "หน้าแรก",
            published: "เผยแพร่",
            updated: "ปรับปรุง",
            corrections: "แก้ไข",
            other_editions: "บทความนี้ในภาษาอื่น",
            languages: "ภาษา",
            all_languages: "ทุกภาษา",
            sections: "หมวด",
            more_in: "เพิ่มเติมในหมวด {}",
            more_from: "เพิ่มเติมจาก {}",
            pages: "หน้า",
            newer: "ใหม่กว่า",
            older: "เก่ากว่า",
            page_of: "หน้า {} จาก {}",
            feed: "ฟีด",
            nothing_yet: "ยังไม่มีบทความ",
            missing: "ไม่มีหน้านี้",
            removed: "บทความนี้ถูกนำออกแล้ว",
        },
        "lo" => SiteWords {
            published: "ເຜີຍແຜ່",
            updated: "ປັບປຸງ",
            corrections: "ແກ້ໄຂ",
            front: "ໜ້າຫຼັກ",
            languages: "ພາສາ",
            ..ENGLISH
        },
        "km" => SiteWords {
            published: "ផ្សាយ",
            updated: "ធ្វើបច្ចុប្បន្នភាព",
            corrections: "កែតម្រូវ",
            front: "ទំព័រមុខ",
            languages: "ភាសា",
            ..ENGLISH
        },
        "ar" => SiteWords {
            skip: "إلى النص",
            front: "الصفحة الأولى",
            published: "نُشر",
            updated: "حُدّث",
            corrections: "تصويبات",
            other_editions: "هذا المقال بلغات أخرى",
            languages: "اللغات",
            all_languages: "كل اللغات",
            sections: "الأقسام",
            more_in: "المزيد في {}",
            more_from: "المزيد من {}",
            pages: "الصفحات",
            newer: "الأحدث",
            older: "الأقدم",
            page_of: "الصفحة {} من {}",
            feed: "موجز الأخبار",
            nothing_yet: "لا توجد مقالات بعد.",
            missing: "هذه الصفحة غير موجودة.",
            removed: "أُزيل هذا المقال.",
        },
        _ => ENGLISH,
    }
}

/// Says whether Chinese of this kind is written in traditional characters.
#[must_use]
pub fn is_traditional(language: &str) -> bool {
    ["Hant", "-TW", "-HK", "-MO"].into_iter().any(|part| language.contains(part))
}

fn chinese(language: &str) -> SiteWords {
    if is_traditional(language) {
        return SiteWords {
            skip: "跳到正文",
            front: "頭版",
            published: "刊發",
            updated: "更新",
            corrections: "更正",
            other_editions: "本文的其他語言版本",
            languages: "語言",
            all_languages: "所有語言",
            sections: "欄目",
            more_in: "同欄目：{}",
            more_from: "同來源：{}",
            pages: "頁",
            newer: "較新",
            older: "較舊",
            page_of: "第 {} 頁，共 {} 頁",
            feed: "訂閱源",
            nothing_yet: "尚無文章。",
            missing: "沒有此頁。",
            removed: "本文已移除。",
        };
    }
    SiteWords {
        skip: "跳到正文",
        front: "头版",
        published: "刊发",
        updated: "更新",
        corrections: "更正",
        other_editions: "本文的其他语言版本",
        languages: "语言",
        all_languages: "所有语言",
        sections: "栏目",
        more_in: "同栏目：{}",
        more_from: "同来源：{}",
        pages: "页",
        newer: "较新",
        older: "较旧",
        page_of: "第 {} 页，共 {} 页",
        feed: "订阅源",
        nothing_yet: "尚无文章。",
        missing: "没有此页。",
        removed: "本文已移除。",
    }
}

/// Returns what a language calls itself; its code where we do not know.
#[must_use]
pub fn endonym(language: &str) -> &str {
    match primary(language) {
        "vi" => "Tiếng Việt",
        "en" => "English",
        "ms" => "Bahasa Melayu",
        "id" => "Bahasa Indonesia",
        "fr" => "Français",
        "es" => "Español",
        "pt" => "Português",
        "de" => "Deutsch",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "sv" => "Svenska",
        "pl" => "Polski",
        "cs" => "Čeština",
        "ru" => "Русский",
        "uk" => "Українська",
        "tr" => "Türkçe",
        "zh" if is_traditional(language) => "繁體中文",
        "zh" => "中文",
        "ja" => "日本語",
        "ko" => "한국어",
        "th" => "ไทย",
        "lo" => "ລາວ",
        "km" => "ខ្មែរ",
        "my" => "မြန်မာ",
        "hi" => "हिन्दी",
        "tl" | "fil" => "Filipino",
        "ar" => "العربية",
        "fa" => "فارسی",
        "he" => "עברית",
        _ => language,
    }
}

/// Returns the language as OpenGraph writes it, with the country where it is mostly read; `None` where we do not know.
#[must_use]
pub fn locale(language: &str) -> Option<String> {
    let mut parts = language.split('-');
    let first = parts.next().unwrap_or_default();
    let is_country = |part: &&str| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic());
    if let Some(country) = parts.find(is_country) {
        return Some(format!("{first}_{}", country.to_ascii_uppercase()));
    }
    let country = match first {
        "vi" => "VN",
        "en" => "US",
        "ms" => "MY",
        "id" => "ID",
        "fr" => "FR",
        "es" => "ES",
        "pt" => "PT",
        "de" => "DE",
        "it" => "IT",
        "nl" => "NL",
        "sv" => "SE",
        "pl" => "PL",
        "cs" => "CZ",
        "ru" => "RU",
        "uk" => "UA",
        "tr" => "TR",
        "zh" if is_traditional(language) => "TW",
        "zh" => "CN",
        "ja" => "JP",
        "ko" => "KR",
        "th" => "TH",
        "lo" => "LA",
        "km" => "KH",
        "my" => "MM",
        "hi" => "IN",
        "ar" => "AR",
        "fa" => "IR",
        "he" => "IL",
        _ => return None,
    };
    Some(format!("{first}_{country}"))
}

/// Puts words in the places of a sentence, in their order.
#[must_use]
pub fn filled(sentence: &str, words: &[&str]) -> String {
    let mut words = words.iter();
    let mut parts = sentence.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(words.next().copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_places_for_what_is_named() {
        let languages = [
            "vi", "en", "ms", "id", "fr", "es", "pt", "de", "it", "ru", "zh", "zh-Hant", "ja", "ko", "th",
            "lo", "km", "ar", "xx",
        ];
        for language in languages {
            let words = of(language);
            assert_eq!(words.more_in.matches("{}").count(), 1, "{language}");
            assert_eq!(words.more_from.matches("{}").count(), 1, "{language}");
            assert_eq!(words.page_of.matches("{}").count(), 2, "{language}");
        }
    }

    #[test]
    fn what_is_put_into_a_sentence_is_not_read_as_a_place_again() {
        assert_eq!(filled("a {} b {} c", &["{}", "2"]), "a {} b 2 c");
    }

    #[test]
    fn a_locale_has_a_country() {
        let table =
            [("vi", Some("vi_VN")), ("pt-BR", Some("pt_BR")), ("zh-Hant", Some("zh_TW")), ("xx", None)];
        for (language, want) in table {
            assert_eq!(locale(language).as_deref(), want, "{language}");
        }
    }
}
