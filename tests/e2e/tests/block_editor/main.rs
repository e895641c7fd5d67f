//! What was published to a WordPress, opened there in its own block editor: nothing in it is invalid, unknown or written
//! otherwise than the editor writes it. Where no WordPress can be had it is skipped, and says why.

use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use domain::document::Document;
use e2e::{Context as _, Desk, Opens, Result, bail, ensure};
use portals::{
    article::{Article, decision},
    wordpress::{User, WordPress},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// The editor loads some hundred scripts, and the machine has other work.
const PATIENCE: Duration = Duration::from_secs(60);

/// Every kind of block the adapter writes.
const EVERYTHING: &str = "\
Đoạn đầu có *nghiêng*, **đậm**, ~~gạch~~, `mã <b>` và [liên kết](https://example.vn/?a=1&b=2 \"tên & dấu\").\n\n\
## Mục\n\n### Mục con\n\n#### Mục con nữa\n\n\
- một\n- hai\n  - hai rưỡi\n    1. sâu\n- ba\n\n\
4. bốn\n5. năm\n\n\
- rời\n\n- nhau\n\n  hai đoạn\n\n\
> Trích dẫn.\n>\n> - có danh sách\n>\n> > trong trích dẫn\n> > — *Người* & nói\n\n\
> Nước lên.\n>\n> — Trần Thị Lan, bác sĩ\n\n\
> [!pull]\n> Nước lên *nhanh*.\n>\n> Chưa từng thấy.\n> — Lan\n\n\
> [!pull]\n> Không có ai.\n\n\
> [!box] Cần *biết*\n> Một.\n>\n> - hai\n> - ba\n>\n> | a | b |\n> |---|---|\n> | c | d |\n>\n> > Bốn.\n> > — Năm\n\n\
https://www.youtube.com/watch?v=a_b&t=1s\n\nhttps://podcast.example.vn/1.mp3\n\n\
```rust\nlet a = \"<b>&\"; // [gallery]\n```\n\n\
| Trái | Giữa | Phải |\n|:-----|:----:|-----:|\n| một | **hai** | `ba` |\n| 1 < 2 | | a \\| b |\n\n\
---\n\n\
Chú thích[^1] và <script>alert(1)</script>, [gallery ids=\"1\"], -- hai gạch, \\\"ngoặc\\\".\n\n\
- [ ] chưa\n- [x] rồi\n\n\
[^1]: Ở cuối trang.\n";

fn main() -> ExitCode {
    portals::conclude(
        &[],
        &[
            ("the_seed_opens_without_a_warning", |site| opens(site, Article::seed)),
            ("every_kind_of_block_opens_without_a_warning", |site| opens(site, everything)),
            ("what_the_editor_warns_of_is_noticed", what_is_wrong_is_noticed),
            ("a_language_that_runs_the_other_way_opens_without_a_warning", |site| opens(site, arabic)),
        ],
    )
}

fn everything() -> Article {
    Article::seed().with(|document| {
        let pictures = std::mem::take(&mut document.body);
        let pictures: String = pictures
            .lines()
            .filter(|line| line.starts_with("![]"))
            .map(|line| format!("> {line}\n"))
            .collect();
        document.body = format!("{EVERYTHING}\n> [!gallery] Ngày *lũ* & sau\n{pictures}");
        document.fields.language = "vi".into();
        document.fields.kicker = "Y tế & đời sống".into();
        document.fields.dateline = "HÀ NỘI —".into();
        document.fields.byline = "Phóng viên “Lan”".into();
        document.fields.headline = "Mọi thứ: <b>&amp; -- \"ngoặc\"".into();
    })
}

fn arabic() -> Article {
    Article::seed().with(|document: &mut Document| {
        document.fields.language = "ar".into();
        document.body = format!(
            "## عنوان\n\nفقرة.\n\n- بند\n\n> اقتباس\n\n| أ | ب |\n|---|---|\n| ج | د |\n\n{}",
            document.body
        );
    })
}

/// Published as an author, whose text is filtered, and opened as an editor.
fn opens(site: &WordPress, article: fn() -> Article) -> Result<()> {
    let runtime = portals::runtime();
    let article = article().with(|document| document.fields.headline.push_str(" (biên tập)"));
    let published = async {
        let delivered = article.publish(&site.desk(site.user("author"))?, decision()).await?;
        ensure!(delivered.differences.is_empty(), "{:?}", delivered.differences);
        let post = delivered.receipt.remote_id.parse().context("a post's id")?;
        let seen = look(site, site.user("editor"), post).await?;
        judge(&seen)?;
        // The editor of WordPress 6.1 (Debian 12's own) takes our blocks as they are, and saves them in its older form.
        if site.version.starts_with("6.1.") { Ok(()) } else { is_saved_as_it_came(&seen) }
    };
    runtime.block_on(published)
}

/// The same eyes on what no adapter of ours wrote.
fn what_is_wrong_is_noticed(site: &WordPress) -> Result<()> {
    let table = [
        ("<!-- wp:heading -->\n<h3>No h2</h3>\n<!-- /wp:heading -->", "core/heading is invalid"),
        ("<!-- wp:nobody/knows -->\n<p>Unknown</p>\n<!-- /wp:nobody/knows -->", "core/missing is invalid"),
        ("<p>No block at all</p>", "core/freeform is invalid"),
    ];
    let filler = "<!-- wp:paragraph -->\n<p>Fine.</p>\n<!-- /wp:paragraph -->\n\n".repeat(6);
    for (wrong, want) in table {
        let fields = json!({ "title": "Wrong", "status": "draft", "content": format!("{filler}{wrong}") });
        let seen = portals::runtime().block_on(async {
            let made =
                site.ask(site.user("editor"), reqwest::Method::POST, "/posts", Some(&fields)).await?.ok()?;
            look(site, site.user("editor"), made["id"].as_u64().context("an id")?).await
        })?;

        let judged = judge(&seen).err().map(|error| error.to_string()).unwrap_or_default();

        ensure!(judged.starts_with(want), "{want}: {judged:?}");
    }
    Ok(())
}

/// A block as the editor has it.
#[derive(Debug, Deserialize)]
struct Seen {
    name: String,
    valid: bool,
    issues: String,
}

/// What the editor has of a post.
#[derive(Debug, Deserialize)]
struct Opened {
    blocks: Vec<Seen>,
    /// The content as it came.
    raw: String,
    /// The content as the editor would save it.
    saved: String,
    dirty: bool,
}

fn judge(opened: &Opened) -> Result<()> {
    ensure!(opened.blocks.len() > 5, "{} blocks", opened.blocks.len());
    for block in &opened.blocks {
        let known = !["core/missing", "core/freeform"].contains(&block.name.as_str());
        ensure!(known && block.valid, "{} is invalid: {}", block.name, block.issues);
    }
    ensure!(!opened.dirty, "the editor changed something by itself");
    Ok(())
}

fn is_saved_as_it_came(opened: &Opened) -> Result<()> {
    let (raw, saved) = (written(&opened.raw), written(&opened.saved));
    let difference = raw.iter().zip(&saved).find(|(raw, saved)| raw != saved);
    ensure!(
        difference.is_none() && raw.len() == saved.len(),
        "the editor writes it otherwise: {difference:?}"
    );
    Ok(())
}

/// Lines of a post. The order of a block's attributes says nothing, and two signs the editor writes in its own
/// way: `/>` without the space that WordPress's filter wants, and `[`, which we escape so that nothing is a shortcode.
fn written(content: &str) -> Vec<(String, Value)> {
    let line = |line: &str| {
        let attributes = line.find('{').zip(line.rfind('}')).filter(|_| line.starts_with("<!-- wp:"));
        let parsed = attributes.and_then(|(from, to)| serde_json::from_str(&line[from..=to]).ok());
        match (attributes, parsed) {
            (Some((from, to)), Some(parsed)) => (format!("{}{}", &line[..from], &line[to + 1..]), parsed),
            _ => (line.replace(" />", "/>").replace("&#091;", "[").replace("&#91;", "["), Value::Null),
        }
    };
    content.lines().map(line).collect()
}

async fn look(site: &WordPress, who: &User, post: u64) -> Result<Opened> {
    let editor = format!("{}/wp-admin/post.php?post={post}&action=edit", site.url);
    let login = format!("{}/wp-login.php", site.url);
    let browser = PathBuf::from(env!("CARGO_BIN_EXE_bare_window"));
    let desk = Desk::open(Opens::program(browser, vec![login])).await?;
    let words = vec![who.name.clone().into(), who.password.clone().into()];
    desk.run(SIGN_IN, words).await?;
    until(&desk, "the dashboard", "return location.pathname.startsWith('/wp-admin/')").await?;
    desk.window().goto(&editor).await?;
    until(&desk, "the block editor", READY).await?;
    Ok(serde_json::from_value(desk.run(BLOCKS, Vec::new()).await?)?)
}

async fn until(desk: &Desk, what: &str, script: &str) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match desk.run(script, Vec::new()).await {
            Ok(answer) if answer == true => return Ok(()),
            Ok(_) | Err(_) if Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            other => bail!("waited a minute for {what}: {other:?}; {}", desk.said()),
        }
    }
}

const SIGN_IN: &str = "
    document.querySelector('#user_login').value = arguments[0];
    document.querySelector('#user_pass').value = arguments[1];
    document.querySelector('#wp-submit').click();";

const READY: &str = "
    const select = window.wp?.data?.select;
    return !!select?.('core/editor')?.getCurrentPostId?.()
        && select('core/block-editor').getBlocks().length > 0
        && !!document.querySelector('iframe[name=\"editor-canvas\"], .block-editor-block-list__layout');";

const BLOCKS: &str = "
    const { select } = wp.data;
    const all = (blocks) => blocks.flatMap((block) => [block, ...all(block.innerBlocks)]);
    const blocks = select('core/block-editor').getBlocks();
    const words = (issue) => (issue.args ?? []).map(String).join(' ');
    return {
        blocks: all(blocks).map((block) => ({
            name: block.name,
            valid: block.isValid,
            issues: (block.validationIssues ?? []).map(words).join('; '),
        })),
        raw: select('core/editor').getCurrentPost().content,
        saved: wp.blocks.serialize(blocks),
        dirty: select('core/editor').isEditedPostDirty(),
    };";
