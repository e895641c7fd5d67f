//! A keyboard: key events as the X server gives them, and all letters of Vietnamese on keys of their own, as the tools
//! have them that write into other programs' windows.

use std::{thread, time::Duration};

use anyhow::{Context, Result, ensure};
use x11rb::{
    connection::Connection,
    protocol::{
        xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT},
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

use crate::{desk::Desk, vietnamese};

const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;
/// The keys of players and phones, which no test presses.
const SPECIAL: std::ops::RangeInclusive<u32> = 0x1008_fe00..=0x1008_ffff;

pub struct Keyboard {
    server: RustConnection,
    /// Of each keycode from `first` on: what it gives alone and with Shift.
    keys: Vec<[u32; 2]>,
    first: u8,
    /// Between two events.
    pub pause: Duration,
}

impl Desk {
    /// Returns a keyboard of this desk's screen.
    ///
    /// # Errors
    /// When the X server gives none.
    pub fn keyboard(&self) -> Result<Keyboard> {
        let display = self.screen.run("printenv", &["DISPLAY"])?;
        let (server, _) = x11rb::connect(Some(&display)).context("the screen takes no keys")?;
        let mut keyboard = Keyboard { server, keys: Vec::new(), first: 0, pause: Duration::from_millis(2) };
        keyboard.read()?;
        keyboard.put_letters()?;
        Ok(keyboard)
    }
}

impl Keyboard {
    fn read(&mut self) -> Result<()> {
        let setup = self.server.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let answer = self.server.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        let each = usize::from(answer.keysyms_per_keycode);
        let both = |keysyms: &[u32]| [keysyms[0], keysyms.get(1).copied().unwrap_or_default()];
        self.keys = answer.keysyms.chunks(each).map(both).collect();
        self.first = first;
        Ok(())
    }

    /// Puts every letter that is missing on a key that nobody needs, small and large.
    fn put_letters(&mut self) -> Result<()> {
        let mut free = (0..self.keys.len())
            .rev()
            .filter(|place| self.keys[*place].iter().all(|keysym| *keysym == 0 || SPECIAL.contains(keysym)))
            .collect::<Vec<_>>()
            .into_iter();
        let missing =
            vietnamese::letters().into_iter().chain("\u{202f}\u{300}\u{301}\u{303}\u{309}\u{323}".chars());
        for letter in missing {
            if self.keys.iter().any(|shown| shown.contains(&keysym(letter))) {
                continue;
            }
            let place = free.next().context("the keyboard has no free key left")?;
            let upper = letter.to_uppercase().next().unwrap_or(letter);
            self.keys[place] = [keysym(letter), keysym(upper)];
            let code = self.first + u8::try_from(place)?;
            self.server.change_keyboard_mapping(1, code, 2, &self.keys[place])?.check()?;
        }
        self.settle()?;
        thread::sleep(Duration::from_millis(300)); // the window reads the new map
        Ok(())
    }

    /// Presses the keys, one after the other, in whichever window has the focus: a letter, or as X names it
    /// (`BackSpace`, `Return`, `space`, `Left`, `Home`, `End`), with `Shift+` or `Ctrl+` before it.
    ///
    /// # Errors
    /// When the keyboard has no such key.
    pub fn strikes<K: AsRef<str>>(&self, keys: &[K]) -> Result<()> {
        for key in keys {
            self.strike(key.as_ref())?;
            if !self.pause.is_zero() {
                thread::sleep(self.pause);
            }
        }
        self.settle()
    }

    /// Presses the keys of a text that needs no input method.
    ///
    /// # Errors
    /// When a letter is on no key.
    pub fn writes(&self, text: &str) -> Result<()> {
        self.strikes(&text.chars().map(name).collect::<Vec<_>>())
    }

    fn strike(&self, key: &str) -> Result<()> {
        let (held, plain) = match key.split_once('+') {
            Some(("Shift", rest)) => (Some(SHIFT), rest),
            Some(("Ctrl", rest)) => (Some(CONTROL), rest),
            _ => (None, key),
        };
        let (code, shifted) = self.place(plain)?;
        let held = held.or_else(|| shifted.then_some(SHIFT));
        let held = held.map(|keysym| self.code_of(keysym).map(|(code, _)| code).context("a key to hold"));
        let held = held.transpose()?;
        if let Some(held) = held {
            self.event(KEY_PRESS_EVENT, held)?;
        }
        self.event(KEY_PRESS_EVENT, code)?;
        self.event(KEY_RELEASE_EVENT, code)?;
        if let Some(held) = held {
            self.event(KEY_RELEASE_EVENT, held)?;
        }
        Ok(self.server.flush()?)
    }

    fn place(&self, key: &str) -> Result<(u8, bool)> {
        self.code_of(named(key)?).with_context(|| format!("no key gives {key}"))
    }

    fn code_of(&self, keysym: u32) -> Option<(u8, bool)> {
        let find =
            |level: usize| self.keys.iter().position(|both| both[level] == keysym).map(|at| (at, level));
        let (place, level) = find(0).or_else(|| find(1))?;
        Some((self.first + u8::try_from(place).ok()?, level == 1))
    }

    fn event(&self, kind: u8, code: u8) -> Result<()> {
        self.server.xtest_fake_input(kind, code, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0)?;
        Ok(())
    }

    fn settle(&self) -> Result<()> {
        self.server.get_input_focus()?.reply()?; // the server has taken all that went before
        Ok(())
    }
}

fn name(letter: char) -> String {
    match letter {
        ' ' => "space".into(),
        '\n' => "Return".into(),
        other => other.into(),
    }
}

fn named(key: &str) -> Result<u32> {
    let mut letters = key.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Ok(keysym(letter));
    }
    let known = [
        ("BackSpace", 0xff08),
        ("Return", 0xff0d),
        ("Escape", 0xff1b),
        ("Home", 0xff50),
        ("Left", 0xff51),
        ("Right", 0xff53),
        ("End", 0xff57),
        ("space", 0x20),
    ];
    let found = known.iter().find(|(name, _)| *name == key);
    ensure!(found.is_some(), "nobody knows the key {key}");
    Ok(found.map_or(0, |(_, keysym)| *keysym))
}

/// Returns the X server's number of a letter.
fn keysym(letter: char) -> u32 {
    let code = u32::from(letter);
    if code < 0x100 { code } else { 0x0100_0000 + code }
}
