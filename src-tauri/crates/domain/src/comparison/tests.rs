use uuid::Uuid;

use super::*;

fn document(body: &str) -> Document {
    Document { body: body.into(), ..Document::default() }
}

/// Writes a comparison as a person would: `[gone]` and `{new}`.
fn marked(runs: &[Run]) -> String {
    let mark = |run: &Run| match run.is {
        RunIs::Same => run.text.clone(),
        RunIs::Gone => format!("[{}]", run.text),
        RunIs::New => format!("{{{}}}", run.text),
    };
    runs.iter().map(mark).collect()
}

fn body(before: &str, after: &str) -> Vec<(Fate, String)> {
    let compared = compare(&document(before), &document(after)).body;
    compared.iter().map(|paragraph| (paragraph.fate, marked(&paragraph.runs))).collect()
}

#[test]
fn words_are_compared_whole_and_a_vietnamese_syllable_is_one() {
    for (before, after, wanted) in [
        ("Mưa to ở Huế.", "Mưa rất to ở Huế.", "Mưa {rất }to ở Huế."),
        ("Tiếng Việt", "Tiếng Viêt", "Tiếng [Việt]{Viêt}"),
        (
            "Chợ nổi mở lại sau mùa nước.",
            "Chợ nổi đóng cửa sau mùa nước.",
            "Chợ nổi [mở lại ]{đóng cửa }sau mùa nước.",
        ),
        ("100 tấn gạo", "120 tấn gạo", "[100 ]{120 }tấn gạo"),
        ("", "Mới", "{Mới}"),
        ("Cũ", "", "[Cũ]"),
        ("hai  khoảng trắng", "hai khoảng trắng", "hai khoảng trắng"),
        ("东京下雨", "东京下雪", "东京下[雨]{雪}"),
    ] {
        assert_eq!(marked(&words::compare(before, after)), wanted);
    }
}

#[test]
fn changes_with_hardly_a_word_between_them_are_read_as_one() {
    let runs =
        words::compare("Ông Hai và bà Ba đã về quê cũ.", "Cô Tư cùng chú Năm và con cháu đã về quê cũ.");

    assert_eq!(marked(&runs), "[Ông Hai và bà Ba ]{Cô Tư cùng chú Năm và con cháu }đã về quê cũ.");
}

#[test]
fn nothing_of_either_text_is_lost() {
    let (before, after) = ("  Một, hai — ba…\nbốn  ", "\tMột; hai “ba”\n\nnăm sáu");
    let runs = words::compare(before, after);
    let side =
        |not: RunIs| runs.iter().filter(|run| run.is != not).map(|run| run.text.as_str()).collect::<String>();

    assert_eq!(side(RunIs::Gone), after);
    assert_eq!(
        side(RunIs::New).split_whitespace().collect::<Vec<_>>(),
        before.split_whitespace().collect::<Vec<_>>()
    );
}

#[test]
fn a_paragraph_is_the_same_changed_gone_or_new() {
    let before = "Đoạn một kể chuyện.\n\nĐoạn hai nói về lũ lụt ở miền Trung.\n\nĐoạn ba sẽ mất đi.\n";
    let after = "Đoạn một kể chuyện.\n\nĐoạn hai nói về hạn hán ở miền Trung.\n\nHoàn toàn khác.\n";

    assert_eq!(
        body(before, after),
        [
            (Fate::Same, "Đoạn một kể chuyện.".to_owned()),
            (Fate::Changed, "Đoạn hai nói về [lũ lụt ]{hạn hán }ở miền Trung.".into()),
            (Fate::Gone, "[Đoạn ba sẽ mất đi.]".into()),
            (Fate::New, "{Hoàn toàn khác.}".into()),
        ]
    );
}

