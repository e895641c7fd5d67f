//! Gives every line of a page its role: a field, the text, a picture's words, or a leftover.

use domain::{
    article::Fields,
    credit,
    ids::PlacementId,
    leftover::{Leftover, Why},
};

use super::{
    Error, TakenIn,
    body::{self, Body},
    date::{self, Dated},
    html::Known,
    language,
    line::{Hint, Line, Region},
    words,
};

/// Where the parts of the page lie, as indexes of lines.
#[derive(Debug, Default, Clone, Copy)]
struct Layout {
    headline: usize,
    /// Its first and last line.
    standfirst: Option<(usize, usize)>,
    /// First line that can be of the text.
    text: usize,
    /// First line after the text.
    end: usize,
}

/// A line's day and paper stand near the headline, in a short line.
const LONGEST_PAPER: usize = 60;
const LONGEST_PAPER_LINE: usize = 120;
/// How far from the top the paper and day are looked for.
const TOP: usize = 40;

/// Makes a draft of the lines, and says of each line why it is left over.
pub fn draft(
    lines: &[Line],
    known: Known,
    new_id: &mut dyn FnMut() -> PlacementId,
) -> Result<(TakenIn, Vec<Option<Why>>), Error> {
    let mut fields = Fields::default();
    let mut roles = Roles::new(lines);
    let source = source_line(lines, &mut fields, &mut roles);
    let dated = paper_line(lines, source.unwrap_or(lines.len()), &mut fields, &mut roles);
    let layout = layout(lines, dated, source, &roles).ok_or(Error::NoArticle)?;
    roles.take(layout.headline);
    fields.headline = lines[layout.headline].plain.clone();
    if let Some((first, last)) = layout.standfirst {
        let at: Vec<usize> = (first..=last).filter(|at| roles.free[*at] && is_words(&lines[*at])).collect();
        at.iter().for_each(|at| roles.take(*at));
        fields.standfirst = at.iter().map(|at| lines[*at].plain.as_str()).collect::<Vec<_>>().join("\n");
    }
    let body = body::read(lines, layout.text..layout.end, &mut roles.free, new_id);
    for (at, why) in &body.dropped {
        roles.leave(*at, *why);
    }
    if body.markdown.trim().is_empty() {
        return Err(Error::NoArticle);
    }
    complete(&mut fields, known, lines, &body);
    let left_over = roles.left_over(lines, layout, &fields, &body);
    let leftovers = roles.leftovers(lines, &left_over, &body);
    Ok((TakenIn { fields, body: body.markdown, wanted: body.wanted, leftovers }, left_over))
}

/// Which lines are spoken for, and why others are left over.
struct Roles {
    free: Vec<bool>,
    why: Vec<Option<Why>>,
    /// Pieces of lines that are spoken for otherwise.
    pieces: Vec<Leftover>,
}

impl Roles {
    fn new(lines: &[Line]) -> Self {
        Self { free: vec![true; lines.len()], why: vec![None; lines.len()], pieces: Vec::new() }
    }

    fn take(&mut self, at: usize) {
        self.free[at] = false;
    }

    /// Returns a name without its double, which is left over.
    fn undoubled(&mut self, name: &str) -> String {
        let name = name.trim_matches(is_edge);
        let Some(half) = half_of(name) else { return name.to_owned() };
        self.pieces.push(Leftover { why: Why::Repeated, text: half.to_owned() });
        half.to_owned()
    }

    fn leave(&mut self, at: usize, why: Why) {
        self.free[at] = true;
        self.why[at] = Some(why);
    }

    /// Says of every line why it is in no field and not in the text.
    fn left_over(&self, lines: &[Line], layout: Layout, fields: &Fields, body: &Body) -> Vec<Option<Why>> {
        let mut section = Why::Navigation;
        let of_line = |(at, line): (usize, &Line)| {
            if !self.free[at] || line.plain.is_empty() {
                return None;
            }
            section = section_at(line, at, layout, section);
            Some(self.why[at].unwrap_or_else(|| why(line, section, fields, body)))
        };
        lines.iter().enumerate().map(of_line).collect()
    }

