//! Large pictures go in pieces: they go on where they were cut off, and are a picture only once all of it is there.

use std::{path::PathBuf, sync::Mutex};

use portals::network::{Network, Trouble};
use protocol::LARGEST_IN_ONE;

use super::*;

const PIECE: usize = 4 << 20;
const SENDING: &str = "PATCH /dpp/v1/uploads";

/// Larger than what goes in one request: three pieces, the last a short one.
fn large() -> Vec<u8> {
    let mut bytes = PICTURE.to_vec();
    bytes.extend((0..LARGEST_IN_ONE).map(|at| u8::try_from(at % 251).expect("a byte")));
    bytes
}

async fn upload(native: &Native, bytes: &[u8]) -> (Result<(), Fault>, Vec<usize>) {
    let told = Mutex::new(Vec::new());
    let hear = |bytes| told.lock().expect("nobody panics").push(bytes);
    let (hash, words) = (Hash::of(bytes), PictureWords::default());
    let uploaded = native.upload(&PictureFile { hash, bytes, words: &words }, &hear).await;
    (uploaded, told.into_inner().expect("nobody panics"))
}

/// What has arrived when nothing more comes: the portal may be writing yet.
async fn until_it_rests(part: &std::path::Path) -> u64 {
    let length = || std::fs::metadata(part).expect("what arrived").len();
    loop {
        let before = length();
        tokio::time::sleep(Duration::from_millis(200)).await;
        if length() == before {
            return before;
        }
    }
}

impl Site {
    fn part_of(&self, bytes: &[u8]) -> PathBuf {
        self.home.path().join(format!("portal/uploads/{}.part", Hash::of(bytes)))
    }

    fn kept(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        std::fs::read(self.home.path().join(format!("portal/pictures/{}.jpg", Hash::of(bytes)))).ok()
    }

    async fn piece(&self, hash: Hash, offset: &str, complete: &str, kind: &str, bytes: &str) -> String {
        let (host, length) = (self.host(), bytes.len());
        let head = format!("PATCH /dpp/v1/uploads/{hash} HTTP/1.1\r\nHost: {host}\r\nConnection: close");
        let headers =
            format!("Content-Type: {kind}\r\nUpload-Offset: {offset}\r\nUpload-Complete: {complete}");
        let rest = format!("Authorization: Bearer {TOKEN}\r\nContent-Length: {length}\r\n\r\n{bytes}");
        self.raw(format!("{head}\r\n{headers}\r\n{rest}")).await
    }

    async fn how_far(&self, hash: Hash) -> String {
        self.get(&format!("/dpp/v1/uploads/{hash}"), &format!("Authorization: Bearer {TOKEN}\r\n")).await
    }
}

#[tokio::test]
async fn a_large_picture_goes_in_pieces_and_says_how_far_it_is() {
    let (site, bytes) = (Site::open().await, large());
    let network = Network::to(&site.running.url);

    let (uploaded, told) = upload(&speak_to(&network.url, TOKEN), &bytes).await;

    assert_eq!((uploaded, told), (Ok(()), vec![0, PIECE, 2 * PIECE, bytes.len()]));
    assert_eq!((network.seen(SENDING), network.requests().len()), (3, 4));
    assert!(site.kept(&bytes).as_ref() == Some(&bytes), "byte for byte");
    assert!(!site.part_of(&bytes).exists());
    let again = upload(&site.native(), &bytes).await;
    assert_eq!(again, (Ok(()), vec![bytes.len()]), "it is there");
}

#[tokio::test]
async fn a_small_one_goes_in_one_request() {
    let site = Site::open().await;
    let network = Network::to(&site.running.url);

    let uploaded = upload(&speak_to(&network.url, TOKEN), PICTURE).await;

    assert_eq!(uploaded, (Ok(()), vec![PICTURE.len()]));
    assert_eq!(network.requests().len(), 1);
}

#[tokio::test]
async fn what_was_cut_off_goes_on_from_the_last_byte_that_arrived() {
    let (site, bytes) = (Site::open().await, large());
    let network = Network::to(&site.running.url);
    let native = speak_to(&network.url, TOKEN);
    network.at(3, Trouble::CutsRequest(1_000_000)); // in the middle of the second piece
    network.at(5, Trouble::LosesAnswer);

    let (cut, _) = upload(&native, &bytes).await;
    let there = until_it_rests(&site.part_of(&bytes)).await;
    let lost = upload(&native, &bytes).await;
    let (rest, told) = upload(&native, &bytes).await;

    assert!(matches!(cut, Err(Fault::Unknown(_))), "{cut:?}");
    assert!((PIECE as u64 + 900_000..PIECE as u64 + 1_000_000).contains(&there), "{there}");
    assert_eq!(lost.1, [usize::try_from(there).expect("it fits")], "from where it was cut");
    assert_eq!((rest, told), (Ok(()), vec![bytes.len()]), "it had arrived, only the answer was lost");
    assert!(site.kept(&bytes).as_ref() == Some(&bytes), "byte for byte");
}

