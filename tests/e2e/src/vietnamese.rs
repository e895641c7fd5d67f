//! How Vietnamese is typed: the keys a person presses in Telex or VNI, and what a tool then sends to the window.
//! `tests/fixtures/typing/README.md` says the rules in words; this is their table.

/// The marks a key puts on a letter, and the tones a key puts on a word.
pub struct Scheme {
    /// Letter, key, the letter with the mark.
    marks: &'static [(char, char, char)],
    /// Keys of the tones in the order of `TONES`.
    tones: [char; 5],
}

pub const TELEX: Scheme = Scheme {
    marks: &[
        ('a', 'a', 'â'),
        ('e', 'e', 'ê'),
        ('o', 'o', 'ô'),
        ('a', 'w', 'ă'),
        ('o', 'w', 'ơ'),
        ('u', 'w', 'ư'),
        ('d', 'd', 'đ'),
    ],
    tones: ['f', 's', 'r', 'x', 'j'],
};

pub const VNI: Scheme = Scheme {
    marks: &[
        ('a', '6', 'â'),
        ('e', '6', 'ê'),
        ('o', '6', 'ô'),
        ('a', '8', 'ă'),
        ('o', '7', 'ơ'),
        ('u', '7', 'ư'),
        ('d', '9', 'đ'),
    ],
    tones: ['2', '1', '3', '4', '5'],
};

/// The combining marks of the tones: huyền, sắc, hỏi, ngã, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
const SAC: usize = 1;
const NANG: usize = 4;
/// Every vowel, then itself under each tone.
const VOWELS: [&str; 12] = [
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
];

/// Returns every letter of Vietnamese that is not on an English keyboard, small.
#[must_use]
pub fn letters() -> Vec<char> {
    let vowels = VOWELS.iter().flat_map(|row| row.chars());
    vowels.chain(['đ']).filter(|letter| !letter.is_ascii()).collect()
}

/// When a person presses the keys of the marks and of the tone.
#[derive(Debug, Clone, Copy)]
pub enum Habit {
    /// Each mark after its letter, the tone when the word is there.
    ToneLast,
    /// The letters, then the marks, then the tone.
    AllLast,
    /// Mark and tone with the vowel that carries them; what comes after may move the tone.
    ToneAtOnce,
    /// As the first, but with another tone before, which the right one replaces.
    WrongToneFirst,
}

pub const HABITS: [Habit; 4] = [Habit::ToneLast, Habit::AllLast, Habit::ToneAtOnce, Habit::WrongToneFirst];

/// What becomes of the letters that change: how the tool takes them back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// A Backspace for each, then the new letters: UniKey, EVKey, ibus-bamboo by XTest.
    Backspace,
    /// An empty character first, which ends a browser's completion, and a Backspace more: OpenKey.
    EmptyCharacter,
    /// Selected with Shift and Left, then typed over: OpenKey in some browsers, ibus-bamboo forwarding Shift+Left.
    ShiftLeft,
    /// As the first, tones as combining marks: the “compound” code table.
    Compound,
}

impl Tool {
    fn sends(self, from: &str, to: &str) -> Vec<String> {
        let written = |text: &str| if self == Self::Compound { compound(text) } else { text.to_owned() };
        let (from, to) = (written(from), written(to));
        let same = from.chars().zip(to.chars()).take_while(|(one, other)| one == other).count();
        let stale = from.chars().count() - same;
        let mut keys = Vec::new();
        match self {
            _ if stale == 0 => {}
            Self::Backspace | Self::Compound => keys.extend(repeat("BackSpace", stale)),
            Self::EmptyCharacter => {
                keys.push("\u{202f}".to_owned());
                keys.extend(repeat("BackSpace", stale + 1));
            }
            Self::ShiftLeft => keys.extend(repeat("Shift+Left", stale)),
        }
        keys.extend(to.chars().skip(same).map(String::from));
        keys
    }
}

