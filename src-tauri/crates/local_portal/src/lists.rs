//! The front page, the pages of sections and of source papers, and the few words where there is no page.

use axum::{
    extract::{Path, Query, State},
    response::{Html, IntoResponse as _, Response},
};
use domain::page::{
    self,
    card::{self, Shape},
    public::{self, attribute, text},
    section,
    site_words::{self, SiteWords, endonym, filled},
};
use serde::Deserialize;

use crate::{address::List, listing::Filter, page::missing, refusal::Refusal, serve::Site};

/// Articles on one page of a list.
const ON_A_PAGE: u32 = 24;
/// No list is looked at further back.
const LAST_PAGE: u32 = 10_000;

/// What of a list is asked for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: String,
    page: Option<String>,
}

/// `GET /`
pub async fn front(State(site): State<Site>, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    list(site, List::Front, &asked).await
}

/// `GET /category/{code}`
pub async fn section(
    State(site): State<Site>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    list(site, List::Section(&code), &asked).await
}

/// `GET /paper/{paper}`
pub async fn source_paper(
    State(site): State<Site>,
    Path(paper): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    list(site, List::SourcePaper(&paper), &asked).await
}

async fn list(site: Site, list: List<'_>, asked: &Asked) -> Result<Response, Refusal> {
    let number = asked.page.as_deref().unwrap_or("1").parse().unwrap_or(0);
    let filter = filter(list, &asked.lang);
    let length = site.portal.length(&filter)?;
    let pages = length.div_ceil(ON_A_PAGE);
    let is_empty_front = length == 0 && number == 1 && list == List::Front && asked.lang.is_empty();
    if !is_empty_front && !(1..=pages.min(LAST_PAGE)).contains(&number) {
        return Ok(missing(State(site)).await);
    }
    let languages = site.portal.languages()?;
    // Where no language is asked for, the site speaks that of most of what is live.
    let spoken =
        if asked.lang.is_empty() { languages.first().map_or("vi", String::as_str) } else { &asked.lang };
    let page = ListPage {
        site: &site,
        list,
        asked: &asked.lang,
        spoken,
        words: site_words::of(spoken),
        number,
        pages,
        languages: &languages,
    };
    Ok(Html(page.html(&filter)?).into_response())
}

fn filter<'a>(list: List<'a>, language: &'a str) -> Filter<'a> {
    let all = Filter { language, ..Filter::default() };
    match list {
        List::Front => all,
        List::Section(code) => Filter { category_code: code, ..all },
        List::SourcePaper(paper) => Filter { source_paper: paper, ..all },
    }
}

/// One page of a list.
struct ListPage<'a> {
    site: &'a Site,
    list: List<'a>,
    /// The language asked for; empty: every one.
    asked: &'a str,
    /// The language of the page's own words.
    spoken: &'a str,
    words: SiteWords,
    number: u32,
    pages: u32,
    languages: &'a [String],
}

