import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, resolve } from "node:path";
import { promisify } from "node:util";
import { test as base, type Page } from "@playwright/test";
import type { Lang } from "./words";

const web = resolve(__dirname, "../../web");

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

const site = resolve(__dirname, "../../artifacts/storybook");

/** Changes whenever a file does that the storybook is made of. */
function fingerprint(): string {
  const sum = createHash("sha256");
  for (const part of ["desk", "ui", "locales", "protocol"]) {
    for (const name of readdirSync(join(web, part), { recursive: true, encoding: "utf8" }).sort()) {
      const { mtimeMs, size } = statSync(join(web, part, name));
      sum.update(`${part}/${name} ${mtimeMs} ${size}\n`);
    }
  }
  return sum.digest("hex").slice(0, 16);
}

/**
 * Builds the storybook unless it is there as it would be now. Workers that
 * begin together each build one, and the first to be done serves all.
 */
async function built(): Promise<string> {
  const folder = join(site, `site-${fingerprint()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(site, { recursive: true });
  const made = mkdtempSync(join(site, "making-"));
  const vite = join(web, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", "-c", "desk/stories.config.ts", "--outDir", made, "--emptyOutDir"];
  await promisify(execFile)(process.execPath, [...args, "--logLevel", "warn"], { cwd: web });
  try {
    renameSync(made, folder);
  } catch {
    rmSync(made, { recursive: true }); // another worker was faster
  }
  // An old one may still be shown to somebody who began before this change.
  const hourAgo = Date.now() - 3_600_000;
  for (const old of readdirSync(site).map((name) => join(site, name)))
    if (/\/site-/.test(old) && statSync(old).mtimeMs < hourAgo) rmSync(old, { recursive: true });
  return folder;
}

/** The storybook, on a port that the system chose. */
export class Storybook {
  private folder = "";
  private server: Server | undefined;
  private origin = "";

  async open(): Promise<void> {
    this.folder = await built();
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://storybook");
      const file = join(this.folder, normalize(pathname));
      if (!file.startsWith(this.folder) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
        response.writeHead(404).end();
        return;
      }
      response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
      response.setHeader("Cache-Control", "max-age=3600");
      response.end(readFileSync(file));
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    this.server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Shows a story; it is drawn and everything in it is done when this returns. */
  async show(page: Page, story: string, lang: Lang): Promise<void> {
    await page.goto(`${this.origin}/stories.html?story=${encodeURIComponent(story)}&lang=${lang}`);
    await page.locator("html[data-ready]").waitFor();
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed) ?? closed(undefined));
  }
}

export interface Told {
  lang: Lang;
}

/** A worker has one storybook. */
export const test = base.extend<Told, { storybook: Storybook }>({
  lang: ["en", { option: true }],
  storybook: [
    async ({}, use) => {
      const storybook = new Storybook();
      await storybook.open();
      await use(storybook);
      await storybook.close();
    },
    { scope: "worker" },
  ],
});