#[test]
fn a_paragraph_that_was_moved_is_told_as_moved_even_when_a_word_of_it_changed() {
    let lines =
        ["Thuyền cập bến từ bốn giờ sáng.", "Ai cũng vui vì nước đã rút.", "Gạo lên giá từ hôm qua rồi."];
    let before = lines.join("\n\n");
    let after = format!("Gạo xuống giá từ hôm qua rồi.\n\n{}\n\n{}", lines[0], lines[1]);

    assert_eq!(
        body(&before, &after),
        [
            (Fate::Moved, "Gạo [lên ]{xuống }giá từ hôm qua rồi.".to_owned()),
            (Fate::Same, lines[0].to_owned()),
            (Fate::Same, lines[1].to_owned()),
            (Fate::MovedAway, lines[2].to_owned()),
        ]
    );
}

#[test]
fn a_pictures_place_in_the_body_is_known_by_its_id_and_not_by_its_letters() {
    let place = |id: u128| format!("![](photo:{})", Uuid::from_u128(id));
    let compared = compare(&document(&place(1)), &document(&place(2))).body;

    let told: Vec<_> = compared.iter().map(|one| (one.fate, one.placement)).collect();
    let id = |id: u128| Some(PlacementId(Uuid::from_u128(id)));
    assert_eq!(told, [(Fate::Gone, id(1)), (Fate::New, id(2))]);
}

#[test]
fn captions_and_credits_stand_beside_what_they_were() {
    let placement = |id: u128, caption: &str, picture: Option<&[u8]>| Placement {
        id: PlacementId(Uuid::from_u128(id)),
        position: Position::Gallery,
        caption: caption.into(),
        credit_line: "TTXVN".into(),
        alt: String::new(),
        picture: picture.map(Hash::of),
    };
    let before = Document {
        placements: vec![placement(1, "Chợ nổi", None), placement(2, "Lũ", None)],
        ..Document::default()
    };
    let after = Document {
        placements: vec![placement(3, "Gạo", None), placement(1, "Chợ Nổi", Some(b"a"))],
        ..Document::default()
    };

    let told: Vec<_> = compare(&before, &after)
        .pictures
        .into_iter()
        .map(|one| (one.fate, marked(&one.caption), one.before.is_some(), one.after.is_some()))
        .collect();
    assert_eq!(
        told,
        [
            (Fate::New, "{Gạo}".to_owned(), false, false),
            (Fate::Changed, "Chợ [nổi]{Nổi}".into(), false, true),
            (Fate::Gone, "[Lũ]".into(), false, false),
        ]
    );
}

#[test]
fn fields_that_say_nothing_are_left_out_and_those_that_are_the_same_are_told_as_the_same() {
    let mut before = Document::default();
    before.fields.headline = "Lũ lớn".into();
    before.fields.kicker = "Thời tiết".into();
    let mut after = before.clone();
    after.fields.kicker = String::new();
    after.fields.keywords = vec!["lũ".into(), "mưa".into()];

    let told: Vec<_> =
        compare(&before, &after).fields.into_iter().map(|one| (one.field, marked(&one.runs))).collect();

    assert_eq!(
        told,
        [
            ("kicker".to_owned(), "[Thời tiết]".to_owned()),
            ("headline".into(), "Lũ lớn".into()),
            ("keywords".into(), "{lũ, mưa}".into()),
        ]
    );
}

/// Texts nobody writes, that a comparison must come to an end with all the same: a few seconds unoptimised.
#[test]
fn a_text_that_is_wholly_another_comes_to_an_end() {
    let text = |seed: u32, paragraphs: u32, words: u32| {
        let mut dice = seed;
        let mut word = || {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            format!("từ{}", (dice >> 16) % 3000)
        };
        let mut paragraph = || (0..words).map(|_| word()).collect::<Vec<_>>().join(" ");
        (0..paragraphs).map(|_| paragraph()).collect::<Vec<_>>().join("\n\n")
    };

    for (paragraphs, words) in [(60, 50), (1, 2000), (700, 1)] {
        let compared =
            compare(&document(&text(1, paragraphs, words)), &document(&text(2, paragraphs, words)));
        assert!(!compared.body.is_empty());
    }
}
