//! The newsroom's words and one's own.

use desk::{WordKept, WordsAsked};

use crate::newsroom::Newsroom;

fn kept(word: &str, shared: bool) -> WordKept {
    WordKept { word: word.into(), shared }
}

#[tokio::test]
async fn words_are_kept_once_on_each_list_and_are_there_at_the_next_start() {
    let mut newsroom = Newsroom::open().await;
    for word in [
        kept("Xuân Thiện", true),
        kept("sapô", true),
        kept("sapô", true),
        kept("sapô", false),
        kept("  ", true),
    ] {
        newsroom.desk.keep_word(&word).expect("a word");
    }

    newsroom.reopen();

    let words = newsroom.desk.kept_words().expect("the lists");
    assert_eq!(words.len(), 3, "{words:?}");
    newsroom.desk.forget_word(&kept("sapô", true)).expect("forgotten");
    assert_eq!(
        newsroom.desk.kept_words().expect("the lists"),
        [kept("Xuân Thiện", true), kept("sapô", false)]
    );
}

#[tokio::test]
async fn without_a_dictionary_of_the_articles_language_no_word_is_wrong() {
    let newsroom = Newsroom::open().await;
    let asked = WordsAsked { language: "tlh".into(), words: vec!["nuqneH".into(), "phêê".into()] };

    let checked = newsroom.desk.check_words(&asked).expect("an answer");

    assert!(checked.wrong.is_empty(), "{checked:?}");
    assert!(checked.missing.contains(&"tlh".into()), "{checked:?}");
}
