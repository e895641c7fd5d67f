//! A problem report carries no word of an article, no name, no address, no password, no path: whatever is on the desk and
//! whatever went wrong there.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

use tempfile::TempDir;

/// In every text, name and address of the test.
const CANARY: &str = "kenari";

/// A desk whose every word sings.
struct Desk {
    home: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { home: tempfile::Builder::new().prefix(CANARY).tempdir().expect("a folder") }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join(format!("{CANARY}-desk"))
    }

    fn says(&self, words: &[&str], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toasoan"));
        command
            .args(words)
            .env("TOASOAN_DESK", self.folder())
            .env("TOASOAN_PERSON", format!("{CANARY}-person"))
            .env("USER", format!("{CANARY}-user"))
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("https_proxy", "")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // nobody's keyring is touched
            .env(format!("TOASOAN_SECRET_{}", CANARY.to_uppercase()), format!("{CANARY}-secret"))
            .current_dir(self.home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        child.stdin.take().expect("its input").write_all(input.as_bytes()).ok(); // a word may read nothing
        child.wait_with_output().expect("it ends")
    }

    fn answers(&self, words: &[&str], input: &str) -> serde_json::Value {
        let output = self.says(words, input);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("an answer in JSON")
    }

    fn refuses(&self, words: &[&str]) {
        let output = self.says(words, "");
        assert!(!output.status.success(), "{words:?} went well");
    }

    fn report(&self) -> String {
        let output = self.says(&["report"], "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a report is text")
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path.display().to_string()
    }

    /// An article with a canary in every field that a person can fill, submitted and approved.
    fn writes_an_article(&self) -> String {
        let page = self.write(&format!("{CANARY}.txt"), PAGE.as_bytes());
        let id = self.answers(&["import", &page], "")["id"].as_str().expect("an id").to_owned();
        let fields = [
            "slugline",
            "url_slug",
            "desk",
            "kicker",
            "headline",
            "standfirst",
            "dateline",
            "byline",
            "translator",
            "editor",
            "sign_off",
            "category_code",
            "keywords",
            "source_paper",
            "foreign_id",
            "original_headline",
            "ed_note",
            "body",
        ];
        let sung: Vec<String> = fields.iter().map(|field| format!("{field}={CANARY} {field}")).collect();
        let mut words = vec!["set", &id, "language=vi"];
        words.extend(sung.iter().map(String::as_str));
        let source = format!("source_url=https://{CANARY}.example/{CANARY}.html");
        words.push(&source);
        self.answers(&words, "");
        let photo = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/photos/seed/lead.jpg");
        let photo = self.write(&format!("{CANARY}.jpg"), &fs::read(photo).expect("a picture"));
        let (caption, credit, alt) =
            (format!("{CANARY} caption"), format!("{CANARY} credit"), format!("{CANARY} alt"));
        self.answers(
            &["attach", &id, &photo, "--lead", "--caption", &caption, "--credit", &credit, "--alt", &alt],
            "",
        );
        self.answers(&["submit", &id], "");
        self.answers(&["approve", &id], "");
        id
    }
}

const PAGE: &str = "kenari: một trang nguồn\n\nĐoạn thứ nhất của kenari đủ dài để là một đoạn văn bản thật sự.\n\n\
    Đoạn thứ hai của kenari cũng đủ dài để là một đoạn văn bản thật sự, có hai câu.\n";

/// A portal that knows who we are, says a canary, and no to all else.
fn portal_that_refuses() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its port").port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut asked = [0; 8192];
            let read = stream.read(&mut asked).unwrap_or_default();
            let answer = answer_to(&String::from_utf8_lossy(&asked[..read]).to_lowercase());
            let _ = stream.write_all(answer.as_bytes()); // the program may have gone
        }
    });
    port
}