fn repeat(key: &str, times: usize) -> impl Iterator<Item = String> {
    std::iter::repeat_n(key.to_owned(), times)
}

/// Returns the key events that reach the window when a person types the word.
#[must_use]
pub fn sent(word: &str, scheme: &Scheme, habit: Habit, tool: Tool) -> Vec<String> {
    let pressed = pressed(word, scheme, habit);
    let mut keys = Vec::new();
    let mut shown = String::new();
    for length in 1..=pressed.len() {
        let next = composed(&pressed[..length], scheme);
        keys.extend(tool.sends(&shown, &next));
        shown = next;
    }
    keys
}

/// Returns what a word is made of: its letters without tone, and the tone.
fn parts(word: &str) -> (Vec<char>, Option<usize>) {
    let mut tone = None;
    let letters = word.chars().map(|letter| {
        let small = small(letter);
        let row = VOWELS.iter().find_map(|row| Some((row, row.chars().position(|one| one == small)?)));
        let Some((row, place)) = row else { return letter };
        tone = tone.or_else(|| place.checked_sub(1));
        cased(row.chars().next().unwrap_or(letter), letter.is_uppercase())
    });
    (letters.collect(), tone)
}

/// Returns the keys of a word.
///
/// # Panics
/// When a letter of the word is in no table.
#[must_use]
pub fn pressed(word: &str, scheme: &Scheme, habit: Habit) -> Vec<char> {
    let (letters, tone) = parts(word);
    let tone_key = tone.map(|tone| scheme.tones[tone]);
    let carrier = carrier(&letters);
    let mut keys = Vec::new();
    let mut marks = Vec::new();
    for (place, letter) in letters.iter().enumerate() {
        let (base, mark) = plain(*letter, scheme);
        keys.push(base);
        // One key makes ươ of uo.
        let horned = letters.get(place + 1).map(|next| small(*next)) == Some('ơ') && small(*letter) == 'ư';
        let mark = mark.filter(|_| !horned);
        if let Habit::AllLast = habit {
            marks.extend(mark);
        } else {
            keys.extend(mark);
        }
        if let (Habit::ToneAtOnce, Some(key)) = (habit, tone_key)
            && Some(place) == carrier
        {
            keys.push(key);
        }
    }
    keys.extend(marks);
    match (habit, tone_key) {
        (Habit::ToneLast | Habit::AllLast, Some(key)) => keys.push(key),
        (Habit::WrongToneFirst, Some(key)) => {
            // Sắc and nặng may stand on every word; a tool that checks the spelling gives up at others before c, p, t.
            let wrong = if key == scheme.tones[SAC] { NANG } else { SAC };
            keys.push(scheme.tones[wrong]);
            keys.push(key);
        }
        (Habit::ToneAtOnce, Some(_)) | (_, None) => {}
    }
    keys
}

fn plain(letter: char, scheme: &Scheme) -> (char, Option<char>) {
    let found = scheme.marks.iter().find(|(_, _, marked)| *marked == small(letter));
    found.map_or((letter, None), |(base, key, _)| (cased(*base, letter.is_uppercase()), Some(*key)))
}

/// Returns the word that the keys make.
#[must_use]
pub fn composed(keys: &[char], scheme: &Scheme) -> String {
    let mut letters: Vec<char> = Vec::new();
    let mut tone = None;
    for key in keys {
        let pressed = small(*key);
        if let Some(place) = scheme.tones.iter().position(|one| *one == pressed)
            && carrier(&letters).is_some()
        {
            tone = Some(place);
        } else if !mark(&mut letters, pressed, scheme) {
            letters.push(*key);
            horn_both(&mut letters);
        }
    }
    toned(&letters, tone)
}

