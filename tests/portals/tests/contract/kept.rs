//! What each portal kept of the contract in this run, as `docs/portals.md` tells it. Where the page says otherwise the run
//! fails; with `TOASOAN_WRITE_DOCS=1` the page is written anew.

use std::{
    collections::BTreeMap,
    env, fs,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context as _, Result, ensure};
use portal::{native::Native, wordpress::Wordpress};
use portals::wordpress::WordPress;
use protocol::Caps;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/portals.md");
const BEGIN: &str = "<!-- written by the contract's test, from here -->\n";
const END: &str = "<!-- to here -->\n";

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    Local,
    WordPress,
    WithPlugin,
}

const PORTALS: [(On, &str, Caps); 3] = [
    (On::Local, "the local portal", Native::CAPS),
    (On::WordPress, "plain WordPress", Wordpress::CAPS),
    (On::WithPlugin, "WordPress with the plugin", Wordpress::CAPS_WITH_PLUGIN),
];

type Promise = fn(&Caps) -> bool;

/// A promise's words, and which it is.
const PROMISES: [(&str, Promise); 7] = [
    ("the same twice has one effect", |caps| caps.idempotent),
    ("refuses to overwrite what the desk has not seen", |caps| caps.preconditions),
    ("knows a picture by its bytes", |caps| caps.pictures_by_hash),
    ("keeps credits and the source as data", |caps| caps.credits_as_data),
    ("knows the language of an edition", |caps| caps.language_as_data),
    ("answers 410 for what was taken down or killed, and never takes a killed article again", |caps| {
        caps.gone_for_good
    }),
    ("keeps notices of corrections as data", |caps| caps.notices_as_data),
];

static KEPT: Mutex<BTreeMap<(&str, On), bool>> = Mutex::new(BTreeMap::new());

/// Notes whether a row was kept.
pub fn note(row: &'static str, on: On, kept: Result<()>) -> Result<()> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).insert((row, on), kept.is_ok());
    kept
}

/// The promise without which the desk has to look first, and again afterwards, for the row to be kept.
fn rests_on(row: &str) -> Option<Promise> {
    match row {
        "the_same_decision_twice_has_one_effect"
        | "an_answer_lost_anywhere_leaves_one_article_and_three_pictures"
        | "a_request_lost_anywhere_leaves_one_article_and_three_pictures"
        | "what_was_never_sent_was_not_applied"
        | "a_correction_that_loses_anything_is_made_once"
        | "two_desks_at_once_publish_once" => Some(|caps| caps.idempotent),
        "what_the_desk_has_not_seen_is_not_overwritten" => Some(|caps| caps.preconditions),
        "a_picture_is_there_once_however_often_it_is_sent" => Some(|caps| caps.pictures_by_hash),
        _ => None,
    }
}

fn cell(row: &str, kept: bool, caps: &Caps) -> &'static str {
    match (kept, rests_on(row).is_none_or(|promise| promise(caps))) {
        (false, _) => "**not kept**",
        (true, true) => "kept",
        (true, false) => "kept by the desk's looking",
    }
}

/// Runs last: what was kept stands in the docs. A run of some rows only has nothing to say.
pub async fn what_each_keeps_stands_in_the_docs(_site: &WordPress) -> Result<()> {
    let Some(tables) = tables() else { return Ok(()) };
    let page = fs::read_to_string(PAGE).context("docs/portals.md")?;
    let (before, rest) = page.split_once(BEGIN).context("its table begins somewhere")?;
    let (_, after) = rest.split_once(END).context("its table ends somewhere")?;
    let wanted = format!("{before}{BEGIN}{tables}{END}{after}");
    if env::var_os("TOASOAN_WRITE_DOCS").is_some() {
        fs::write(PAGE, &wanted)?;
        return Ok(());
    }
    ensure!(
        page == wanted,
        "docs/portals.md says otherwise; run this once with TOASOAN_WRITE_DOCS=1: {tables}"
    );
    Ok(())
}

fn tables() -> Option<String> {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let head = format!("| | {} |\n|---|---|---|---|\n", PORTALS.map(|(_, name, _)| name).join(" | "));
    let mut tables = format!("\n{head}");
    for row in crate::ROWS {
        let cells: Option<Vec<&str>> = PORTALS
            .iter()
            .map(|(on, _, caps)| kept.get(&(*row, *on)).map(|kept| cell(row, *kept, caps)))
            .collect();
        tables.push_str(&format!("| {} | {} |\n", row.replace('_', " "), cells?.join(" | ")));
    }
    tables.push_str(&format!(
        "\nWhat each promises of itself, held against what it does in the rows above:\n\n{head}"
    ));
    for (words, promise) in PROMISES {
        let cells = PORTALS.map(|(_, _, caps)| if promise(&caps) { "yes" } else { "no" });
        tables.push_str(&format!("| {words} | {} |\n", cells.join(" | ")));
    }
    tables.push('\n');
    Some(tables)
}