    /// Lists what is left over: whole lines, then pieces of lines.
    fn leftovers(&self, lines: &[Line], left_over: &[Option<Why>], body: &Body) -> Vec<Leftover> {
        let whole = lines
            .iter()
            .zip(left_over)
            .filter_map(|(line, why)| why.map(|why| Leftover { why, text: line.plain.clone() }));
        whole.chain(self.pieces.iter().chain(&body.alt_leftovers).cloned()).collect()
    }
}

fn section_at(line: &Line, at: usize, layout: Layout, section: Why) -> Why {
    if at < layout.end {
        return Why::Navigation;
    }
    match line.region {
        Region::Comments => Why::Comments,
        Region::Related => Why::Related,
        Region::Navigation => Why::Navigation,
        Region::Main if words::begins(&line.plain, words::COMMENTS) => Why::Comments,
        Region::Main if words::begins(&line.plain, words::RELATED) => Why::Related,
        Region::Main => section,
    }
}

fn why(line: &Line, section: Why, fields: &Fields, body: &Body) -> Why {
    let repeats = |words: &str| !words.is_empty() && words == line.plain;
    if credit::looks_like_file_name(&line.plain) {
        Why::FileName
    } else if repeats(&fields.headline)
        || repeats(&fields.source_paper)
        || repeats(&fields.standfirst)
        || body.says(&line.plain)
    {
        Why::Repeated
    } else {
        section
    }
}

/// Finds `Source: https://…`; the last one wins, since a text may name sources of its own.
fn source_line(lines: &[Line], fields: &mut Fields, roles: &mut Roles) -> Option<usize> {
    let is_label = |line: &Line| {
        words::SOURCE_LABELS.contains(&line.plain.trim_end_matches([':', '：', ' ']).to_lowercase().as_str())
    };
    for at in (0..lines.len()).rev() {
        let line = &lines[at];
        let labelled = words::after_label(&line.plain, words::SOURCE_LABELS);
        let below_label = at > 0 && is_label(&lines[at - 1]);
        let Some(said) = labelled.or(below_label.then_some(line.plain.as_str())) else { continue };
        let linked =
            Some(line.address.as_str()).filter(|address| is_address(address) && line.hint != Hint::Picture);
        let Some(url) = said.split_whitespace().find(|word| is_address(word)).or(linked) else { continue };
        let url = url.trim_end_matches([')', ',', ';', '.']);
        fields.source_url = url.to_owned();
        fields.foreign_id = foreign_id(url);
        let name = said.replace(url, "");
        let name = name.trim_matches(|c: char| c.is_whitespace() || "-–—|()".contains(c));
        if (2..=LONGEST_PAPER).contains(&name.chars().count()) && !is_address(name) {
            fields.source_paper = name.to_owned();
        }
        roles.take(at);
        if below_label && labelled.is_none() {
            roles.take(at - 1);
            return Some(at - 1);
        }
        return Some(at);
    }
    None
}

fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

/// Returns the paper's own id of the article, as its address ends in one: `…-post929488.html` is 929488.
fn foreign_id(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let digits: String =
        stem.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    if digits.len() >= 5 { digits } else { String::new() }
}

/// Finds the line that names the paper and the day, however glued; returns the first and last line it takes.
fn paper_line(
    lines: &[Line],
    before: usize,
    fields: &mut Fields,
    roles: &mut Roles,
) -> Option<(usize, usize)> {
    let found: Vec<(usize, Dated, Vec<String>)> = day_lines(lines, before)
        .into_iter()
        .filter_map(|at| day_line(&lines[at]).map(|(dated, names)| (at, dated, names)))
        .collect();
    // A day with a name beats one without: the site's own clock names nobody.
    let best = found
        .iter()
        .find(|(at, _, names)| names.iter().any(|name| is_name(name)) || has_name_above(lines, *at));
    let (at, dated, names) = best.or(found.first())?;
    fields.source_date = dated.day.clone();
    roles.take(*at);
    let first = match names.iter().find(|name| is_name(name)).or(names.first()) {
        Some(name) => {
            fields.source_paper = roles.undoubled(name);
            *at
        }
        None => paper_above(lines, *at, fields, roles),
    };
    Some((first, *at))
}

