//! Vietnamese, as its input tools type it: letters that are taken back by Backspace and written anew, faster than a hand. What
//! arrives is what was meant, byte for byte, with the caret behind it. `tests/fixtures/typing/README.md` says what is typed.

use std::{fmt::Write as _, fs, time::Duration};

use e2e::{
    Context, Desk, Opens, Result, Told, bail, ensure,
    ibus::InputMethod,
    keyboard::Keyboard,
    long_story, paths,
    spot::{button, searchbox, tab, textbox},
    vietnamese::{self, TELEX, Tool, VNI},
};

/// A word, and the key events that make it, with the one that ends it.
struct Typed {
    word: String,
    keys: Vec<String>,
}

struct Stream(Vec<Typed>);

impl Stream {
    fn read(name: &str) -> Result<Self> {
        let text = fs::read_to_string(paths::fixture(&format!("typing/{name}.keys")))?;
        let mut words: Vec<Typed> = Vec::new();
        for line in text.lines() {
            if let Some(word) = line.strip_prefix("# ") {
                words.push(Typed { word: word.to_owned(), keys: Vec::new() });
            } else {
                words.last_mut().context("a word before its keys")?.keys.push(line.to_owned());
            }
        }
        Ok(Self(words))
    }

    /// Returns every sixth of its words, from the one after `skip` others; all where somebody asks for it.
    fn sixth(self, skip: usize) -> Self {
        let step = if std::env::var_os("TOASOAN_ALL_WORDS").is_some() { 1 } else { 6 };
        Self(self.0.into_iter().skip(if step == 1 { 0 } else { skip }).step_by(step).collect())
    }

    /// Returns some of its words, on one line.
    fn some(self, skip: usize, step: usize, take: usize) -> Self {
        let mut words: Vec<Typed> = self.0.into_iter().skip(skip).step_by(step).take(take).collect();
        for word in &mut words {
            word.keys.pop();
            word.keys.push("space".into());
        }
        Self(words)
    }

    fn keys(&self) -> Vec<&str> {
        self.0.iter().flat_map(|typed| typed.keys.iter().map(String::as_str)).collect()
    }

    fn text(&self) -> String {
        let end =
            |typed: &Typed| if typed.keys.last().is_some_and(|key| key == "Return") { "\n" } else { " " };
        self.0.iter().map(|typed| format!("{}{}", typed.word, end(typed))).collect()
    }
}

/// File, scheme, tool, and of how many words each has one.
const FILES: [(&str, &vietnamese::Scheme, Tool, usize); 5] = [
    ("telex-backspace", &TELEX, Tool::Backspace, 1),
    ("vni-backspace", &VNI, Tool::Backspace, 1),
    ("telex-empty-character", &TELEX, Tool::EmptyCharacter, 7),
    ("telex-shift-left", &TELEX, Tool::ShiftLeft, 7),
    ("telex-compound", &TELEX, Tool::Compound, 7),
];

