//! Links as their author meant them: without the counters of those who passed them on.

use domain::markdown::embed::Embed;
use url::Url;

/// A link that leads through more than so many counters leads nowhere.
const MOST_WRAPPINGS: usize = 4;

/// Parameters that say who sent a reader, never what he reads.
const TRACKING: [&str; 18] = [
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh",
    "mc_eid", "mc_cid", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "zarsrc",
];

/// Returns where a link leads, or nothing where a reader may not be sent there.
pub fn followed(href: &str) -> Option<String> {
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    let mut url = Url::parse(&href).ok()?;
    let mut changed = false;
    for _ in 0..MOST_WRAPPINGS {
        let Some(inner) = wrapped(&url) else { break };
        (url, changed) = (inner, true);
    }
    if !matches!(url.scheme(), "http" | "https" | "mailto" | "tel") {
        return None;
    }
    changed |= matches!(url.scheme(), "http" | "https") && untracked(&mut url);
    // One without a counter stays letter for letter as it was.
    Some(readable(if changed { url.as_str() } else { &href }))
}

/// Returns the page of what an embedded frame shows, where our text has a card for it.
pub fn embedded(src: &str) -> Option<String> {
    let src = if src.starts_with("//") { format!("https:{src}") } else { src.to_owned() };
    let url = Url::parse(&src).ok()?;
    let (host, path) = (url.host_str()?.trim_start_matches("www."), url.path());
    let page = match host {
        "youtube.com" | "youtube-nocookie.com" => {
            format!("https://www.youtube.com/watch?v={}", path.strip_prefix("/embed/")?)
        }
        "player.vimeo.com" => format!("https://vimeo.com/{}", path.strip_prefix("/video/")?),
        "facebook.com" if path.starts_with("/plugins/") => {
            url.query_pairs().find(|(name, _)| name == "href")?.1.into_owned()
        }
        _ => src,
    };
    let page = followed(&page)?;
    Embed::of(&page).is_some().then_some(page)
}

/// Returns the address inside a redirect of a mail program, a search engine or a network.
fn wrapped(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let path = url.path();
    let is = |name: &str| host == name || host.ends_with(&format!(".{name}"));
    let names: &[&str] = if is_google(host) && path == "/url" {
        &["q", "url"]
    } else if is("safelinks.protection.outlook.com") {
        &["url"]
    } else if (is("facebook.com") || is("instagram.com")) && (path == "/l.php" || host.starts_with("l.")) {
        &["u"]
    } else if is("youtube.com") && path == "/redirect" {
        &["q"]
    } else if is("zalo.me") && host.starts_with("link") {
        &["continue", "u", "url"]
    } else if is("linkedin.com") && path.starts_with("/redir/redirect") {
        &["url"]
    } else {
        return None;
    };
    let inner = names.iter().find_map(|name| {
        url.query_pairs().find(|(found, _)| found == name).map(|(_, inner)| inner.into_owned())
    })?;
    Url::parse(&inner).ok().filter(|inner| matches!(inner.scheme(), "http" | "https" | "mailto"))
}

fn is_google(host: &str) -> bool {
    let rest = host.strip_prefix("www.").unwrap_or(host);
    rest.strip_prefix("google.").is_some_and(|country| country.split('.').all(|part| part.len() <= 3))
}

/// Takes tracking parameters away; says whether there were any.
fn untracked(url: &mut Url) -> bool {
    let Some(query) = url.query().map(str::to_owned) else { return false };
    let is_tracking = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        name.starts_with("utm_") || TRACKING.contains(&name.as_str())
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    let kept = kept.join("&");
    let had_some = kept != query;
    if had_some {
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    had_some
}

/// What Markdown would end a link at is written so that it does not.
fn readable(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '"' => out.push_str("%22"),
            c if c.is_whitespace() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}