/// The lines where paper and day can stand, the likeliest first: under the headline, above it, at the article's foot.
fn day_lines(lines: &[Line], before: usize) -> Vec<usize> {
    let end = before.min(lines.len());
    let foot = end.saturating_sub(4)..end;
    let near: Vec<usize> = match headline_marked(lines, end) {
        Some(headline) => {
            let under = headline + 1..(headline + 7).min(end);
            let above = (headline.saturating_sub(4)..headline).rev();
            under
                .chain(above)
                .chain((headline + 7).min(end)..(headline + TOP).min(end))
                .chain(0..headline)
                .collect()
        }
        None => (0..end).filter(|at| lines[*at].region == Region::Main).take(TOP).collect(),
    };
    near.into_iter().chain(foot).filter(|at| lines[*at].region == Region::Main).collect()
}

fn headline_marked(lines: &[Line], end: usize) -> Option<usize> {
    (0..end).find(|at| lines[*at].hint == Hint::Headline && lines[*at].region != Region::Related)
}

/// Returns the day of a short line that says hardly more, and what names it says besides.
fn day_line(line: &Line) -> Option<(Dated, Vec<String>)> {
    let may_be =
        matches!(line.hint, Hint::None | Hint::Standfirst | Hint::ListItem | Hint::Quote | Hint::Table)
            && line.length() <= LONGEST_PAPER_LINE;
    let dated = may_be.then(|| date::find(&line.plain)).flatten()?;
    let names: Vec<String> = [&dated.before, &dated.after]
        .into_iter()
        .map(|part| words::after_label(part.trim(), words::SOURCE_LABELS).unwrap_or(part))
        .map(|part| part.trim_matches(is_edge).to_owned())
        .filter(|name| !name.is_empty() && !words::is_date_label(name))
        .collect();
    let is_text = !names.is_empty() && line.is_sentence();
    let is_short = names.iter().all(|name| name.chars().count() <= LONGEST_PAPER);
    (is_short && !is_text).then_some((dated, names))
}

/// A paper's name is words; `Hotline: 0900 000 000` is none.
fn is_name(name: &str) -> bool {
    !name.contains([':', '：']) && name.chars().filter(char::is_ascii_digit).count() < 4
}

fn has_name_above(lines: &[Line], at: usize) -> bool {
    at >= 2
        && may_be_paper(&lines[at - 1])
        && !is_site_name(&lines[at - 1])
        && !words::is_furniture(&lines[at - 1].plain)
}

/// A short line that is no sentence can be a paper's name.
fn may_be_paper(line: &Line) -> bool {
    line.length() <= LONGEST_PAPER
        && !line.is_sentence()
        && line.hint == Hint::None
        && line.region == Region::Main
        && line.plain.split_whitespace().count() <= 7
}

/// A day alone: the paper's name stands in the line above, perhaps twice.
fn paper_above(lines: &[Line], at: usize, fields: &mut Fields, roles: &mut Roles) -> usize {
    let Some(above) = at.checked_sub(1) else { return at };
    let line = &lines[above];
    // The headline is never the paper's name: there must be two lines more above.
    if !may_be_paper(line) || above < 1 {
        return at;
    }
    fields.source_paper = roles.undoubled(&line.plain);
    roles.take(above);
    match above.checked_sub(1) {
        Some(twin) if lines[twin].plain == line.plain => twin, // its twin is a leftover: repeated
        _ => above,
    }
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || "-–—|,·•/:()".contains(c)
}

