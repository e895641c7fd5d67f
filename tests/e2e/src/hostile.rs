//! Texts that nobody writes, and that stop who reads them carelessly.

const MEGABYTE: usize = 1024 * 1024;

/// Texts of a megabyte that have cost Markdown engines seconds, or their stack.
#[must_use]
pub fn texts() -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat(MEGABYTE / unit.len());
    let nested = |mark: &str| {
        (0..1400).map(|depth| format!("{}{mark} x\n", "  ".repeat(depth % 700))).collect::<String>()
    };
    vec![
        ("quotations in quotations", fill(">")),
        ("quotations, line by line", fill("> > > > > > > > > x\n")),
        ("50 KB of quotations", ">".repeat(50 * 1024)),
        ("brackets", fill("[")),
        ("brackets and parentheses", fill("[a](")),
        ("picture brackets", fill("![")),
        ("emphasis", fill("*a **a ")),
        ("underscores", fill("_a __a ")),
        ("backticks", (1..1400).map(|count| "`".repeat(count)).collect::<Vec<_>>().join(" x ")),
        ("links", fill("[a](https://example.org/b) ")),
        ("definitions", (0..30_000).map(|number| format!("[{number}]: /x\n\n[{number}] ")).collect()),
        ("footnotes", (0..20_000).map(|number| format!("[^{number}]: x\n\nx[^{number}]\n\n")).collect()),
        ("lists in lists", nested("-")),
        (
            "a wide table",
            format!(
                "{}\n{}\n{}\n",
                fill("|a")[..300_000].to_owned(),
                "|-".repeat(150_000),
                "|b".repeat(150_000)
            ),
        ),
        ("rows of a table", format!("|a|b|\n|-|-|\n{}", fill("|x|y|\n"))),
        ("angle brackets", fill("<a ")),
        ("entities", fill("&amp;")),
        ("one line", fill("chữ ")),
        ("breaks", fill("x  \n")),
        ("numbers of footnotes", fill("[^1] ")),
        ("short paragraphs", fill("a\n\n")),
        (
            "pictures in a quotation",
            format!("> [!gallery]\n{}", fill("> ![](photo:0199aa00-0000-7000-8000-000000000001)\n")),
        ),
    ]
}