fn words() -> Result<Vec<String>> {
    let text = fs::read_to_string(paths::fixture("typing/words.txt"))?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// Returns the file of every `step`th word.
fn written(words: &[String], scheme: &vietnamese::Scheme, tool: Tool, step: usize) -> String {
    let mut file = String::new();
    for (number, word) in words.iter().step_by(step).enumerate() {
        let habit = vietnamese::HABITS[number % vietnamese::HABITS.len()];
        let end = if number % 12 == 11 { "Return" } else { "space" };
        let keys = vietnamese::sent(word, scheme, habit, tool).join("\n");
        let _ = write!(file, "# {word}\n{keys}\n{end}\n"); // a string takes everything
    }
    file
}

/// Returns what a plain field holds after the keys: letters in, Backspace and Shift+Left take the last ones.
fn after(keys: &[&str]) -> String {
    let (mut text, mut selected) = (Vec::new(), 0);
    for key in keys {
        match *key {
            "Shift+Left" => selected += 1,
            "BackSpace" => drop(text.pop()),
            key => {
                text.truncate(text.len() - selected);
                selected = 0;
                text.extend(match key {
                    "space" => vec![' '],
                    "Return" => vec!['\n'],
                    letter => letter.chars().collect(),
                });
            }
        }
    }
    text.into_iter().collect()
}

/// Returns the text in the form NFC, for tones that stand behind their vowel.
fn joined(text: &str) -> String {
    let mut joined = text.to_owned();
    for letter in vietnamese::letters().into_iter().flat_map(|letter| [letter, upper(letter)]) {
        joined = joined.replace(&vietnamese::compound(&letter.to_string()), &letter.to_string());
    }
    joined
}

fn upper(letter: char) -> char {
    letter.to_uppercase().next().unwrap_or(letter)
}

#[test]
fn the_recorded_keys_are_what_the_rules_give_and_make_the_words() -> Told {
    let words = words()?;
    let all: String = words.concat();
    for letter in vietnamese::letters() {
        assert!(all.contains(letter) && all.contains(upper(letter)), "no word has {letter}, small and large");
    }
    let mut differ = Vec::new();
    for (name, scheme, tool, step) in FILES {
        let (file, wanted) =
            (paths::fixture(&format!("typing/{name}.keys")), written(&words, scheme, tool, step));
        if fs::read_to_string(&file).unwrap_or_default() != wanted {
            fs::write(&file, wanted)?;
            differ.push(name);
        }
        let stream = Stream::read(name)?;
        assert!(stream.0.len() * step >= words.len() && words.len() > 800);
        assert_eq!(joined(&after(&stream.keys())), stream.text(), "{name}");
        let taken_back = stream.keys().iter().filter(|key| ["BackSpace", "Shift+Left"].contains(key)).count();
        assert!(taken_back > stream.0.len(), "{name} takes back {taken_back} letters");
    }
    assert_eq!(differ, Vec::<&str>::new(), "these were not what the rules give; commit what was written");
    Ok(())
}

/// Returns the body as it is on disk.
fn body(desk: &Desk) -> Result<String> {
    let newest = "SELECT body FROM articles ORDER BY saved_at DESC LIMIT 1";
    Ok(desk.database()?.query_row(newest, [], |row| row.get(0))?)
}

/// Waits until the text on disk is this one: the window takes its time for thousands of keys, and then saves.
async fn is_on_disk(desk: &Desk, wanted: &str) -> Result<()> {
    let mut last = String::new();
    let mut quiet = 0;
    while quiet < 100 {
        let now = body(desk)?;
        if now == wanted {
            return Ok(());
        }
        quiet = if now == last { quiet + 1 } else { 0 };
        last = now;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let same = last.chars().zip(wanted.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(20)).take(40).collect::<String>();
    bail!("letter {same}: {:?} was typed, {:?} was meant; {}", around(&last), around(wanted), desk.said())
}

async fn begins(desk: &Desk) -> Result<Keyboard> {
    desk.press("Start writing").await?;
    desk.press(tab("Page")).await?;
    desk.press(textbox("Body")).await?;
    desk.keyboard()
}

/// Types the keys at the caret, between `before` and `after`, and a full stop where the caret is then.
async fn types_at_the_caret(
    desk: &Desk,
    keyboard: &Keyboard,
    stream: &Stream,
    around: (&str, &str),
) -> Result<()> {
    keyboard.strikes(&stream.keys())?;
    keyboard.strikes(&["."])?;
    is_on_disk(desk, &format!("{}{}.{}", around.0, stream.text(), around.1)).await
}

#[test]
fn many_words_in_telex_typed_fast_are_saved_and_shown_as_they_were_meant() -> Told {
    long_story(Opens::empty(), async |desk| {
        let keyboard = begins(desk).await?;
        let stream = Stream::read("telex-backspace")?.sixth(0);
        let edits = "SELECT edits FROM articles";
        let before = desk.count(edits)?;

        types_at_the_caret(desk, &keyboard, &stream, ("", "")).await?;

        ensure!(desk.count(edits)? > before + 5, "it was saved while one typed");
        let last = stream.0.last().context("there are words")?;
        desk.page_shows(&format!("{} .", last.word)).await
    })
}

#[test]
fn many_words_in_vni_within_a_word_of_a_long_text_leave_the_rest_alone() -> Told {
    long_story(Opens::empty(), async |desk| {
        let keyboard = begins(desk).await?;
        let long = "Nước lũ đã rút khỏi bảy xã ven sông, chợ họp lại từ sáng sớm.\n\n".repeat(700);
        desk.copies_text(&long)?;
        keyboard.strikes(&["Ctrl+v"])?;
        is_on_disk(desk, &long).await?;
        keyboard.strikes(&["Ctrl+Home", "Right", "Right"])?;

        let stream = Stream::read("vni-backspace")?.sixth(3);
        let (before, after) = long.split_at("Nư".len());
        types_at_the_caret(desk, &keyboard, &stream, (before, after)).await
    })
}

#[test]
fn a_heading_takes_what_a_tool_sends_that_writes_an_empty_character_first() -> Told {
    within("## ", "telex-empty-character")
}

#[test]
fn an_item_of_a_list_takes_what_a_tool_sends_that_selects_and_types_over() -> Told {
    within("Chợ có:\n\n- cá\n- ", "telex-shift-left")
}

#[test]
fn a_quotation_takes_what_a_tool_sends_whose_tones_are_characters_of_their_own() -> Told {
    within("> ", "telex-compound")
}

/// Types `before`, then all the words on its last line.
fn within(before: &str, name: &str) -> Told {
    long_story(Opens::empty(), async |desk| {
        let keyboard = begins(desk).await?;
        desk.copies_text(before)?;
        keyboard.strikes(&["Ctrl+v"])?;
        is_on_disk(desk, before).await?;

        let stream = Stream::read(name)?.some(0, 1, usize::MAX);
        types_at_the_caret(desk, &keyboard, &stream, (before, "")).await
    })
}

/// The fields that are to be seen and take words, by their names.
const FIELDS: &str = "return [...document.querySelectorAll('input[type=text], input[type=search], input:not([type]), textarea')]
    .filter((one) => !one.readOnly && !one.disabled && one.checkVisibility({ visibilityProperty: true })
        && one.closest('[inert]') === null)";

#[test]
fn every_field_of_an_article_takes_what_the_tools_send() -> Told {
    long_story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.press(button("More fields").in_part()).await?;
        desk.press(tab("Pictures")).await?;
        let keyboard = desk.keyboard()?;
        let every = every_field(desk, &keyboard).await?;
        for field in ["Kicker", "Headline", "Standfirst", "Byline", "Caption", "Alt text", "Credit"] {
            assert!(every.iter().any(|name| name.contains(field)), "{field} was not among {every:?}");
        }
        Ok(())
    })
}