/// Returns the one name of `Báo Nhân dânBáo Nhân dân`; separators round it go.
fn half_of(name: &str) -> Option<&str> {
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let half = letters.len() / 2;
    [half, half + 1].into_iter().find_map(|start| {
        let of = |letters: &[(usize, char)]| letters.iter().map(|(_, c)| *c).collect::<Vec<_>>();
        let second = letters.get(start..).filter(|second| half > 1 && of(&letters[..half]) == of(second))?;
        Some(name[..second.first()?.0].trim_matches(is_edge))
    })
}

/// Finds headline, standfirst and the bounds of the text.
fn layout(
    lines: &[Line],
    dated: Option<(usize, usize)>,
    source: Option<usize>,
    roles: &Roles,
) -> Option<Layout> {
    let mut layout = Layout {
        end: end_of_text(lines, source, dated.map_or(0, |(_, last)| last + 1)),
        ..Layout::default()
    };
    let is_words = |at: &usize| roles.free[*at] && is_words(&lines[*at]);
    let marked = headline_marked(lines, layout.end);
    let dated = dated.filter(|dated| !is_foot(lines, *dated, marked.unwrap_or_default(), layout.end));
    let top: Vec<usize> = (0..dated.map_or(0, |(first, _)| first)).filter(is_words).collect();
    match (marked, dated) {
        (Some(headline), _) => {
            layout.headline = headline;
            let paper = dated.filter(|(first, _)| *first > headline);
            let between: Vec<usize> = (headline + 1..paper.map_or(headline + 1, |(first, _)| first))
                .filter(is_words)
                .filter(|at| lines[*at].length() >= 40 || lines[*at].is_sentence())
                .collect();
            layout.text = paper.map_or(headline, |(_, last)| last) + 1;
            let below =
                Some(layout.text).filter(|at| *at < layout.end && lines[*at].is_strong && is_words(at));
            layout.standfirst = marked_standfirst(lines, layout)
                .or_else(|| Some((*between.first()?, *between.last()?)))
                .or(below.filter(|at| lines[*at].length() >= 40).map(|at| (at, at)));
        }
        (None, Some((_, last))) if !top.is_empty() => {
            (layout.headline, layout.standfirst) = headline_above(lines, &top);
            layout.text = last + 1;
        }
        (None, _) => {
            let start = dated.map_or(0, |(_, last)| last + 1);
            let mut below = (start..layout.end)
                .filter(is_words)
                .skip_while(|at| lines[*at].length() < 15 || is_site_name(&lines[*at]));
            layout.headline = below.next()?;
            let standfirst = below.next().filter(|at| {
                *at == layout.headline + 1 && lines[*at].is_sentence() && lines[*at].length() <= 500
            });
            let words_after = below.count();
            layout.standfirst = standfirst.filter(|_| words_after > 0).map(|at| (at, at));
            layout.text = layout.standfirst.map_or(layout.headline, |(_, last)| last) + 1;
        }
    }
    (layout.text <= layout.end && lines[layout.headline].length() >= 4).then_some(layout)
}

fn marked_standfirst(lines: &[Line], layout: Layout) -> Option<(usize, usize)> {
    let is_marked = |at: &usize| lines[*at].hint == Hint::Standfirst;
    let first = (0..layout.end).find(is_marked)?;
    (first..layout.end).take_while(is_marked).last().map(|last| (first, last))
}

/// Says whether the paper's line stands under the text: much of it above, or none below.
fn is_foot(lines: &[Line], (first, last): (usize, usize), headline: usize, end: usize) -> bool {
    let is_text =
        |at: &usize| is_words(&lines[*at]) && (lines[*at].is_sentence() || lines[*at].length() >= 60);
    let above = (headline + 1..first).filter(is_text).count();
    above > 4 || (above > 1 && !(last + 1..end).any(|at| is_text(&at)))
}

