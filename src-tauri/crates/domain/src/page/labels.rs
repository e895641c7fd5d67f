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
    /// What the arrow at the end of a footnote is called; `{}` is the number it leads back to.
    pub back_from_note: &'static str,
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
    back_from_note: "Back to reference {}",
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
    back_from_note: "Về chỗ đánh dấu chú thích {}",
    wanted: "Cần ảnh",
    not_taken_in: "Ảnh chưa được lấy về:",
    as_typed: "Bài có quá nhiều dấu định dạng lồng nhau nên không đọc được. Ở đây và trên trang, bài hiện nguyên như đã gõ: hãy bớt dấu.",
    too_large: "Đoạn này quá lớn nên không hiện ở đây. Trên trang vẫn có đủ. Đoạn bắt đầu bằng:",
    ends_here: "Bài dài hơn phần hiện ở đây. Trên trang vẫn có đủ.",
};

/// Returns the page's words in `language` (BCP 47). What only the desk sees is in English where we are not sure of ours.
#[must_use]
pub fn of(language: &str) -> Labels {
    match primary(language) {
        "vi" => VIETNAMESE,
        "ms" => Labels {
            source: "Sumber:",
            photo: "Foto:",
            correction: "Pembetulan",
            video: "Video",
            audio: "Audio",
            post: "Hantaran",
            table: "Jadual",
            back_from_note: "Kembali ke rujukan {}",
            wanted: "Gambar diperlukan",
            not_taken_in: "Gambar belum diambil:",
            as_typed: "Teks ini mempunyai terlalu banyak tanda bersarang untuk dibaca. Teks ditunjukkan seperti ditaip, di sini dan di halaman: kurangkan tanda.",
            too_large: "Bahagian ini terlalu besar untuk ditunjukkan di sini. Di halaman ia lengkap. Permulaannya:",
            ends_here: "Teks ini lebih panjang daripada yang ditunjukkan di sini. Di halaman ia lengkap.",
        },
        "id" => Labels {
            source: "Sumber:",
            photo: "Foto:",
            correction: "Ralat",
            video: "Video",
            audio: "Audio",
            post: "Unggahan",
            table: "Tabel",
            back_from_note: "Kembali ke rujukan {}",
            wanted: "Foto dibutuhkan",
            not_taken_in: "Foto belum diambil:",
            as_typed: "Teks ini memuat terlalu banyak tanda bersarang untuk dibaca. Teks ditampilkan seperti diketik, di sini dan di halaman: kurangi tandanya.",
            too_large: "Bagian ini terlalu besar untuk ditampilkan di sini. Di halaman bagian ini utuh. Awalnya:",
            ends_here: "Teks ini lebih panjang daripada yang ditampilkan di sini. Di halaman teksnya utuh.",
        },
        "fr" => Labels {
            source: "Source :",
            photo: "Photo :",
            correction: "Rectificatif",
            video: "Vidéo",
            audio: "Audio",
            post: "Publication",
            table: "Tableau",
            back_from_note: "Retour à l’appel de note {}",
            wanted: "Photo à fournir",
            not_taken_in: "Photo pas encore reprise :",
            as_typed: "Ce texte a plus de marques imbriquées qu’on ne peut en lire. Il est montré tel qu’il a été tapé, ici et sur la page : retirez des marques.",
            too_large: "Cette partie est trop longue pour être montrée ici. Sur la page, elle est entière. Elle commence ainsi :",
            ends_here: "Le texte est plus long que ce qui est montré ici. Sur la page, il est entier.",
        },
        "es" => Labels {
            source: "Fuente:",
            photo: "Foto:",
            correction: "Corrección",
            video: "Vídeo",
            audio: "Audio",
            post: "Publicación",
            table: "Tabla",
            back_from_note: "Volver a la referencia {}",
            wanted: "Falta la foto",
            not_taken_in: "Foto aún no incorporada:",
            as_typed: "Este texto tiene más marcas anidadas de las que se pueden leer. Se muestra tal como se escribió, aquí y en la página: quite marcas.",
            too_large: "Esta parte es demasiado grande para mostrarla aquí. En la página está entera. Empieza así:",
            ends_here: "El texto es más largo que lo que se muestra aquí. En la página está entero.",
        },
        "pt" => Labels {
            source: "Fonte:",
            photo: "Foto:",
            correction: "Correção",
            video: "Vídeo",
            audio: "Áudio",
            post: "Publicação",
            table: "Tabela",
            back_from_note: "Voltar à referência {}",
            wanted: "Falta a foto",
            not_taken_in: "Foto ainda não incorporada:",
            as_typed: "Este texto tem mais marcas aninhadas do que se pode ler. É mostrado como foi escrito, aqui e na página: retire marcas.",
            too_large: "Esta parte é grande demais para ser mostrada aqui. Na página está inteira. Começa assim:",
            ends_here: "O texto é mais longo do que o mostrado aqui. Na página está inteiro.",
        },
        "de" => Labels {
            source: "Quelle:",
            photo: "Foto:",
            correction: "Korrektur",
            video: "Video",
            audio: "Audio",
            post: "Beitrag",
            table: "Tabelle",
            back_from_note: "Zurück zu Verweis {}",
            wanted: "Bild gesucht",
            not_taken_in: "Bild noch nicht übernommen:",
            as_typed: "Dieser Text hat mehr verschachtelte Auszeichnungen, als gelesen werden können. Er steht hier und auf der Seite so, wie er getippt wurde: Nehmen Sie Zeichen heraus.",
            too_large: "Dieser Teil ist zu groß, um hier gezeigt zu werden. Auf der Seite steht er ganz. Er beginnt:",
            ends_here: "Der Text ist länger als das, was hier gezeigt wird. Auf der Seite steht er ganz.",
        },
        "it" => Labels {
            source: "Fonte:",
            photo: "Foto:",
            correction: "Rettifica",
            video: "Video",
            audio: "Audio",
            post: "Post",
            table: "Tabella",
            back_from_note: "Torna al riferimento {}",
            wanted: "Manca la foto",
            not_taken_in: "Foto non ancora acquisita:",
            as_typed: "Questo testo ha più segni annidati di quanti se ne possano leggere. È mostrato come è stato scritto, qui e sulla pagina: togliete dei segni.",
            too_large: "Questa parte è troppo grande per essere mostrata qui. Sulla pagina è intera. Comincia così:",
            ends_here: "Il testo è più lungo di quanto è mostrato qui. Sulla pagina è intero.",
        },
        "ru" => Labels {
            source: "Источник:",
            photo: "Фото:",
            correction: "Исправление",
            video: "Видео",
            audio: "Аудио",
            post: "Публикация",
            table: "Таблица",
            back_from_note: "Назад к сноске {}",
            wanted: "Нужен снимок",
            not_taken_in: "Снимок ещё не взят:",
            as_typed: "В этом тексте больше вложенных знаков разметки, чем можно прочесть. Здесь и на странице он показан так, как набран: уберите знаки.",
            too_large: "Эта часть слишком велика, чтобы показать её здесь. На странице она стоит целиком. Начало:",
            ends_here: "Текст длиннее того, что показано здесь. На странице он стоит целиком.",
        },
        "zh" => Labels {
            source: "来源：",
            photo: "图：",
            correction: "更正",
            video: "视频",
            audio: "音频",
            post: "帖子",
            table: "表格",
            back_from_note: "返回脚注引用 {}",
            wanted: "待配图",
            not_taken_in: "图片尚未取入：",
            as_typed: "本文嵌套的标记过多，无法解析。此处和页面上均按输入原样显示：请减少标记。",
            too_large: "此部分过大，无法在此显示。页面上会完整显示。开头为：",
            ends_here: "正文比此处显示的更长。页面上会完整显示。",
        },
        "ja" => Labels {
            source: "出典：",
            photo: "写真：",
            correction: "訂正",
            video: "動画",
            audio: "音声",
            post: "投稿",
            table: "表",
            back_from_note: "脚注の参照 {} に戻る",
            wanted: "写真が必要です",
            not_taken_in: "未取り込みの写真：",
            as_typed: "入れ子の記号が多すぎて読み取れません。ここでもページでも入力どおりに表示します。記号を減らしてください。",
            too_large: "この部分は大きすぎてここには表示できません。ページでは全文が表示されます。書き出し：",
            ends_here: "本文はここに表示されているより長く続きます。ページでは全文が表示されます。",
        },
        "ko" => Labels {
            source: "출처:",
            photo: "사진:",
            correction: "정정",
            video: "동영상",
            audio: "오디오",
            post: "게시물",
            table: "표",
            back_from_note: "각주 참조 {}(으)로 돌아가기",
            wanted: "사진 필요",
            not_taken_in: "아직 가져오지 않은 사진:",
            as_typed: "겹친 표시가 너무 많아 읽을 수 없습니다. 여기와 페이지에 입력한 그대로 보입니다. 표시를 줄이십시오.",
            too_large: "이 부분은 너무 커서 여기에 보이지 않습니다. 페이지에는 모두 보입니다. 시작:",
            ends_here: "본문은 여기에 보이는 것보다 깁니다. 페이지에는 모두 보입니다.",
        },
        "th" => Labels {
            source: "ที่มา:",
            photo: "ภาพ:",
            correction: "แก้ไข",
            video: "วิดีโอ",
            audio: "เสียง",
            post: "โพสต์",
            table: "ตาราง",
            back_from_note: "กลับไปยังจุดอ้างอิง {}",
            ..ENGLISH
        },
        "lo" => Labels {
            source: "ແຫຼ່ງ:",
            photo: "ພາບ:",
            correction: "ແກ້ໄຂ",
            video: "ວິດີໂອ",
            audio: "ສຽງ",
            post: "ໂພສ",
            table: "ຕາຕະລາງ",
            back_from_note: "ກັບໄປຫາຈຸດອ້າງອີງ {}",
            ..ENGLISH
        },
        "km" => Labels {
            source: "ប្រភព៖",
            photo: "រូបថត៖",
            correction: "កែតម្រូវ",
            video: "វីដេអូ",
            audio: "សំឡេង",
            post: "ការបង្ហោះ",
            table: "តារាង",
            back_from_note: "ត្រឡប់ទៅឯកសារយោង {}",
            ..ENGLISH
        },
        "ar" => Labels {
            source: "المصدر:",
            photo: "الصورة:",
            correction: "تصويب",
            video: "فيديو",
            audio: "صوت",
            post: "منشور",
            table: "جدول",
            back_from_note: "العودة إلى الإحالة {}",
            ..ENGLISH
        },
        _ => ENGLISH,
    }
}

/// Returns a time (RFC 3339) as the language's papers print it, to the minute and with its zone; anything else as it is.
#[must_use]
pub fn moment(language: &str, time: &str) -> String {
    let (Some(day), Some(minute), Some(rest)) = (time.get(..10), time.get(11..16), time.get(16..)) else {
        return time.to_owned();
    };
    format!("{} {minute} ({})", date(language, day), zone(rest))
}

/// Returns the zone at the end of a time, as people name it.
fn zone(end: &str) -> String {
    let Some(at) = end.rfind(['+', '-']) else { return "GMT".into() };
    let (sign, offset) = end[at..].split_at(1);
    let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "00"));
    match (hours.trim_start_matches('0'), minutes) {
        ("", "00") => "GMT".into(),
        ("", minutes) => format!("GMT{sign}0:{minutes}"),
        (hours, "00") => format!("GMT{sign}{hours}"),
        (hours, minutes) => format!("GMT{sign}{hours}:{minutes}"),
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

/// Returns the language itself, without script or country.
pub fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}
