// Builds every page: each folder here with a vite.config.ts, one after the
// other. They write below internal/webui/dist/app, which is emptied once
// before, never dist itself: dist/.keep lets the binary build without pages.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const parts = readdirSync(here).filter((name) => existsSync(join(here, name, "vite.config.ts")));
if (parts.length === 0) throw new Error("no folder here has a vite.config.ts");

rmSync(join(here, "../internal/webui/dist/app"), { recursive: true, force: true });
for (const part of parts) {
  await build({ configFile: join(here, part, "vite.config.ts"), root: join(here, part), logLevel: "warn" });
}