#[test]
fn the_box_that_finds_and_the_dialogs_take_what_the_tools_send() -> Told {
    long_story(Opens::sample(), async |desk| {
        let keyboard = desk.keyboard()?;
        desk.press(searchbox("Find everything")).await?;
        let stream = Stream::read("telex-backspace")?.some(40, 9, 8);
        takes(desk, &keyboard, &stream).await?;
        desk.press("Clear the search").await?;

        desk.press("Take in a page").await?;
        desk.press(textbox("Page")).await?;
        takes(desk, &keyboard, &Stream::read("vni-backspace")?.some(41, 9, 8)).await?;
        desk.press("Cancel").await?;

        desk.opens("Phiên chợ sớm").await?;
        desk.press("Hold…").await?;
        desk.press(textbox("Reason")).await?;
        takes(desk, &keyboard, &Stream::read("telex-shift-left")?.some(2, 3, 8)).await?;
        Ok(())
    })
}

/// Types into every field that is to be seen, instead of what is there, and returns their names.
async fn every_field(desk: &Desk, keyboard: &Keyboard) -> Result<Vec<String>> {
    let count = desk.run(&format!("{FIELDS}.length"), vec![]).await?.as_u64().unwrap_or_default();
    let mut names = Vec::new();
    for number in 0..usize::try_from(count)? {
        names.push(one_field(desk, keyboard, number).await?);
    }
    Ok(names)
}

