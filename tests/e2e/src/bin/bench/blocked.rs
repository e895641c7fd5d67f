//! How long a window hears no key while a person works in a text that nobody writes.

use std::path::Path;

use desk::{Clock, Desk, SessionSecrets};
use e2e::{Context, Result, blocked, hostile, spot};
use tempfile::TempDir;

use crate::{
    figures::{Figure, percentile},
    typing::opens,
};

/// The article that is gone to when one of the others is left.
const ANOTHER: &str = "Chợ nổi";
/// What a person may feel as a jolt.
const BAR_MS: f64 = 50.0;

pub async fn figures(app: &Path) -> Result<Vec<Figure>> {
    let texts = hostile::texts();
    println!("preparing a desk of {} texts that nobody writes", texts.len());
    let folder = desk_of(&texts)?;
    let (mut ours, mut whole) = (Vec::new(), Vec::new());
    for (name, _) in &texts {
        // Each in a window of its own: the memory of one is not the trouble of the next.
        let desk = e2e::Desk::open(opens(app, &folder)).await?;
        desk.sees(spot::list("Articles")).await?;
        for act in blocked::ACTS {
            let seen = blocked::during(&desk, act, name, ANOTHER).await;
            let seen = seen.with_context(|| format!("{name}, {act:?}"))?;
            if seen.whole > BAR_MS {
                println!("{name}, {act:?}: script and whole of each stretch {:?} ms", seen.gaps);
            }
            ours.push(seen.script);
            whole.push(seen.whole);
        }
    }
    Ok(vec![
        Figure::ms("blocked_script_p95_ms", percentile(&ours, 95), BAR_MS),
        Figure::ms("blocked_script_max_ms", percentile(&ours, 100), BAR_MS),
        Figure::ms("blocked_whole_p95_ms", percentile(&whole, 95), BAR_MS),
        Figure::ms("blocked_whole_max_ms", percentile(&whole, 100), BAR_MS),
    ])
}

fn desk_of(texts: &[(&str, String)]) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let home = folder.path().join("desk");
    let desk = Desk::open(&home, "Lan", Box::new(SessionSecrets::default()), Clock::system())?;
    let another = (ANOTHER, "Chợ nổi họp từ sáng.".to_owned());
    for (headline, body) in texts.iter().chain([&another]) {
        let id = desk.new_article("vi")?.id;
        let fields = [("headline", (*headline).to_owned()), ("body", body.clone())];
        desk.set_fields(id, &fields.map(|(name, value)| (name.to_owned(), value)))?;
    }
    Ok(folder)
}
