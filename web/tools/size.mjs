// Holds what a browser must fetch to its budgets, compressed as it is sent
// (Brotli; gzip is printed for comparison). Sizes are part of the product: a
// page over its budget fails the build.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { budgets } from "./size.budgets.mjs";

const app = join(dirname(fileURLToPath(import.meta.url)), "../../internal/webui/dist/app");

/** What a page fetches before it can be used: its own references and every static import below them. */
export function firstLoad(page, read) {
  const html = read(page);
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith(".js")) return;
    // Built files import by relative path; a dynamic import() is not matched.
    for (const [, to] of read(file).matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g)) {
      visit(normalize(join(dirname(file), to)));
    }
  };
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/g)) {
    const ref = tag.match(/\b(?:src|href)=["']?([^"'\s>]+)/)?.[1];
    if (ref && /\.(js|css)(\?|$)/.test(ref)) visit(resolve(page, ref));
  }
  return [...found];
}

const resolve = (page, ref) => (ref.startsWith("/") ? ref : normalize(join(dirname(page), ref)));

/** The compressed sizes of files, summed; each file is compressed by itself, as it is sent. */
export function weigh(files, read) {
  let brotli = 0;
  let gzip = 0;
  for (const file of files) {
    const bytes = Buffer.from(read(file));
    brotli += brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    gzip += gzipSync(bytes, { level: 9 }).length;
  }
  return { brotli, gzip };
}

function main() {
  let over = 0;
  for (const b of budgets) {
    const file = (path) => join(app, b.base && path.startsWith(b.base) ? path.slice(b.base.length) : path);
    const read = (path) => readFileSync(file(path), "utf8");
    if (!existsSync(file(b.entry))) {
      console.log(`${b.name.padEnd(22)} MISSING ${b.entry}`);
      over++;
      continue;
    }
    const files = b.entry.endsWith(".html") ? firstLoad(b.entry, read) : [b.entry];
    const { brotli, gzip } = weigh(
      files.filter((f) => f.endsWith(b.ending)),
      read,
    );
    const ok = brotli <= b.limit;
    if (!ok) over++;
    const kb = (n) => `${(n / 1000).toFixed(1)} kB`;
    console.log(
      `${b.name.padEnd(22)} ${kb(brotli).padStart(9)} of ${kb(b.limit)} Brotli (${kb(gzip)} gzip) ${ok ? "ok" : "TOO LARGE"}`,
    );
  }
  process.exitCode = over ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