/// Puts the mark of the key on the last letter that can have it. Returns whether there was one.
fn mark(letters: &mut [char], key: char, scheme: &Scheme) -> bool {
    let marked_by = |letter: char| {
        let found = scheme.marks.iter().find(|(base, mark, _)| *base == small(letter) && *mark == key)?;
        Some(cased(found.2, letter.is_uppercase()))
    };
    let takes = |(place, letter): (usize, &char)| {
        let is_of_qu = place > 0 && small(*letter) == 'u' && small(letters[place - 1]) == 'q';
        let comes_first =
            place + 1 < letters.len() && small(letters[place + 1]) == 'a' && small(*letter) == 'o';
        marked_by(*letter).filter(|_| !is_of_qu && !comes_first).map(|marked| (place, marked))
    };
    let can: Vec<(usize, char)> = letters.iter().enumerate().filter_map(takes).collect();
    // The w of “ua” and “uu” is the first u's: mưa, lưu; of “uou” it is the o's: rượu. Else it is the last's: oăn.
    let followed_by =
        |place: usize, next: &[char]| letters.get(place + 1).is_some_and(|one| next.contains(&small(*one)));
    let first_u =
        can.iter().find(|(place, marked)| small(*marked) == 'ư' && followed_by(*place, &['a', 'u']));
    let horned_o = can.iter().rfind(|(_, marked)| small(*marked) == 'ơ');
    let Some((place, marked)) = first_u.or(horned_o).or_else(|| can.last()).copied() else { return false };
    letters[place] = marked;
    horn_both(letters);
    true
}

/// “uơ” with a letter after it is “ươ”: thuở, but thương.
fn horn_both(letters: &mut [char]) {
    let found = letters.windows(3).position(|three| small(three[0]) == 'u' && small(three[1]) == 'ơ');
    if let Some(place) = found.filter(|place| *place == 0 || small(letters[place - 1]) != 'q') {
        letters[place] = cased('ư', letters[place].is_uppercase());
    }
}

/// Returns which letter carries the tone: the marked vowel, else by where the word ends (hòa, hoàn, ngoài).
fn carrier(letters: &[char]) -> Option<usize> {
    let is_vowel = |letter: char| VOWELS.iter().any(|row| row.starts_with(small(letter)));
    let at = |place: usize| letters.get(place).map(|letter| small(*letter));
    let follows = at(1).is_some_and(is_vowel);
    let begins = match (at(0)?, at(1)) {
        ('q', Some('u')) => 2,
        ('g', Some('i')) if at(2).is_some_and(is_vowel) => 2,
        _ if follows && !is_vowel(letters[0]) => 1,
        _ => 0,
    };
    let first = (begins..letters.len()).find(|place| is_vowel(letters[*place]))?;
    let end = (first..letters.len()).find(|place| !is_vowel(letters[*place])).unwrap_or(letters.len());
    let marked =
        (first..end).rev().find(|place| !small(letters[*place]).is_ascii() && small(letters[*place]) != 'đ');
    let closed = end < letters.len();
    Some(marked.unwrap_or(match end - first {
        1 => first,
        2 if closed => first + 1,
        2 => first,
        _ => first + 1,
    }))
}

fn toned(letters: &[char], tone: Option<usize>) -> String {
    let carrier = carrier(letters).filter(|_| tone.is_some());
    let with = |(place, letter): (usize, &char)| {
        let row = VOWELS.iter().find(|row| Some(place) == carrier && row.starts_with(small(*letter)));
        let toned = row.and_then(|row| row.chars().nth(tone? + 1));
        toned.map_or(*letter, |toned| cased(toned, letter.is_uppercase()))
    };
    letters.iter().enumerate().map(with).collect()
}

/// Returns the text with its tones as combining marks after their vowels, the vowels' own marks in them.
#[must_use]
pub fn compound(text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        let row =
            VOWELS.iter().find_map(|row| Some((row, row.chars().position(|one| one == small(letter))?)));
        match row {
            Some((row, place)) if place > 0 => {
                written.push(cased(row.chars().next().unwrap_or(letter), letter.is_uppercase()));
                written.push(TONES[place - 1]);
            }
            Some(_) | None => written.push(letter),
        }
    }
    written
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn cased(letter: char, upper: bool) -> char {
    if upper { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}