async fn one_field(desk: &Desk, keyboard: &Keyboard, number: usize) -> Result<String> {
    // In a field WebKitGTK takes a letter back together with its combining tone: no tool of that kind can write there.
    let tools = FILES.map(|(name, ..)| name).into_iter().filter(|name| !name.ends_with("compound"));
    let tools: Vec<_> = tools.collect();
    let stream = Stream::read(tools[number % tools.len()])?.some(number * 3, 5, 6);
    let focus = format!("const one = (() => {{ {FIELDS} }})()[{number}]; one.focus(); one.select();
        return [one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? '', one.dataset.field ?? '']");
    let named = desk.run(&focus, vec![]).await?;
    let name = named[0].as_str().unwrap_or_default().to_owned();
    let wanted = takes(desk, keyboard, &stream).await.context(name.clone())?;
    if let Some(field) = WRITTEN.iter().find(|field| named[1] == **field) {
        let kept = format!("SELECT count(*) FROM articles WHERE {field} = '{wanted}'");
        desk.counts(&kept, 1).await.context(name.clone())?;
    }
    Ok(name)
}

/// The fields whose words are kept as they are typed.
const WRITTEN: [&str; 7] =
    ["kicker", "headline", "standfirst", "byline", "translator", "source_paper", "original_headline"];

/// Types into the field that has the focus. Returns what it then holds, with the caret behind it.
async fn takes(desk: &Desk, keyboard: &Keyboard, stream: &Stream) -> Result<String> {
    keyboard.strikes(&stream.keys())?;
    keyboard.strikes(&["."])?;
    holds(desk, format!("{}.", stream.text())).await
}

/// Waits until the field that has the focus holds the words, with the caret behind them.
async fn holds(desk: &Desk, wanted: String) -> Result<String> {
    let ask =
        "const one = document.activeElement; return [one.value, one.selectionStart === one.value.length]";
    let mut last = serde_json::Value::Null;
    let mut quiet = 0;
    while quiet < 100 {
        let now = desk.run(ask, vec![]).await?;
        if now[0].as_str() == Some(&wanted) {
            ensure!(now[1] == true, "the caret is not behind the words");
            return Ok(wanted);
        }
        quiet = if now == last { quiet + 1 } else { 0 };
        last = now;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("{wanted:?} was meant, there is {last}")
}

/// Types words through a real UniKey: into the body, in the middle of a word, and into fields.
#[allow(clippy::print_stderr, reason = "a test that cannot be done here says so")]
fn through_unikey(method: &'static str, scheme: &'static vietnamese::Scheme, skip: usize) -> Told {
    if let Some(missing) = e2e::ibus::is_missing() {
        eprintln!("not done: {missing}");
        return Ok(());
    }
    let words = words()?;
    let pressed = |word: &String, number: usize| {
        let habit = vietnamese::HABITS[number % vietnamese::HABITS.len()];
        let keys = vietnamese::pressed(word, scheme, habit).into_iter().map(String::from);
        Typed { word: word.clone(), keys: keys.chain(["space".into()]).collect() }
    };
    let typed = words.iter().skip(skip).step_by(5).enumerate().map(|(number, word)| pressed(word, number));
    let stream = Stream(typed.collect());
    long_story(Opens { input_method: Some(InputMethod::Unikey(method)), ..Opens::seed() }, async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        let keyboard = desk.keyboard()?;
        for field in ["Kicker", "Headline", "Standfirst"] {
            desk.press(textbox(field)).await?;
            keyboard.strikes(&["Ctrl+a"])?;
            let some = Stream::read("telex-backspace")?.some(field.len(), 31, 9);
            let some = Stream(
                some.0.iter().enumerate().map(|(number, typed)| pressed(&typed.word, number)).collect(),
            );
            takes(desk, &keyboard, &some).await.context(field)?;
        }

        desk.press(textbox("Body")).await?;
        keyboard.strikes(&["Ctrl+Home", "Right", "Right"])?;
        let before = body(desk)?;
        let at = before.char_indices().nth(2).map_or(0, |(at, _)| at);
        types_at_the_caret(desk, &keyboard, &stream, before.split_at(at)).await
    })
}

#[test]
fn a_real_unikey_writes_telex_into_fields_and_text_as_it_was_meant() -> Told {
    through_unikey("telex", &TELEX, 0)
}

#[test]
fn a_real_unikey_writes_vni_into_fields_and_text_as_it_was_meant() -> Told {
    through_unikey("vni", &VNI, 2)
}
