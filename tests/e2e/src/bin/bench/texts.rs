//! The articles that are measured, and the desks they lie on.

use std::{fs, path::Path, process::Command};

use desk::{Attach, Clock, Desk, SessionSecrets, Words, window::Slot};
use domain::ids::ArticleId;
use e2e::{Context, Result, ensure, paths};
use serde_json::Value;
use tempfile::TempDir;

/// What an article holds.
#[derive(Clone, Copy)]
pub enum Text {
    /// So many kilobytes: paragraphs, quotations, lists, links, as they come on a desk.
    Kilobytes(usize),
    /// One paragraph of so many kilobytes.
    Paragraph(usize),
    /// So many words in paragraphs of fifty, as the bench of the WordPress block editor writes them.
    Words(usize),
}

impl Text {
    pub fn body(self) -> String {
        match self {
            Self::Kilobytes(kilobytes) => article(kilobytes),
            Self::Paragraph(kilobytes) => {
                cut("Hội nghị tại Hà Nội quy tụ đại biểu hai nước. ".repeat(kilobytes * 32), kilobytes)
            }
            Self::Words(words) => in_fifties(words),
        }
    }
}

/// Returns so many kilobytes of an article.
pub fn article(kilobytes: usize) -> String {
    let mut body = String::new();
    for number in 1.. {
        body += &format!(
            "Đoạn {number}. Hội nghị tại Hà Nội quy tụ đại biểu của hai nước, cùng bàn về *chăm sóc sức khỏe* và \
             **chuyển đổi số** trong bệnh viện. Chương trình có sự tham dự của lãnh đạo Bộ Y tế, các nhà nghiên cứu và \
             [doanh nghiệp](https://example.org/bai-{number}) đang làm việc tại Việt Nam.\n\n"
        );
        match number % 5 {
            1 => body += "> “Hôm nay chúng ta đi từ lịch sử chung đến đổi mới chung”, Đại sứ nói.\n\n",
            2 => body += "- phòng ngừa\n- điều trị tại nhà\n- đào tạo bác sĩ trẻ\n\n",
            3 => body += "## Những bước tiếp theo\n\n",
            _ => {}
        }
        if body.len() >= kilobytes * 1024 {
            break;
        }
    }
    cut(body, kilobytes)
}

fn cut(mut body: String, kilobytes: usize) -> String {
    let end = (0..=(kilobytes * 1024).min(body.len())).rev().find(|end| body.is_char_boundary(*end));
    body.truncate(end.unwrap_or_default());
    body
}

fn in_fifties(words: usize) -> String {
    let some: Vec<&str> =
        "the council voted on a budget that would move money from roads to schools while residents waited \
                           for an answer about the new bridge"
            .split(' ')
            .collect();
    let mut seed = 7_u64;
    let mut word = || {
        seed = (seed * 1_103_515_245 + 12345) & 0x7fff_ffff;
        usize::try_from(seed).map_or("the", |seed| some[seed % some.len()])
    };
    let mut paragraph = || {
        let line = (0..50).map(|_| word()).collect::<Vec<_>>().join(" ");
        format!("{}{}.", line[..1].to_uppercase(), &line[1..])
    };
    (0..words / 50).map(|_| paragraph()).collect::<Vec<_>>().join("\n\n")
}

/// Makes a desk with one article on it, and so many pictures spread over its text.
pub fn desk_with(app: &Path, text: Text, pictures: usize) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let page = folder.path().join("page.txt");
    fs::copy(paths::fixture("pages/seed-ms.txt"), &page)?;
    let mut taking_in = Command::new(app);
    taking_in.arg("--desk").arg(folder.path().join("desk")).arg("import").arg(&page);
    let output = taking_in.output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    let id: ArticleId = serde_json::from_value(answer["id"].clone()).context("an id is answered")?;

    let desk =
        Desk::open(&folder.path().join("desk"), "Lan", Box::new(SessionSecrets::default()), Clock::system())?;
    let set = |body: String| desk.set_fields(id, &[("body".to_owned(), body)]).map(drop);
    set(String::new())?;
    for number in 0..pictures {
        let bytes = picture(number, folder.path())?;
        let words = Words { alt: Some(format!("Ảnh số {number}")), ..Words::default() };
        let name = format!("anh-{number}.jpg");
        desk.attach(Attach {
            article: id,
            slot: Slot::InText { after_line: 0 },
            bytes: &bytes,
            name: &name,
            words,
        })?;
    }
    let marks = marks(&desk.open_article(id)?.body);
    set(spread(&text.body(), &marks))?;
    Ok(folder)
}

/// Returns a photograph of 1600 pixels that no other number has.
fn picture(number: usize, folder: &Path) -> Result<Vec<u8>> {
    let file = folder.join("picture.jpg");
    let seed = number.to_string();
    let drawn = Command::new("convert")
        .args(["-size", "1600x1067", "-seed", &seed, "plasma:fractal", "-quality", "85"])
        .arg(&file)
        .status()
        .context("convert is needed")?;
    ensure!(drawn.success(), "no picture was drawn");
    Ok(fs::read(file)?)
}

fn marks(body: &str) -> Vec<String> {
    body.lines().filter(|line| line.starts_with("![](photo:")).map(str::to_owned).collect()
}

/// Puts the marks between the paragraphs, equally far from each other.
fn spread(text: &str, marks: &[String]) -> String {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let every = paragraphs.len().div_ceil(marks.len().max(1));
    let mut marks = marks.iter();
    let mut body = String::new();
    for part in paragraphs.chunks(every.max(1)) {
        body += &part.join("\n\n");
        body += "\n\n";
        if let Some(mark) = marks.next() {
            body += &format!("{mark}\n\n");
        }
    }
    body
}
