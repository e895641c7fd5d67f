//! `docs/cli.md` names every word and every option that the program itself names.

use std::{fs, path::Path, process::Command};

fn help(words: &[&str]) -> String {
    let said = Command::new(env!("CARGO_BIN_EXE_toasoan")).args(words).arg("--help").output();
    let said = said.expect("the program runs");
    assert!(said.status.success(), "{words:?} has no help");
    String::from_utf8(said.stdout).expect("help is text")
}

/// The words that a help text lists under its commands.
fn words(help: &str) -> Vec<&str> {
    let Some((_, commands)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    commands
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

/// The options that a help text names, but for those that need no page.
fn options(help: &str) -> Vec<&str> {
    help.lines()
        .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")))
        .filter(|option| !["--help", "--version"].contains(option))
        .collect()
}

#[test]
fn every_word_and_option_is_described() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md")).expect("docs/cli.md");
    let main = help(&[]);
    let of_groups = ["portal", "template", "log"].map(|group| (group, help(&[group])));

    let described: Vec<(String, String)> = words(&main)
        .into_iter()
        .filter(|word| of_groups.iter().all(|(group, _)| group != word))
        .map(|word| (word.to_owned(), help(&[word])))
        .chain(of_groups.iter().flat_map(|(group, said)| {
            words(said).into_iter().map(move |word| (format!("{group} {word}"), help(&[group, word])))
        }))
        .collect();

    for option in options(&main) {
        assert!(page.contains(option), "docs/cli.md does not name {option}");
    }
    for (word, help) in described {
        assert!(page.contains(&format!("**`{word}")), "docs/cli.md has no paragraph for {word}");
        for option in options(&help) {
            assert!(page.contains(option), "docs/cli.md does not name {option} of {word}");
        }
    }
}