/// Above the paper's line stand the headline and perhaps the standfirst, under the site's own name and menus.
fn headline_above(lines: &[Line], top: &[usize]) -> (usize, Option<(usize, usize)>) {
    let last = top[top.len() - 1];
    let mut headline = last;
    for above in top.iter().rev().skip(1).copied() {
        let may_be = !is_site_name(&lines[above]) && lines[above].length() >= 15;
        // The first step up may be taken on a hint; only what is clearly prose lies between headline and standfirst.
        let goes_on = if headline == last {
            is_standfirst(&lines[headline], &lines[above])
        } else {
            is_prose(&lines[headline])
        };
        if !may_be || !goes_on {
            break;
        }
        headline = above;
    }
    let first = top.iter().copied().find(|at| *at > headline);
    (headline, first.map(|first| (first, last)))
}

fn is_standfirst(line: &Line, headline: &Line) -> bool {
    let longer = line.length() > headline.length();
    is_prose(line) || (longer && (line.is_sentence() || has_no_stops(line)))
}

/// Several sentences, or one that is far longer than a headline.
fn is_prose(line: &Line) -> bool {
    line.plain.contains(". ") || (line.plain.matches('。').count() > 1) || line.length() > 140
}

/// Thai, Lao, Khmer and Burmese end their sentences with a space.
fn has_no_stops(line: &Line) -> bool {
    line.plain
        .chars()
        .any(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'))
}

fn is_words(line: &Line) -> bool {
    line.region == Region::Main
        && !matches!(line.hint, Hint::Picture | Hint::Caption | Hint::Credit)
        && !words::is_furniture(&line.plain)
}

/// `Vietnam.vn - Nền tảng quảng bá Việt Nam`: a domain and a claim.
fn is_site_name(line: &Line) -> bool {
    let first = line.plain.split([' ', '-', '|', '–', '—']).next().unwrap_or_default();
    let is_domain = first.split_once('.').is_some_and(|(name, end)| {
        name.len() > 2 && (2..=4).contains(&end.len()) && end.chars().all(|c| c.is_ascii_lowercase())
    });
    is_domain && line.length() < 100 && !line.is_sentence()
}

/// The text ends before the source line, the comments, or the lists of other articles, whichever comes first.
fn end_of_text(lines: &[Line], source: Option<usize>, from: usize) -> usize {
    if let Some(source) = source.filter(|source| *source >= from) {
        return source;
    }
    let is_end = |at: &usize| {
        let line = &lines[*at];
        let furniture = line.hint == Hint::None
            && !line.is_sentence()
            && (words::begins(&line.plain, words::COMMENTS) || words::begins(&line.plain, words::RELATED));
        *at > from + 1 && (furniture || line.region == Region::Comments)
    };
    let end = (from..lines.len()).find(is_end).unwrap_or(lines.len());
    // Without a mark the text ends with its last sentence; what hangs below are menus.
    let last = (from..end).rev().find(|at| {
        lines[*at].region == Region::Main
            && (lines[*at].is_sentence() || lines[*at].length() > 80 || lines[*at].hint != Hint::None)
    });
    last.map_or(end, |last| last + 1)
}

/// Fills what the lines did not tell with what the markup knows.
fn complete(fields: &mut Fields, known: Known, lines: &[Line], body: &Body) {
    let fill = |field: &mut String, value: String| {
        if field.is_empty() {
            *field = value;
        }
    };
    fill(&mut fields.source_date, known.published);
    fill(&mut fields.source_paper, known.paper);
    fill(&mut fields.byline, known.byline);
    fields.keywords = known.keywords;
    let text: String = lines
        .iter()
        .filter(|line| body.says(&line.plain))
        .map(|line| line.plain.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let sample = format!("{}\n{}\n{text}", fields.headline, fields.standfirst);
    fields.language = known
        .language
        .filter(|language| agrees(language, &sample))
        .unwrap_or_else(|| language::detect(&sample));
}

/// A portal's frame may be declared in its own language while the article is in another: script and letters decide.
fn agrees(declared: &str, sample: &str) -> bool {
    let detected = language::detect(sample);
    let primary = |language: &str| language.split('-').next().unwrap_or_default().to_owned();
    let close = matches!((primary(declared).as_str(), detected.as_str()), ("ms" | "id", "ms" | "id"));
    close || primary(declared) == detected || (sample.chars().count() < 200 && primary(declared) != "vi")
}
