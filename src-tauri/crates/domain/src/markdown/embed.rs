//! A video, a recording or a post that a text shows by its address alone. The page names it and leads there; nothing of
//! it is loaded, so no reader is told on to anybody before they choose to go.

use std::borrow::Cow;

use url::Url;

use super::escaped;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Video,
    Audio,
    Post,
}

/// What a bare address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed<'a> {
    pub kind: Kind,
    /// As its makers write it; the host where it is a file.
    pub site: Cow<'a, str>,
    pub url: Cow<'a, str>,
}

/// Hosts whose pages are shown as cards (`ui/src/editor/embeds.ts` knows the same), with what most of their pages are.
pub(super) const SITES: &[(&str, &str, Kind)] = &[
    ("youtube.com", "YouTube", Kind::Video),
    ("youtu.be", "YouTube", Kind::Video),
    ("youtube-nocookie.com", "YouTube", Kind::Video),
    ("vimeo.com", "Vimeo", Kind::Video),
    ("dailymotion.com", "Dailymotion", Kind::Video),
    ("dai.ly", "Dailymotion", Kind::Video),
    ("tiktok.com", "TikTok", Kind::Video),
    ("fb.watch", "Facebook", Kind::Video),
    ("facebook.com", "Facebook", Kind::Post),
    ("x.com", "X", Kind::Post),
    ("twitter.com", "X", Kind::Post),
    ("instagram.com", "Instagram", Kind::Post),
    ("threads.net", "Threads", Kind::Post),
    ("threads.com", "Threads", Kind::Post),
    ("zalo.me", "Zalo", Kind::Post),
    ("bsky.app", "Bluesky", Kind::Post),
    ("t.me", "Telegram", Kind::Post),
    ("soundcloud.com", "SoundCloud", Kind::Audio),
    ("open.spotify.com", "Spotify", Kind::Audio),
    ("podcasts.apple.com", "Apple Podcasts", Kind::Audio),
    ("zingmp3.vn", "Zing MP3", Kind::Audio),
];

/// Parts of a path that say that a page of a site of posts is a video.
const VIDEO_PATHS: &[&str] = &["/videos/", "/watch", "/reel/", "/reels/", "/video/"];

pub(super) const FILES: &[(&str, Kind)] = &[
    ("mp4", Kind::Video),
    ("m4v", Kind::Video),
    ("mov", Kind::Video),
    ("webm", Kind::Video),
    ("ogv", Kind::Video),
    ("mp3", Kind::Audio),
    ("m4a", Kind::Audio),
    ("aac", Kind::Audio),
    ("ogg", Kind::Audio),
    ("oga", Kind::Audio),
    ("opus", Kind::Audio),
    ("flac", Kind::Audio),
    ("wav", Kind::Audio),
];

/// Longer addresses are links.
const LONGEST: usize = 2_000;

impl Embed<'_> {
    /// Returns what is shown for this address, if it is more than a link.
    #[must_use]
    pub fn of(address: &str) -> Option<Embed<'static>> {
        if address.len() > LONGEST {
            return None;
        }
        let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
        let host = url.host_str()?;
        let path = url.path().to_ascii_lowercase();
        let (kind, site) = of_site(host, &path).or_else(|| of_file(host, &path))?;
        Some(Embed { kind, site, url: address.to_owned().into() })
    }

    /// Returns the card; `kind` is what it is, in the page's language.
    #[must_use]
    pub fn html(&self, kind: &str) -> String {
        let kind = if kind.is_empty() {
            String::new()
        } else {
            format!("<span class=\"embed-kind\">{}</span> ", escaped(kind))
        };
        let (site, url) = (escaped(&self.site), escaped(&self.url));
        format!(
            "<p class=\"embed\">{kind}<span class=\"embed-site\">{site}</span> <a href=\"{url}\" rel=\"noopener\">{url}</a></p>\n"
        )
    }
}

fn of_site(host: &str, path: &str) -> Option<(Kind, Cow<'static, str>)> {
    let belongs =
        |site: &str| host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let (_, name, kind) = SITES.iter().find(|(site, ..)| belongs(site))?;
    if path.len() < 2 {
        return None; // a site's own front page is a link
    }
    let is_video = *kind == Kind::Post && VIDEO_PATHS.iter().any(|part| path.contains(part));
    Some((if is_video { Kind::Video } else { *kind }, (*name).into()))
}

fn of_file(host: &str, path: &str) -> Option<(Kind, Cow<'static, str>)> {
    let (_, ending) = path.rsplit_once('.')?;
    let (_, kind) = FILES.iter().find(|(file, _)| *file == ending)?;
    Some((*kind, host.strip_prefix("www.").unwrap_or(host).to_owned().into()))
}
