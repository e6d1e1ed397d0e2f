import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize, resolve } from "node:path";
import { promisify } from "node:util";
import { test as base, type Page } from "@playwright/test";
import { speak, type Lang } from "./words";

const web = resolve(__dirname, "../../web");

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The storybook, built once for each worker and served from a folder of its own. */
export class Storybook {
  private readonly folder = mkdtempSync(join(tmpdir(), "hiwar-storybook-"));
  private server: Server | undefined;
  private origin = "";

  async open(): Promise<void> {
    const vite = join(web, "node_modules/vite/bin/vite.js");
    const args = [vite, "build", "-c", "desk/stories.config.ts", "--outDir", this.folder, "--emptyOutDir"];
    await promisify(execFile)(process.execPath, [...args, "--logLevel", "warn"], { cwd: web });
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
    await new Promise((closed) => this.server?.close(closed) ?? closed(undefined));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Told {
  lang: Lang;
}

/** A page that shows stories, in the language of the test, without movement. */
export const test = base.extend<Told & { show(story: string): Promise<Page> }, { storybook: Storybook }>({
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
  show: async ({ page, storybook, lang }, use) => {
    speak(lang);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await use(async (story) => {
      await storybook.show(page, story, lang);
      return page;
    });
  },
});

export { expect } from "@playwright/test";
