// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { heard, wordsOf, type HeardLine } from "./heard";
import { twice } from "./twice";

const figure = (alt: string, caption: string, credit: string) =>
  `<figure class="in-text">\n<img src="photo://localhost/x/web" width="3" height="2" alt="${alt}">\n<figcaption><span class="caption">${caption}</span> <span class="credit-label">Ảnh:</span> <span class="credit">${credit}</span></figcaption>\n</figure>\n`;

const short = (line: HeardLine) => [line.as, wordsOf(line), ...(line.of > 0 ? [`${line.n}/${line.of}`] : line.n > 0 ? [line.n] : [])];
const shorts = (html: string) => heard(html).map(short);
const notes = (...blocks: string[]) => {
  const steps = twice(blocks.map((html) => heard(html)));
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return [...step.value].map(([line, what]) => [line.as, ...what]);
};

test("a heading is said with its level, a paragraph as its words", () => {
  expect(shorts("<h2>Chợ  phiên</h2>\n")).toEqual([["heading", "Chợ phiên", 2]]);
  expect(shorts("<p>Một <strong>hai</strong>\nba.</p>\n")).toEqual([["text", "Một hai ba."]]);
});

test("a picture is said by its alt text, then its caption, then its credit", () => {
  expect(shorts(figure("Thuyền trên sông", "Chợ nổi Cái Răng.", "Lan"))).toEqual([
    ["figure", ""],
    ["picture", "Thuyền trên sông"],
    ["caption", "Chợ nổi Cái Răng."],
    ["credit", "Ảnh: Lan"],
  ]);
});

test("a picture without alt text is not heard", () => {
  expect(heard(figure("", "Chợ nổi.", "Lan"))[1]).toMatchObject({ as: "picture", said: [], notes: ["alt_missing"] });
  expect(heard("<p>x <img src='a'></p>").find((line) => line.as === "picture")?.notes).toEqual(["alt_missing"]);
});

test("a link is said as one, by its label before its words, and an empty one is not heard", () => {
  expect(heard('<p>Xem <a href="https://a.vn">trang này</a>.</p>')[0]?.said).toEqual([
    { words: "Xem" },
    { words: "trang này", as: "link", href: "https://a.vn" },
    { words: "." },
  ]);
  expect(heard('<p><a href="#r" aria-label="Về chú thích 1">↩</a></p>')[0]?.said[0]?.words).toBe("Về chú thích 1");
  expect(heard('<p><a href="https://a.vn"><img src="b" alt="Bản đồ"></a></p>')[0]?.said[0]?.words).toBe("Bản đồ");
  expect(heard('<p>Xem <a href="https://a.vn"> </a></p>')[0]?.notes).toEqual(["link_empty"]);
});

test("a list says how many it holds, its items which they are, also one inside another", () => {
  const html = "<ul><li>Một</li><li><p>Hai</p><ol><li>a</li></ol></li><li></li></ul>";

  expect(shorts(html)).toEqual([
    ["list", "", "0/3"],
    ["item", "Một", "1/3"],
    ["item", "Hai", "2/3"],
    ["list", "", "0/1"],
    ["item", "a", "1/1"],
    ["item", "", "3/3"],
  ]);
  expect(heard(html).map((line) => line.depth)).toEqual([0, 1, 1, 1, 2, 1]);
});

test("a table says its size, and each cell the head of its column", () => {
  const table = "<table><thead><tr><th>Tỉnh</th><th>Dân</th></tr></thead><tbody><tr><td>Huế</td><td>1,2</td></tr></tbody></table>";

  const [first, head, row] = heard(table);

  expect(first).toMatchObject({ as: "table", of: 2, columns: 2 });
  expect(head?.said.map((said) => said.words)).toEqual(["", "Tỉnh", "", "Dân"]);
  expect(row?.said).toEqual([{ words: "Tỉnh", as: "cell" }, { words: "Huế" }, { words: "Dân", as: "cell" }, { words: "1,2" }]);
});

test("quotations, asides and lines between are said as what they are", () => {
  expect(shorts("<blockquote><p>Lời.</p></blockquote><hr><aside aria-label='Hộp'><p>Tin</p></aside>")).toEqual([
    ["quotation", ""],
    ["text", "Lời."],
    ["separator", ""],
    ["complementary", "Hộp"],
    ["text", "Tin"],
  ]);
});

test("words in another language are told apart, hidden ones are not heard, struck ones are as if they stood", () => {
  expect(heard('<p>Hội <em lang="en">The Forum</em></p>')[0]?.said).toEqual([{ words: "Hội" }, { words: "The Forum", lang: "en" }]);
  expect(shorts('<p>A <span aria-hidden="true">·</span> B</p>')).toEqual([["text", "A B"]]);
  expect(heard("<p>Giá <del>5</del> 6</p>")[0]?.notes).toEqual(["struck"]);
});

test("what only the preview shows is not on the page", () => {
  expect(heard('<figure class="lead"><div class="wanted">Cần ảnh</div></figure>')[1]).toMatchObject({ as: "placeholder", notes: ["not_on_page"] });
});

test("nothing that a text can hold is taken for markup that runs", () => {
  expect(shorts("<p>&lt;img src=x onerror=alert(1)&gt;</p><script>alert(1)</script>")).toEqual([["text", "<img src=x onerror=alert(1)>"]]);
});

test("an alt text that repeats the caption is heard twice", () => {
  expect(notes(figure("Chợ nổi Cái Răng", "Chợ nổi Cái Răng.", "Lan"))).toEqual([["picture", "alt_is_caption"]]);
  expect(notes(figure("Thuyền chở dưa trên sông", "Chợ nổi Cái Răng.", "Lan"))).toEqual([]);
});

test("a caption that repeats the paragraph beside it is heard twice", () => {
  const caption = "Người dân đi chợ phiên từ sáng sớm";

  expect(notes(`<p>Ở vùng cao, người dân đi chợ phiên từ sáng sớm.</p>`, figure("Một khu chợ", caption, "Lan"))).toEqual([["caption", "caption_in_text"]]);
});

test("a credit that stands in the caption too is heard twice, a name inside another word is not one", () => {
  expect(notes(figure("Chợ", "Chợ phiên (Ảnh: Lan).", "Lan"))).toEqual([["credit", "credit_twice"]]);
  expect(notes(figure("Chợ", "Chợ hoa Lanh.", "Lan"))).toEqual([]);
});

test("the same words of two links that lead elsewhere are told, for the same address they are not", () => {
  const link = (href: string) => `<p>Chữ <a href="${href}">xem thêm</a></p>`;

  expect(notes(link("https://a.vn"), "<p>b</p>", link("https://b.vn"))).toEqual([["text", "same_link_words"], ["text", "same_link_words"]]);
  expect(notes(link("https://a.vn"), "<p>b</p>", link("https://a.vn"))).toEqual([]);
});

test("a headline that is said again under itself is heard twice", () => {
  expect(notes("<h1>Chợ phiên</h1>", '<p class="standfirst">Chợ phiên.</p>')).toEqual([["text", "said_twice"]]);
});
