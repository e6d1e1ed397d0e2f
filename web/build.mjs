// Builds every page: each vite*.config.ts in a folder here, one after the
// other. They write below internal/webui/dist/app, which is emptied once
// before (so their own emptyOutDir is off), never dist itself: dist/.keep lets
// the binary build without pages. Beside each text file comes its Brotli form,
// which the server sends to whoever understands it and cannot make itself.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const configs = readdirSync(here, { withFileTypes: true })
  .filter((d) => d.isDirectory() && d.name !== "node_modules")
  .flatMap((d) => readdirSync(join(here, d.name)).map((file) => join(here, d.name, file)))
  .filter((file) => /[/\\]vite[^/\\]*\.config\.ts$/.test(file));
if (configs.length === 0) throw new Error("no folder here has a vite.config.ts");

const app = join(here, "../internal/webui/dist/app");
rmSync(app, { recursive: true, force: true });
for (const configFile of configs) {
  await build({ configFile, root: dirname(configFile), logLevel: "warn", build: { emptyOutDir: false } });
}

for (const name of readdirSync(app, { recursive: true })) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const plain = readFileSync(join(app, name));
  const small = brotliCompressSync(plain);
  if (small.length < plain.length) writeFileSync(join(app, `${name}.br`), small);
}
