use std::collections::BTreeSet;

use jiff::{
    ToSpan as _,
    tz::{Offset, TimeZoneDatabase},
};

use super::*;

/// The zones of the release, not those of the machine: the same everywhere.
fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).expect("a zone")
}

fn zone_of(words: &str) -> Option<TimeZone> {
    match words {
        "berlin" => Some(zone("Europe/Berlin")),
        "new york" => Some(zone("America/New_York")),
        "viet nam" => Some(zone("Asia/Ho_Chi_Minh")),
        other => TimeZoneDatabase::bundled().get(other).ok(),
    }
}

/// Wednesday 25 November 2026, 13:20 in Vietnam.
const NOW: &str = "2026-11-25T06:20:30Z";

fn read_at(now: &str, home: &str, text: &str) -> Option<Meant> {
    read(text, now.parse().expect("a time"), &zone(home), &zone_of)
}

fn in_vietnam(text: &str) -> Option<String> {
    match read_at(NOW, "Asia/Ho_Chi_Minh", text)? {
        Meant::At(time) => Some(time.strftime("%Y-%m-%d %H:%M %Z").to_string()),
        other @ (Meant::Skipped { .. } | Meant::Twice { .. }) => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_time_is_read_as_people_type_it() {
    let table = [
        ("18:00", "2026-11-25 18:00 +07"),
        ("18h30", "2026-11-25 18:30 +07"),
        ("18h", "2026-11-25 18:00 +07"),
        ("18g30", "2026-11-25 18:30 +07"),
        ("18 giờ 30", "2026-11-25 18:30 +07"),
        ("6 giờ rưỡi chiều", "2026-11-25 18:30 +07"),
        ("6:30 pm", "2026-11-25 18:30 +07"),
        ("6pm", "2026-11-25 18:00 +07"),
        ("12am", "2026-11-26 00:00 +07"),
        ("7:00", "2026-11-26 07:00 +07"), // over for today
        ("6h sáng", "2026-11-26 06:00 +07"),
        ("mai 6:00", "2026-11-26 06:00 +07"),
        ("6h sáng mai", "2026-11-26 06:00 +07"),
        ("ngày mai 6 giờ", "2026-11-26 06:00 +07"),
        ("tomorrow at 6:00", "2026-11-26 06:00 +07"),
        ("tối nay 8h", "2026-11-25 20:00 +07"),
        ("11h đêm nay", "2026-11-25 23:00 +07"),
        ("hôm nay 7:00", "2026-11-25 07:00 +07"), // past, and said to be
        ("ngày kia 5:05", "2026-11-27 05:05 +07"),
        ("25/11 18:00", "2026-11-25 18:00 +07"),
        ("18:00 25/11/2026", "2026-11-25 18:00 +07"),
        ("18:00, 25.11.2026", "2026-11-25 18:00 +07"),
        ("2026-12-01 05:00", "2026-12-01 05:00 +07"),
        ("24/11 18:00", "2026-11-24 18:00 +07"), // past
        ("2/1 18:00", "2027-01-02 18:00 +07"),
        ("6h 1 tháng 12", "2026-12-01 06:00 +07"),
        ("1 tháng 12 năm 2026 lúc 6h", "2026-12-01 06:00 +07"),
        ("1 December 2026 6:00", "2026-12-01 06:00 +07"),
        ("Dec 1st 6:00", "2026-12-01 06:00 +07"),
        ("thứ hai 6:00", "2026-11-30 06:00 +07"),
        ("thứ hai tới 6:00", "2026-11-30 06:00 +07"),
        ("tối thứ hai 7h", "2026-11-30 19:00 +07"),
        ("thứ 4 18:00", "2026-11-25 18:00 +07"),
        ("thứ tư 6:00", "2026-12-02 06:00 +07"),
        ("CN 6:00", "2026-11-29 06:00 +07"),
        ("chủ nhật 6:00", "2026-11-29 06:00 +07"),
        ("thu 6:00", "2026-11-26 06:00 +07"),
        ("friday 6:00", "2026-11-27 06:00 +07"),
        ("+2h", "2026-11-25 15:20 +07"),
        ("in 30 minutes", "2026-11-25 13:50 +07"),
        ("30 phút nữa", "2026-11-25 13:50 +07"),
        ("sau 2 giờ", "2026-11-25 15:20 +07"),
        ("18:00 Berlin", "2026-11-25 18:00 CET"),
        ("7:00 New York", "2026-11-25 07:00 EST"), // still to come there
        ("18:00 giờ Berlin", "2026-11-25 18:00 CET"),
        ("18:00 Berlin time", "2026-11-25 18:00 CET"),
        ("18 giờ Việt Nam", "2026-11-25 18:00 +07"),
        ("mai 6:00 Europe/Berlin", "2026-11-26 06:00 CET"),
        ("2026-11-25T18:00:00+07:00", "2026-11-25 18:00 +07"),
        ("2026-11-25T17:00:00Z[Europe/Berlin]", "2026-11-25 18:00 CET"),
    ];
    for (text, want) in table {
        assert_eq!(in_vietnam(text).as_deref(), Some(want), "{text}");
    }
}

#[test]
fn what_is_no_time_is_none() {
    let table = [
        "",
        "mai",
        "25/11",
        "18",
        "18:0",
        "24:00",
        "12:60",
        "18:00 18:30",
        "mai mốt 6:00",
        "31/2 6:00",
        "18:00 Nowhere",
        "hôm kia nọ",
        "18.30",
        "sau 30",
        "+h",
        "+99999999h",
        "in 9999 hours nữa",
        "6:00 thứ chín",
        "18:00 tháng 11",
        "ai cũng vui",
        "99/99/9999 6:00",
        "٣:٠٠",
        "\u{0}",
        "6:00[",
        "2026-11-25T17:00:00Z[Nowhere/At_All]",
    ];
    for text in table {
        assert_eq!(read_at(NOW, "Asia/Ho_Chi_Minh", text), None, "{text}");
    }
}

#[test]
fn a_time_that_the_clocks_skip_is_told_with_the_times_around_it() {
    let meant = read_at("2026-03-28T12:00:00Z", "Europe/Berlin", "mai 2:30");

    let Some(Meant::Skipped { earlier, later }) = meant else { panic!("{meant:?}") };
    assert_eq!(as_stored(&earlier), "2026-03-29T00:30:00Z[Europe/Berlin]");
    assert_eq!(later.strftime("%H:%M").to_string(), "03:30");
}

#[test]
fn a_time_that_comes_twice_is_told_twice() {
    let meant = read_at("2026-10-24T12:00:00Z", "Europe/Berlin", "25/10 2:30");

    let Some(Meant::Twice { first, second }) = meant else { panic!("{meant:?}") };
    assert_eq!(as_stored(&first), "2026-10-25T00:30:00Z[Europe/Berlin]");
    assert_eq!(as_stored(&second), "2026-10-25T01:30:00Z[Europe/Berlin]");
}

#[test]
fn what_is_stored_is_read_back_as_it_was() {
    for text in ["2026-11-25T11:00:00Z[Asia/Ho_Chi_Minh]", "2026-10-25T01:30:00Z[Europe/Berlin]"] {
        let Some(Meant::At(time)) = read_at(NOW, "Asia/Ho_Chi_Minh", text) else { panic!("{text}") };
        assert_eq!(as_stored(&time), text);
    }
    assert_eq!(stored("2026-11-25T11:00:00Z").map(|(_, zone)| zone), Some(""));
    assert_eq!(stored("mai"), None);
}

/// Every zone there is, at every change of its clocks in three years, on both sides of the change and in it: what is
/// read is what a clock on the wall there shows, as often as it shows it.
#[test]
fn in_every_zone_what_is_read_is_what_the_clock_there_shows() {
    let (start, end): (Timestamp, Timestamp) =
        ("2025-06-01T00:00:00Z".parse().expect("a time"), "2028-06-01T00:00:00Z".parse().expect("a time"));
    let database = TimeZoneDatabase::bundled();
    let (mut skipped, mut twice, mut once, mut zones) = (0, 0, 0, 0);
    for name in database.available() {
        let zone = database.get(name.as_str()).expect("a zone");
        zones += 1;
        let changes = zone.following(start).map(|change| change.timestamp()).take_while(|at| *at < end);
        for change in changes.chain([start]) {
            let hours = (-6..=6).map(|by: i64| change + by.hours());
            let offsets = hours.map(|at| zone.to_offset(at)).collect();
            for minutes in [-150, -90, -59, -30, -1, 0, 1, 30, 59, 90, 150] {
                let wall = (change + minutes.minutes()).to_zoned(zone.clone()).datetime();
                for wall in [wall, wall + 60.minutes()] {
                    let shown = instants_showing(wall, &offsets, &zone);
                    let text = wall.strftime("%H:%M %d/%m/%Y").to_string();
                    let meant = read(&text, start, &zone, &|_| None);
                    match (&meant, shown.as_slice()) {
                        (Some(Meant::At(time)), [at]) if time.timestamp() == *at => once += 1,
                        (Some(Meant::Twice { first, second }), [a, b])
                            if first.timestamp() == *a && second.timestamp() == *b =>
                        {
                            twice += 1;
                        }
                        (Some(Meant::Skipped { earlier, later }), []) => {
                            skipped += 1;
                            assert!(
                                earlier.datetime() < wall && wall < later.datetime(),
                                "{} {text}",
                                name.as_str()
                            );
                        }
                        _ => panic!("{} {text}: {meant:?}, shown at {shown:?}", name.as_str()),
                    }
                }
            }
        }
    }

    assert!(zones > 500 && skipped > 500 && twice > 500 && once > 5000, "{zones} {skipped} {twice} {once}");
}

/// Returns when the clock shows `wall`, tried by every offset the zone has within hours of the change.
fn instants_showing(wall: DateTime, offsets: &BTreeSet<Offset>, zone: &TimeZone) -> Vec<Timestamp> {
    let instants = offsets.iter().map(|offset| offset.to_timestamp(wall).expect("a time"));
    let mut shown: Vec<Timestamp> =
        instants.filter(|at| at.to_zoned(zone.clone()).datetime() == wall).collect();
    shown.sort();
    shown
}