fn answer_to(asked: &str) -> String {
    let me = asked.split_whitespace().nth(1).is_some_and(|path| path.ends_with("/dpp/v1/me"));
    let (status, kind, body) = if me && asked.contains("authorization:") {
        let me = format!(r#"{{"name":"{CANARY}-me","role":"{CANARY}-role","may":["publish","correct"]}}"#);
        ("200 OK", "application/json", me)
    } else {
        let status = if me { "401 Who" } else { "422 No" };
        let number: u16 = if me { 401 } else { 422 };
        let problem = if me { "unauthorised" } else { "malformed" };
        let body = format!(r#"{{"type":"{problem}","status":{number},"detail":"{CANARY} says no"}}"#);
        (status, "application/problem+json", body)
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

#[test]
fn no_word_name_address_path_or_password_is_in_a_report() {
    let desk = Desk::new();
    let id = desk.writes_an_article();
    let url = format!("http://127.0.0.1:{}/{CANARY}", portal_that_refuses());
    desk.answers(&["portal", "add", CANARY, "--url", &url], &format!("{CANARY}-password"));
    desk.refuses(&["publish", &id, "--portal", CANARY, "--wait", "20"]);
    desk.refuses(&["publish", &id, "--portal", &format!("{CANARY}-nowhere")]);
    let page = desk.write("empty.txt", b"");
    desk.refuses(&["import", &page]);
    let no_picture = desk.write(&format!("{CANARY}-no.jpg"), CANARY.as_bytes());
    desk.refuses(&["attach", &id, &no_picture]);
    desk.refuses(&["attach", &id, &format!("/nowhere/{CANARY}.jpg")]);
    desk.refuses(&["set", &id, &format!("embargo={CANARY}")]);

    let report = desk.report();

    assert!(!report.to_lowercase().contains(CANARY), "{report}");
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
    assert!(host.trim().len() < 4 || !report.contains(host.trim()), "the report names this machine");
    for told in [
        "articles: approved 1",
        "pictures: 1",
        "portals: local 1, native 1",
        "check: whole",
        "jobs: refused 1",
        "the desk's folder was chosen: yes",
        "an attempt failed kind=Refused status 422 words",
        "a word was refused kind=NoPortal",
        "a word was refused kind=Page Empty",
        "a word was refused kind=File path",
    ] {
        assert!(report.contains(told), "“{told}” is missing in {report}");
    }
}

#[test]
fn a_report_is_written_to_a_file_and_makes_no_desk() {
    let desk = Desk::new();
    let file = desk.home.path().join("report.txt");

    let answer = desk.answers(&["report", "--out", &file.display().to_string()], "");

    assert_eq!(answer["file"], file.display().to_string());
    let written = fs::read_to_string(&file).expect("the report");
    assert!(written.contains("[versions]") && written.contains("cannot be read: Sqlite"), "{written}");
    assert!(!desk.folder().exists());
    desk.refuses(&["report", "--out", "/nowhere/at/all.txt"]);
}

/// What the log writes of our own events is their message, as it stands in the sources: so nothing is filled in there.
#[test]
fn no_message_of_the_log_has_a_value_in_it() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri"));
    let mut events = 0;
    for (file, text) in &sources {
        for level in ["trace", "debug", "info", "warn", "error"] {
            for rest in text.split(&format!("tracing::{level}!(")).skip(1) {
                let message = arguments(rest).rsplit('"').nth(1).unwrap_or_default();
                events += 1;
                assert!(
                    !message.contains('{'),
                    "{}: “{message}” has a value in it: make it a field",
                    file.display()
                );
            }
        }
    }
    assert!(events >= 10, "only {events} events were found: the search is wrong");
}

/// Returns what stands before the parenthesis that closes a call.
fn arguments(rest: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    for (at, sign) in rest.char_indices() {
        match sign {
            '"' if !escaped => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &rest[..at];
        }
        escaped = sign == '\\' && !escaped;
    }
    rest
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a source");
            found.push((path, text));
        }
    }
    found
}
