//! The window killed in the middle of a word, as by a power cut. `make bench-long` does it a hundred times, and measures.

use std::time::Duration;

use e2e::{Opens, Told, killing::kills};

/// The journal's 300 ms, and the time of a busy machine's disk and window; the bench has the figure.
const AT_MOST: Duration = Duration::from_millis(2000);

#[test]
fn a_window_killed_while_one_types_numbered_words_misses_the_last_ones_at_most_and_has_its_caret() -> Told {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;

    let losses = runtime.block_on(kills(Opens::empty(), 3))?;

    assert_eq!(losses.len(), 3);
    for loss in losses {
        assert!(loss.missing <= AT_MOST, "{loss:?}");
        assert!(loss.caret_in_place, "{loss:?}");
    }
    Ok(())
}