#[tokio::test]
async fn it_goes_on_after_the_portal_was_started_anew() {
    let (site, bytes) = (Site::open().await, large());
    let network = Network::to(&site.running.url);
    network.at(3, Trouble::LosesRequest);
    upload(&speak_to(&network.url, TOKEN), &bytes).await.0.expect_err("it was cut off");
    let Site { home, portal, running } = site;
    running.stop().await;
    drop(portal);

    let portal = LocalPortal::open(&home.path().join("portal"), "Cổng").expect("the same folder");
    let running = portal.serve(Serve { port: None, token: TOKEN.into() }).await.expect("a port");
    let site = Site { home, portal, running };
    let (uploaded, told) = upload(&site.native(), &bytes).await;

    assert_eq!((uploaded, told[0]), (Ok(()), PIECE));
    assert!(site.kept(&bytes).as_ref() == Some(&bytes), "byte for byte");
}

#[tokio::test]
async fn what_was_damaged_there_is_thrown_away_and_sent_anew() {
    let (site, bytes) = (Site::open().await, large());
    for damaged in [bytes[..PIECE].iter().map(|byte| !byte).collect(), vec![0; bytes.len() + 5]] {
        std::fs::remove_file(site.home.path().join(format!("portal/pictures/{}.jpg", Hash::of(&bytes)))).ok();
        std::fs::write(site.part_of(&bytes), damaged).expect("a disk that lies");

        let (uploaded, told) = upload(&site.native(), &bytes).await;

        assert_eq!((uploaded, told.last()), (Ok(()), Some(&bytes.len())));
        assert!(told.contains(&0), "from the first byte: {told:?}");
        assert!(site.kept(&bytes).as_ref() == Some(&bytes), "byte for byte");
    }
}

#[tokio::test]
async fn two_at_once_leave_one_picture_that_is_whole() {
    let (site, bytes) = (Site::open().await, large());
    let (one, other) = (site.native(), site.native());

    let (first, second) = tokio::join!(upload(&one, &bytes), upload(&other, &bytes));

    assert!(first.0.is_ok() || second.0.is_ok(), "{first:?}, {second:?}");
    assert!(site.kept(&bytes).as_ref() == Some(&bytes), "byte for byte");
}

#[tokio::test]
async fn a_piece_that_does_not_fit_is_refused_in_words() {
    const PARTIAL: &str = "application/partial-upload";
    let site = Site::open().await;
    let whole = "\u{7f}not a picture";
    let hash = Hash::of(whole.as_bytes());

    let first = site.piece(hash, "0", "?0", PARTIAL, &whole[..4]).await;
    let gap = site.piece(hash, "9", "?0", PARTIAL, "picture").await;
    let again = site.piece(hash, "0", "?0", PARTIAL, &whole[..4]).await;
    let json = site.piece(hash, "4", "?0", "application/json", "{}").await;
    let nowhere = site.piece(hash, "-1", "?0", PARTIAL, "x").await;
    let far = site.how_far(hash).await;
    let no_picture = site.piece(hash, "4", "?1", PARTIAL, &whole[4..]).await;
    let other = site.piece(Hash::of(b"other"), "0", "?1", PARTIAL, "something else").await;

    for (answer, status, words) in [
        (&first, 200, "upload-offset: 4"),
        (&gap, 409, "4 bytes of this picture are here"),
        (&again, 409, "offset-mismatch"),
        (&json, 400, "application/partial-upload"),
        (&nowhere, 400, "Upload-Offset"),
        (&far, 200, "\"offset\":4,\"complete\":false"),
        (&no_picture, 400, "not-a-picture"),
        (&other, 400, "digest-mismatch"),
    ] {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")) && answer.contains(words), "{answer}");
    }
    assert!(site.how_far(hash).await.contains("upload-offset: 0"), "it was thrown away");
    let kept = std::fs::read_dir(site.home.path().join("portal/uploads")).expect("its folder").count();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn what_nobody_goes_on_with_is_thrown_away_and_what_is_new_is_not() {
    let Site { home, portal, running } = Site::open().await;
    let folder = home.path().join("portal/uploads");
    let (old, new) = (folder.join("old.part"), folder.join("new.part"));
    for part in [&old, &new] {
        std::fs::write(part, b"some bytes").expect("a part");
    }
    let eight_days_ago = std::time::SystemTime::now() - Duration::from_secs(8 * 24 * 60 * 60);
    let file = std::fs::File::options().write(true).open(&old).expect("the old one");
    file.set_modified(eight_days_ago).expect("its time");
    running.stop().await;
    drop(portal);

    LocalPortal::open(&home.path().join("portal"), "Cổng").expect("the same folder");

    assert_eq!((old.exists(), new.exists()), (false, true));
}
