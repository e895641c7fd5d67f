use domain::{
    article::{Article, Fields},
    ids::StoryId,
    stage::Stage,
};
use uuid::Uuid;

use super::*;
use crate::{Store, articles, people};

const ARTICLE: ArticleId = ArticleId(Uuid::from_u128(1));
const LAN: PersonId = PersonId(Uuid::from_u128(3));

fn store() -> Result<Store> {
    let store = Store::open_in_memory()?;
    let article = Article {
        id: ARTICLE,
        story: StoryId(Uuid::from_u128(2)),
        translated_from: None,
        stage: Stage::Draft,
        edits: 0,
        by: LAN,
        created_at: 1,
        saved_at: 1,
        approval_lapsed: None,
        fields: Fields { language: "vi".into(), ..Fields::default() },
        body: String::new(),
    };
    store.write(|tx| {
        people::add(tx, LAN, "Lan", 1)?;
        articles::add(tx, &article)
    })?;
    Ok(store)
}

fn body(edits: usize) -> String {
    (0..60 + edits)
        .map(|at| format!("Câu số {} kể chuyện chợ nổi, mùa nước thứ {at}.\n\n", at * 31 % 97))
        .collect()
}

fn revision(body: String, made_at: i64) -> Revision {
    Revision::new(ARTICLE, Document { body, ..Document::default() }, Vec::new(), LAN, made_at)
}

/// Keeps so many revisions, each a sentence longer than the one before.
fn many(store: &Store, count: usize) -> Result<Vec<Revision>> {
    let revisions: Vec<_> = (0_i64..).zip(0..count).map(|(at, edits)| revision(body(edits), at)).collect();
    store.write(|tx| revisions.iter().try_for_each(|one| keep(tx, one, Occasion::Quiet, None)))?;
    Ok(revisions)
}

fn number(store: &Store, sql: &str) -> Result<i64> {
    store.read::<_, Error>(|conn| Ok(conn.query_row(sql, [], |row| row.get(0))?))
}

#[test]
fn every_revision_is_read_as_it_was_kept_and_most_of_them_take_next_to_nothing() -> Result<()> {
    let store = store()?;

    let kept = many(&store, 40)?;

    for revision in &kept {
        assert_eq!(store.read(|conn| get(conn, revision.id))?, *revision);
    }
    let full = number(&store, "SELECT count(*) FROM revisions WHERE base IS NULL")?;
    assert_eq!(full, 3, "one in seventeen");
    let largest = number(&store, "SELECT max(length(packed)) FROM revisions WHERE base IS NOT NULL")?;
    assert!(largest < 400, "{largest} bytes beside {}", body(0).len());
    Ok(())
}

#[test]
fn another_text_altogether_is_kept_in_full() -> Result<()> {
    let store = store()?;
    many(&store, 2)?;
    let other: String =
        (0..400_u64).map(|at| format!("{:x} ", at.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();

    store.write(|tx| keep(tx, &revision(other, 9), Occasion::Quiet, None))?;

    assert_eq!(number(&store, "SELECT count(*) FROM revisions WHERE base IS NULL")?, 2);
    Ok(())
}

#[test]
fn a_damaged_revision_is_told_and_the_next_one_is_kept_all_the_same() -> Result<()> {
    let store = store()?;
    let kept = many(&store, 3)?;
    store.write::<_, Error>(|tx| {
        let mut packed: Vec<u8> =
            tx.query_row("SELECT packed FROM revisions WHERE base IS NULL", [], |row| row.get(0))?;
        let middle = packed.len() / 2;
        packed[middle] ^= 0xff;
        tx.execute("UPDATE revisions SET packed = ?1 WHERE base IS NULL", [packed])?;
        Ok(())
    })?;

    for revision in &kept {
        let read = store.read(|conn| get(conn, revision.id));
        assert!(matches!(read, Err(Error::RevisionDamaged(id)) if id == revision.id), "{read:?}");
    }
    let next = revision(body(3), 9);
    store.write(|tx| keep(tx, &next, Occasion::Quiet, None))?;
    let head = store.read(|conn| head(conn, ARTICLE))?.expect("a revision");
    assert_eq!(head, Head { id: next.id, content_hash: next.content_hash, made_at: 9 });
    Ok(())
}

#[test]
fn revisions_of_before_there_was_packing_are_read_and_packed_with_the_next_one() -> Result<()> {
    let store = store()?;
    let (old, next) = (revision(body(0), 1), revision(body(1), 2));
    store.write::<_, Error>(|tx| {
        keep(tx, &old, Occasion::Step, None)?;
        tx.execute("UPDATE revisions SET packed = ?1", [serde_json::to_vec(&old.document)?])?;
        Ok(())
    })?;

    assert_eq!(store.read(|conn| get(conn, old.id))?, old);
    store.write(|tx| keep(tx, &next, Occasion::Quiet, None))?;

    assert_eq!(number(&store, "SELECT count(*) FROM revisions WHERE substr(packed, 1, 1) = x'7b'")?, 0);
    for revision in [old, next] {
        assert_eq!(store.read(|conn| get(conn, revision.id))?, revision);
    }
    Ok(())
}

#[test]
fn what_a_revision_says_is_never_changed_and_it_is_never_dropped() -> Result<()> {
    let store = store()?;
    many(&store, 1)?;

    for sql in [
        "UPDATE revisions SET content_hash = x'00'",
        "UPDATE revisions SET made_at = 7",
        "UPDATE revisions SET occasion = 'closing'",
        "DELETE FROM revisions",
    ] {
        let refused = store.write::<_, Error>(|tx| Ok(tx.execute_batch(sql)?));
        assert!(refused.is_err(), "{sql}");
    }
    Ok(())
}