impl ListPage<'_> {
    fn html(&self, filter: &Filter<'_>) -> Result<String, Refusal> {
        let heading = self.heading();
        let up = self.list.up();
        Ok(format!(
            "{head}<body class=\"list\">\n{top}{sections}{languages}<main id=\"main\">\n{heading}{cards}{pages}</main>\n{foot}</body>\n</html>\n",
            head = self.head(&heading),
            top = self.top(),
            sections = self.sections()?,
            languages = self.languages(),
            heading = heading.map_or_else(String::new, |name| format!("<h1>{}</h1>\n", text(&name))),
            cards = self.cards(filter)?,
            pages = self.paging(),
            foot = public::foot(&self.words, self.site_name(), up),
        ))
    }

    fn site_name(&self) -> &str {
        &self.site.portal.0.site_name
    }

    /// Returns what the list is called; the front page is called as the site.
    fn heading(&self) -> Option<String> {
        match self.list {
            List::Front => None,
            List::Section(code) => Some(section::name(self.spoken, code)),
            List::SourcePaper(paper) => Some(paper.to_owned()),
        }
    }

    fn head(&self, heading: &Option<String>) -> String {
        let which = (self.number > 1).then(|| self.page_of());
        let parts: Vec<&str> =
            [heading.as_deref(), which.as_deref(), Some(self.site_name())].into_iter().flatten().collect();
        let link = |rel: &str, number: u32| {
            let address = self.list.address(self.asked, number);
            format!("<link rel=\"{rel}\" href=\"{}/{}\">\n", self.site.url, attribute(&address))
        };
        let mut links = link("canonical", self.number);
        links.extend((self.number > 1).then(|| link("prev", self.number - 1)));
        links.extend((self.number < self.pages).then(|| link("next", self.number + 1)));
        head(self.spoken, &parts.join(" · "), self.list.up(), &links)
    }

    /// The front has its name in large letters, as a newspaper has, and the day; all else leads back to it.
    fn top(&self) -> String {
        if self.list != List::Front {
            return public::top(&self.words, self.site_name(), self.list.up());
        }
        let now = self.site.portal.in_zone(self.site.portal.now());
        let day = now.get(..10).unwrap_or_default();
        format!(
            "<a class=\"skip\" href=\"#main\">{}</a>\n<header class=\"masthead\">\n<h1><a href=\"./\">{}</a></h1>\n<p><time datetime=\"{day}\">{}</time></p>\n</header>\n",
            text(self.words.skip),
            text(self.site_name()),
            text(&page::date(self.spoken, day)),
        )
    }

    fn sections(&self) -> Result<String, Refusal> {
        let links = self.site.portal.sections(self.asked)?.into_iter().map(|code| {
            let list = List::Section(&code);
            let name = section::name(self.spoken, &code);
            (list.from(self.list.up(), self.asked, 1), text(&name), list == self.list)
        });
        let links: Vec<_> = links.collect();
        Ok(nav("sections", self.words.sections, &links))
    }

    /// A site in one language does not offer others.
    fn languages(&self) -> String {
        if self.languages.len() < 2 {
            return String::new();
        }
        let up = self.list.up();
        let all = (self.list.from(up, "", 1), text(self.words.all_languages), self.asked.is_empty());
        let each = self.languages.iter().map(|language| {
            let tag = attribute(language);
            let name = format!("<span lang=\"{tag}\">{}</span>", text(endonym(language)));
            // The list itself may have nothing in that language: the front has.
            (List::Front.from(up, language, 1), name, language == self.asked)
        });
        let links: Vec<_> = std::iter::once(all).chain(each).collect();
        nav("languages", self.words.languages, &links)
    }

    fn cards(&self, filter: &Filter<'_>) -> Result<String, Refusal> {
        let portal = &self.site.portal;
        let rows = portal.rows(filter, ON_A_PAGE, (self.number - 1) * ON_A_PAGE)?;
        if rows.is_empty() {
            let (vi, en) = (site_words::of("vi").nothing_yet, site_words::of("en").nothing_yet);
            return Ok(format!("<p class=\"empty\">{vi} <span lang=\"en\">{en}</span></p>\n"));
        }
        let mut cards = String::new();
        for (at, row) in rows.iter().enumerate() {
            let is_lead = at == 0 && self.number == 1 && self.list == List::Front;
            cards += &card::html(
                &portal.card(row, self.list.up())?,
                if is_lead { Shape::Lead } else { Shape::Card },
            );
        }
        Ok(format!("<ul class=\"cards\">\n{cards}</ul>\n"))
    }

    fn page_of(&self) -> String {
        filled(self.words.page_of, &[&self.number.to_string(), &self.pages.to_string()])
    }

    fn paging(&self) -> String {
        if self.pages < 2 {
            return String::new();
        }
        let link = |rel: &str, words: &str, number: u32| {
            let address = self.list.from(self.list.up(), self.asked, number);
            format!("<a rel=\"{rel}\" href=\"{}\">{}</a>\n", attribute(&address), text(words))
        };
        let newer = (self.number > 1).then(|| link("prev", self.words.newer, self.number - 1));
        let older = (self.number < self.pages).then(|| link("next", self.words.older, self.number + 1));
        format!(
            "<nav class=\"pages\" aria-label=\"{}\">\n{}<span>{}</span>\n{}</nav>\n",
            attribute(self.words.pages),
            newer.unwrap_or_default(),
            text(&self.page_of()),
            older.unwrap_or_default()
        )
    }
}

/// Returns a row of links: address, name as HTML, whether it is where the reader is.
fn nav(class: &str, label: &str, links: &[(String, String, bool)]) -> String {
    if links.is_empty() {
        return String::new();
    }
    let one = |(address, name, is_here): &(String, String, bool)| {
        let here = if *is_here { " aria-current=\"page\"" } else { "" };
        format!("<li><a href=\"{}\"{here}>{name}</a></li>\n", attribute(address))
    };
    let links: String = links.iter().map(one).collect();
    format!("<nav class=\"{class}\" aria-label=\"{}\">\n<ul>\n{links}</ul>\n</nav>\n", attribute(label))
}

fn head(language: &str, title: &str, up: &str, links: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n{links}\
         <link rel=\"alternate\" type=\"application/atom+xml\" href=\"{up}feed.atom\" title=\"{0}\">\n\
         <link rel=\"stylesheet\" href=\"{up}portal.css\">\n</head>\n",
        attribute(language),
        page::direction(language),
        text(title)
    )
}

/// Returns a page with nothing on it but a few words, which may stand anywhere on the site.
pub fn message(site: &Site, language: &str, words: &str, more: &str) -> String {
    let (name, own) = (&site.portal.0.site_name, site_words::of(language));
    let title = format!("{words} · {name}");
    format!(
        "{}<body>\n{}<main id=\"main\">\n<div class=\"message\">\n<h1>{}</h1>\n{more}</div>\n</main>\n{}</body>\n</html>\n",
        head(language, &title, "/", ""),
        public::top(&own, name, "/"),
        text(words),
        public::foot(&own, name, "/")
    )
}
