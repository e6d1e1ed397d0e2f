// Holds what a browser must fetch to its budgets, compressed as it is sent to
// browsers over TLS (Brotli; gzip is printed for comparison). Sizes are part of the product: a
// page over its budget fails the build. 1 kB is 1000 bytes.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const { dirname, join } = posix;

/** Pages and scripts as the browser asks for them, below /app/. */
const budgets = [
  { what: "widget: loader", entry: "/app/widget/loader.js", ending: ".js", limit: 4_000 },
  // All that a chat needs, files and rating included; what the reading of past ones adds is in "all".
  { what: "widget: app, script", entry: "/app/widget/index.html", ending: ".js", limit: 30_000 },
  { what: "widget: app, style", entry: "/app/widget/index.html", ending: ".css", limit: 8_000 },
  {
    what: "widget: app, all scripts",
    entry: "/app/widget/assets/",
    ending: ".js",
    not: /\/worker-/,
    limit: 35_000,
  },
  // Fetched only where an asset asks browsers to compute before a chat.
  {
    what: "widget: work",
    entry: "/app/widget/assets/",
    ending: ".js",
    not: /\/(?!worker-)[^/]*$/,
    limit: 3_000,
  },
  { what: "widget: module", entry: "/app/widget/hiwar.mjs", ending: ".mjs", limit: 1_000 },
  {
    what: "desk: first load, script",
    entry: "/app/desk/index.html",
    ending: ".js",
    limit: 149_000,
    one: /^(ar|en)-.*\.js$/, // of the catalogues the reader's own is always fetched
    // What only administrators and supervisors ask the server for is not in it.
    never: ["/identity-keys", "/configuration", "/audit"],
  },
  { what: "desk: first load, style", entry: "/app/desk/index.html", ending: ".css", limit: 25_000 },
];

/**
 * What a page fetches before it can be used: what its tags name, and whatever
 * those scripts import statically. A dynamic import() comes later and is not
 * counted; that is what splitting is for.
 */
export function firstLoad(page, read) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith(".js")) return;
    for (const [, to] of read(file).matchAll(/(?:\bfrom|\bimport)\s*["']((?:\.{0,2}\/)[^"']+)["']/g)) {
      visit(from(file, to));
    }
  };
  for (const [tag] of read(page).matchAll(/<(?:script|link)\b[^>]*>/g)) {
    const ref = tag.match(/\b(?:src|href)=["']?([^"'\s>]+)/)?.[1];
    if (ref && /\.(?:js|css)$/.test(ref)) visit(from(page, ref));
  }
  return [...found];
}

const from = (file, ref) => (ref.startsWith("/") ? ref : join(dirname(file), ref));

/** Which of the words stand in one of the files. */
export const wordsIn = (words, files, read) =>
  words.filter((word) => files.some((file) => read(file).includes(word)));

/** Each file is compressed by itself, as it is sent. */
export function weigh(files, read) {
  const sum = (compress) =>
    files.reduce((total, file) => total + compress(Buffer.from(read(file))).length, 0);
  return { brotli: sum((b) => brotliCompressSync(b)), gzip: sum((b) => gzipSync(b, { level: 9 })) };
}

/** A page's first load, every file of a folder, or the one file. */
function filesOf(entry, read, app) {
  if (entry.endsWith(".html")) return firstLoad(entry, read);
  if (entry.endsWith("/")) return readdirSync(resolve(app, "." + entry)).map((name) => entry + name);
  return [entry];
}

function main() {
  const app = fileURLToPath(new URL("../../internal/webui/dist", import.meta.url));
  const read = (path) => readFileSync(resolve(app, "." + path), "utf8");
  const heaviest = (folder, pattern) =>
    readdirSync(resolve(app, "." + folder))
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name))
      .sort((a, b) => weigh([b], read).brotli - weigh([a], read).brotli)[0];
  const kB = (n) => `${(n / 1000).toFixed(1)} kB`.padStart(8);
  for (const { what, entry, ending, limit, one, not, never = [] } of budgets) {
    if (!existsSync(resolve(app, "." + entry))) {
      console.log(`${what.padEnd(26)} there is no ${entry}: build first`);
      process.exitCode = 1;
      continue;
    }
    const files = filesOf(entry, read, app);
    if (one) files.push(heaviest(dirname(files[0]), one));
    const counted = files.filter((f) => f.endsWith(ending) && !not?.test(f));
    const { brotli, gzip } = weigh(counted, read);
    const all = filesOf(join(dirname(entry), "assets/"), read, app).filter((f) => f.endsWith(ending));
    const strange = wordsIn(never, counted, read);
    const unknown = never.filter((word) => !wordsIn([word], all, read).length);
    const verdict =
      brotli === 0
        ? "NOTHING FOUND"
        : brotli > limit
          ? "TOO LARGE"
          : strange.length > 0
            ? `HAS ${strange}`
            : unknown.length > 0
              ? `NOBODY ASKS FOR ${unknown}`
              : "ok";
    if (verdict !== "ok") process.exitCode = 1;
    console.log(`${what.padEnd(26)}${kB(brotli)} of ${kB(limit)}, gzip ${kB(gzip)}  ${verdict}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
