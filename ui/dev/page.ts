/** A page much like the portal's, for looking at; the real one is the core's. */

import type { Fields } from "../src/backend/gen/Fields";
import type { PlacementShown } from "../src/backend/gen/PlacementShown";

const safe = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const inline = (text: string) => safe(text).replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>").replace(/\*(.+?)\*/g, "<em>$1</em>");

export function page(fields: Fields, body: string, placements: readonly PlacementShown[], photos: string) {
  const blocks: [string, number][] = [];
  const head = (html: string, when: string) => when && blocks.push([html, 0]);
  head(`<p class="kicker">${safe(fields.kicker)}</p>`, fields.kicker);
  blocks.push([`<h1>${safe(fields.headline)}</h1>`, 0]);
  head(`<p class="standfirst">${safe(fields.standfirst)}</p>`, fields.standfirst);
  head(`<p class="source-line"><span class="source-paper">${safe(fields.source_paper)}</span> · <time>${fields.source_date}</time></p>`, fields.source_paper);
  const lead = placements.find((one) => one.position === "lead");
  if (lead) blocks.push([figure(lead, photos, "lead"), 0]);
  let line = 1;
  for (const part of body.split(/\n{2,}/)) {
    const named = /photo:([\w-]+)/.exec(part)?.[1];
    const placement = placements.find((one) => one.id === named);
    const made = placement ? figure(placement, photos, "") : /^#+ /.test(part) ? `<h2>${inline(part.replace(/^#+ /, ""))}</h2>` : `<p>${inline(part)}</p>`;
    if (part.trim()) blocks.push([made, line]);
    line += part.split("\n").length + 1;
  }
  head(`<p class="source-url">Sumber: <a href="#">${safe(fields.source_url)}</a></p>`, fields.source_url);
  return { insert: blocks.map(([html]) => html), lines: blocks.map(([, at]) => at), words: body.split(/\s+/).filter(Boolean).length, characters: body.length };
}

function figure(one: PlacementShown, photos: string, kind: string): string {
  const image = one.picture ? `<img src="${photos}/${one.picture.hash}.jpg" alt="${safe(one.alt)}">` : `<div class="wanted">Picture wanted</div>`;
  return `<figure class="${kind}">${image}<figcaption><span class="caption">${safe(one.caption)}</span> <span class="credit-label">Foto: <span class="credit">${safe(one.credit_line)}</span></span></figcaption></figure>`;
}
