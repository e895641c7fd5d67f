//! The packages as a newsroom gets them: made twice alike, installed without root in a folder of their own, started,
//! published with, and gone without a trace. What is packed is the program the tests run, so no release is built here.
#![cfg(target_os = "linux")]

#[path = "package/installed.rs"]
mod installed;
#[path = "package/made.rs"]
mod made;

use std::{collections::BTreeSet, fs, process::Command};

use installed::{Installed, Window, read_page};
use made::{DATE, made, printed, run};

const MIME_TYPE: &str = "application/vnd.toasoan.article+zip";
const ICON_SIZES: [u32; 10] = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512];

#[test]
fn the_same_program_gives_the_same_packages_byte_for_byte() {
    let first = made();
    let again = made::make();

    for (one, other) in [(&first.deb, &again.deb), (&first.rpm, &again.rpm)] {
        assert_eq!(one.file_name(), other.file_name());
        assert!(fs::read(one).expect("a package") == fs::read(other).expect("a package"), "{one:?} differs");
    }
}

/// Whoever makes it, and wherever.
#[test]
fn the_plugin_for_wordpress_is_the_same_file_byte_for_byte() {
    let zips = [("UTC", "022"), ("Asia/Ho_Chi_Minh", "077")].map(|(zone, mask)| {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let mut command = Command::new("sh");
        command
            .args(["-c", r#"umask "$1" && exec scripts/wordpress-plugin "$2""#, "sh", mask])
            .arg(folder.path());
        let said = run(command.env("SOURCE_DATE_EPOCH", DATE.0).env("TZ", zone).current_dir(made::root()));
        let bytes = fs::read(said.trim()).expect("the plugin");
        let named = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
        assert!(named(b"toasoan/toasoan.php"), "{said} has no plugin in it");
        bytes
    });

    assert!(zips[0] == zips[1], "the two differ");
}

#[test]
fn both_say_their_size_and_carry_the_one_version_number() {
    let made = made();
    let number = env!("CARGO_PKG_VERSION");

    let lines: Vec<_> = made.said.lines().collect();
    for (line, package) in lines.iter().zip([&made.deb, &made.rpm]) {
        let megabytes = fs::metadata(package).expect("a package").len() as f64 / 1e6;
        assert_eq!(*line, format!("{}  {megabytes:.1} MB", made::name(package)));
    }
    assert_eq!(lines.len(), 2, "{}", made.said);
    assert_eq!(printed("dpkg-deb", &["--field", made.deb(), "Version"]).trim(), number);
    assert_eq!(printed("rpm", &["-qp", "--qf", "%{VERSION}", made.rpm()]), number);
    assert!(made::name(&made.deb).starts_with(&format!("toasoan_{number}_")));
    assert!(made::name(&made.rpm).starts_with(&format!("toasoan-{number}-1.")));
}

#[test]
fn it_is_installed_started_published_with_and_removed_without_a_trace() {
    let mut installed = Installed::from(made());
    let window = Window::open(&installed);
    window.wait_until_drawn();

    let list = installed.toasoan(&["list"]);
    let list = list.as_array().expect("articles");
    let waiting = list.iter().find(|article| article["stage"] == "submitted").expect("the sample has one");
    let (id, headline) =
        (waiting["id"].as_str().expect("an id"), waiting["headline"].as_str().expect("words"));
    assert_eq!(installed.toasoan(&["check", id]), serde_json::json!([]));
    assert_eq!(installed.toasoan(&["approve", id])["stage"], "approved");
    let published = installed.toasoan(&["publish", id, "--portal", "local"]);

    assert_eq!(published["state"], "confirmed");
    let page = read_page(published["url"].as_str().expect("its address"));
    assert!(page.contains(headline), "the public page says {page}");
    drop(window);
    installed.remove();
    assert_eq!(installed.left_behind(), BTreeSet::new());
}

#[test]
fn what_it_depends_on_is_there_where_it_was_built() {
    let simulated = printed(
        "apt-get",
        &["--simulate", "--no-install-recommends", "-o", "Debug::NoLocking=1", "install", made().deb()],
    );

    let installs: Vec<_> = simulated.lines().filter(|line| line.starts_with("Inst ")).collect();
    assert!(matches!(installs[..], [only] if only.starts_with("Inst toasoan ")), "{simulated}");
}

#[test]
fn it_runs_no_script_when_it_is_installed_or_removed() {
    let control = printed("dpkg-deb", &["--info", made().deb()]);
    assert!(control.contains(" md5sums "), "{control}");
    for script in ["preinst", "postinst", "prerm", "postrm", "triggers"] {
        assert!(!control.contains(script), "{control}");
    }
    assert_eq!(printed("rpm", &["-qp", "--scripts", "--triggers", "--filetriggers", made().rpm()]), "");
}

#[test]
fn the_rpm_is_whole_has_the_same_files_and_names_the_libraries() {
    let made = made();
    assert!(printed("rpm", &["-K", "--nosignature", made.rpm()]).contains("digests OK"));

    let listed = printed("rpm", &["-qp", "--qf", "[%{FILEDIGESTS} %{FILENAMES}\n]", made.rpm()]);
    let of_rpm: BTreeSet<_> =
        listed.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned).collect();
    let of_deb: BTreeSet<_> =
        made.files().map(|file| format!("{} /{file}", made::sha256(&made.unpacked().join(&file)))).collect();
    assert_eq!(of_rpm, of_deb);

    let needs = printed("rpm", &["-qp", "--requires", made.rpm()]);
    for library in ["libwebkit2gtk-4.1.so.0", "libgtk-3.so.0", "libc.so.6", "libdbus-1.so.3"] {
        assert!(needs.lines().any(|line| line.starts_with(library)), "{library} is not among {needs}");
    }
}

#[test]
fn every_file_is_roots_readable_by_all_and_of_the_commits_date() {
    let listed = run(Command::new("dpkg-deb").env("TZ", "UTC").args(["--contents", made().deb()]));
    for line in listed.lines() {
        let right = match line.get(..1) {
            Some("d") => line.starts_with("drwxr-xr-x root/root"),
            _ if line.ends_with("./usr/bin/toasoan") => line.starts_with("-rwxr-xr-x root/root"),
            _ => line.starts_with("-rw-r--r-- root/root"),
        };
        assert!(right && line.contains(DATE.1), "{line}");
    }
}

#[test]
fn the_menu_finds_it_in_english_and_vietnamese_with_an_icon_of_every_size() {
    let share = made().unpacked().join("usr/share");
    let entry = share.join("applications/toasoan.desktop");
    assert_eq!(printed("desktop-file-validate", &[&*entry.to_string_lossy()]), "");
    let entry = fs::read_to_string(entry).expect("the entry");
    for key in ["GenericName", "Comment", "Keywords"] {
        for key in [format!("\n{key}="), format!("\n{key}[vi]=")] {
            assert!(entry.contains(&key), "no {key:?} in {entry}");
        }
    }
    assert!(entry.contains("\nName=Tòa Soạn\n"));

    for size in ICON_SIZES {
        let icon = share.join(format!("icons/hicolor/{size}x{size}/apps/toasoan.png"));
        assert_eq!(made::png_size(&icon), (size, size));
    }
    assert!(share.join("icons/hicolor/scalable/apps/toasoan.svg").is_file());
    let about = share.join("metainfo/vn.toasoan.desk.metainfo.xml");
    printed("appstreamcli", &["validate", "--no-net", &about.to_string_lossy()]);
}

#[test]
fn an_article_file_is_known_and_opens_with_it() {
    let desktop = made::Desktop::of(made());
    let file = desktop.folder().join("bai.toasoan");
    let page = made::root().join("tests/fixtures/pages/seed-ms.txt");
    let taken_in = desktop.says("toasoan", &["import", &page.to_string_lossy()]);
    let taken_in: serde_json::Value = serde_json::from_str(&taken_in).expect("its answer");
    desktop.says("toasoan", &["export", taken_in["id"].as_str().expect("an id"), &file.to_string_lossy()]);

    let kind =
        desktop.says("gio", &["info", "--attributes", "standard::content-type", &file.to_string_lossy()]);
    assert!(kind.contains(&format!("standard::content-type: {MIME_TYPE}")), "{kind}");
    let opens = desktop.says("gio", &["mime", MIME_TYPE]);
    assert!(opens.contains("toasoan.desktop"), "{opens}");
}

#[test]
fn the_manual_has_a_page_for_every_word() {
    let pages = made().unpacked().join("usr/share/man/man1");
    let mut words: BTreeSet<String> = BTreeSet::from(["toasoan".into()]);
    let groups =
        ["log", "portal", "template"].map(|group| (format!("toasoan-{group}-"), vec![group, "--help"]));
    for (prefix, asked) in [("toasoan-".to_owned(), vec!["--help"])].into_iter().chain(groups) {
        let help = printed(env!("CARGO_BIN_EXE_toasoan"), &asked);
        let (_, listed) = help.split_once("\nCommands:\n").expect("it has words");
        let listed = listed.lines().take_while(|line| !line.trim().is_empty());
        words.extend(
            listed.filter_map(|line| line.split_whitespace().next()).map(|word| format!("{prefix}{word}")),
        );
    }

    let found: BTreeSet<_> = fs::read_dir(&pages)
        .expect("the manual")
        .map(|page| made::name(&page.expect("a page").path()).trim_end_matches(".1.gz").to_owned())
        .collect();
    assert_eq!(found, words);
    for word in words {
        let page = pages.join(format!("{word}.1.gz"));
        let page = page.to_string_lossy();
        let shown =
            Command::new("man").args(["--warnings", "--local-file", &page]).output().expect("man runs");
        assert!(shown.status.success() && shown.stderr.is_empty(), "{word}: {shown:?}");
        let indexed = printed("lexgrog", &[&page]);
        assert!(indexed.contains(&format!("\"{word} - ")), "{indexed}");
    }
}

#[test]
fn every_licence_of_what_it_carries_comes_with_it() {
    let notices = made().unpacked().join("usr/share/doc/toasoan/third-party.txt.gz");
    let notices = printed("gzip", &["--decompress", "--stdout", &notices.to_string_lossy()]);
    for carried in ["rusqlite ", "tauri ", "@codemirror/view ", "svelte "] {
        let listed = notices.lines().any(|line| line.starts_with(carried) && line.contains('\t'));
        let text = notices.lines().any(|line| line.contains(carried) && !line.contains('\t'));
        assert!(listed && text, "{carried}is not there with its licence");
    }
    for tool in ["tauri-build ", "vitest "] {
        assert!(!notices.lines().any(|line| line.starts_with(tool)), "{tool}is not carried");
    }
}
