//! Which backup was made last is told by its number, not by a clock that may have been set back.

use std::fs;

use crate::backups::{DAY, HOUR, Place, body, write};

#[test]
fn a_damaged_desk_is_put_right_from_what_was_backed_up_last_though_the_clock_was_set_back() {
    let place = Place::new();
    let desk = place.open();
    let id = desk.new_article("vi").expect("an article").id;
    write(&desk, id, "trước");
    desk.back_up().expect("a backup of a clock that is ahead");
    place.passes(-3 * DAY);
    write(&desk, id, "sau");
    let last = desk.back_up().expect("a backup of the right clock");
    assert_eq!(desk.last_backup(), Some(last.made_at));
    drop(desk);
    assert_eq!(place.backups().last(), Some(&last), "by its name it is the oldest");
    fs::write(place.database(), vec![0x5a; 40_000]).expect("nothing of the database is left");

    let desk = place.open();

    assert_eq!(desk.recovered().expect("it was put right").backup, Some(last.name));
    assert_eq!(body(&desk, id), "sau");
}

#[test]
fn after_an_older_backup_was_put_back_the_next_one_is_the_last_made() {
    let place = Place::new();
    let desk = place.open();
    let id = desk.new_article("vi").expect("an article").id;
    let first = desk.back_up().expect("a backup").name;
    for number in 0..3 {
        place.passes(HOUR);
        write(&desk, id, &format!("bản {number}"));
        desk.back_up().expect("another");
    }
    drop(desk);
    desk::restore(&place.folder(), &first, &place.clock()).expect("it is put back");
    place.passes(-DAY);

    let desk = place.open();
    write(&desk, id, "viết lại");
    let last = desk.back_up().expect("one more");

    assert_eq!(desk.last_backup(), Some(last.made_at));
}
