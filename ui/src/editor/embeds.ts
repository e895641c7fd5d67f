/** Which bare addresses are cards on the page. `domain::markdown::embed` decides it; a table in the tests holds both to it. */

export type EmbedKind = "video" | "audio" | "post";

export interface Embed {
  kind: EmbedKind;
  /** As its makers write it; the host where it is a file. */
  site: string;
}

/** The words of the cards, in the window's language. */
export interface EmbedWords {
  kinds: Readonly<Record<EmbedKind, string>>;
  /** Nothing of it is loaded, here or on the page. */
  loadsNothing: string;
}

const SITES: [string, string, EmbedKind][] = [
  ["youtube.com", "YouTube", "video"],
  ["youtu.be", "YouTube", "video"],
  ["youtube-nocookie.com", "YouTube", "video"],
  ["vimeo.com", "Vimeo", "video"],
  ["dailymotion.com", "Dailymotion", "video"],
  ["dai.ly", "Dailymotion", "video"],
  ["tiktok.com", "TikTok", "video"],
  ["fb.watch", "Facebook", "video"],
  ["facebook.com", "Facebook", "post"],
  ["x.com", "X", "post"],
  ["twitter.com", "X", "post"],
  ["instagram.com", "Instagram", "post"],
  ["threads.net", "Threads", "post"],
  ["threads.com", "Threads", "post"],
  ["zalo.me", "Zalo", "post"],
  ["bsky.app", "Bluesky", "post"],
  ["t.me", "Telegram", "post"],
  ["soundcloud.com", "SoundCloud", "audio"],
  ["open.spotify.com", "Spotify", "audio"],
  ["podcasts.apple.com", "Apple Podcasts", "audio"],
  ["zingmp3.vn", "Zing MP3", "audio"],
];

const VIDEO_PATHS = ["/videos/", "/watch", "/reel/", "/reels/", "/video/"];
const FILES = /\.(?:(mp4|m4v|mov|webm|ogv)|(?:mp3|m4a|aac|ogg|oga|opus|flac|wav))$/;
const BARE = /^<?(https?:\/\/[^\s<>]{1,2000})>?$/i;

/** Returns the address that a line is, where it is nothing else. */
export function bareAddress(line: string): string | null {
  return BARE.exec(line.trim())?.[1] ?? null;
}

/** Returns what an address leads to, where the page shows a card of it. */
export function embedOf(address: string): Embed | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const path = url.pathname.toLowerCase();
  const found = SITES.find(([host]) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  if (found !== undefined && path.length > 1) {
    const [, site, kind] = found;
    return { site, kind: kind === "post" && VIDEO_PATHS.some((part) => path.includes(part)) ? "video" : kind };
  }
  const file = FILES.exec(path);
  return file === null ? null : { site: url.hostname.replace(/^www\./, ""), kind: file[1] === undefined ? "audio" : "video" };
}
