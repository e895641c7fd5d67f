// Prints what the program carries of others: a list, and under it every licence text once, as those licences ask.
// The program is one file, so what it is made of is found in its manifests: `cargo metadata` and package-lock.json.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const TEXT = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;

// Svelte writes the pages, and a part of it is in them.
const BUNDLED_TOOLS = ["node_modules/svelte"];

/** The crates that end up in the program, and no other: neither what only builds it nor what only tests it. */
function crates() {
  const host = /^host: (.*)$/m.exec(run("rustc", "-vV"))[1];
  const { packages, resolve } = JSON.parse(
    run("cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host),
  );
  const byId = new Map(packages.map((found) => [found.id, found]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const linked = new Set();
  const link = (id) => {
    if (linked.has(id) || byId.get(id).targets.some(({ kind }) => kind.includes("proc-macro"))) return;
    linked.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (kinds.some(({ kind }) => kind === null)) link(pkg);
    }
  };
  link(packages.find(({ name, source }) => name === "toasoan" && source === null).id);
  return [...linked]
    .map((id) => byId.get(id))
    .filter(({ source }) => source !== null)
    .map(({ name, version, license, repository, manifest_path: manifest }) => ({
      name,
      version,
      licence: license ?? "",
      from: repository ?? `https://crates.io/crates/${name}`,
      folder: dirname(manifest),
    }));
}

function pages() {
  const { packages } = JSON.parse(readFileSync("ui/package-lock.json", "utf8"));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && (!dev || BUNDLED_TOOLS.includes(path)))
    .map(([path, { version, license }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, version, licence: license ?? "", from: `https://www.npmjs.com/package/${name}`, folder: join("ui", path) };
    });
}

/** Two licences of our own may be joined with any of these; GPL may not, unless another may be chosen. */
function mayBeCarried({ licence }) {
  return licence !== "" && licence.split(/ OR |\//).some((choice) => !/GPL/.test(choice));
}

function texts({ folder }) {
  if (!existsSync(folder)) return []; // of another system: npm did not fetch it
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), "utf8").replace(/\r/g, "").trim());
}

function run(program, ...words) {
  return execFileSync(program, words, { encoding: "utf8", maxBuffer: 1 << 28 });
}

const byName = (one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1);
const carried = [...crates(), ...pages()].sort(byName).map((part) => ({ ...part, texts: texts(part) }));
for (const part of carried) part.licence ||= part.texts[0]?.split("\n")[0] ?? ""; // a few name it in its text only
const refused = carried.filter((part) => !mayBeCarried(part));
if (refused.length > 0) {
  const names = refused.map(({ name, licence }) => `${name} (${licence || "no licence named"})`).join(", ");
  console.error(`these may not be in a package under MIT or Apache-2.0: ${names}; replace them and try again`);
  process.exit(1);
}

const carriers = new Map();
for (const part of carried) {
  for (const text of part.texts) carriers.set(text, [...(carriers.get(text) ?? []), `${part.name} ${part.version}`]);
}
console.log("Tòa Soạn carries these. Their sources are where the last column says.\n");
for (const { name, version, licence, from } of carried) console.log(`${name} ${version}\t${licence}\t${from}`);
for (const [text, names] of carriers) console.log(`\n${"=".repeat(72)}\n${names.join(", ")}\n\n${text}`);
