import { defineConfig } from "@playwright/test";
import { resolve } from "node:path";
import type { Options } from "./world";

// Parts of the browser that no story is about: each window would draw the list
// of the address bar in a process of its own. The others are those that the
// driver turns off, which a second list replaces; but for the parting of storage
// by site, which browsers do: without it a chat on another site has none at all.
const off = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "MediaRouter",
  "OptimizationHints",
  "PaintHolding",
];

const root = resolve(__dirname, "../..");

/**
 * Whole stories in a real browser against the real binary. Nothing is built
 * here and nothing waits for time: bin/hiwar must be there, and each worker
 * starts its own with an empty folder, one for each set of durations.
 */
export default defineConfig<Options>({
  testDir: __dirname,
  testMatch: "*/*.spec.ts",
  outputDir: resolve(root, "artifacts/e2e/failures"),
  workers: 2,
  retries: 0,
  forbidOnly: true,
  fullyParallel: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  // Every story in both languages.
  projects: [
    { name: "en", use: { lang: "en" } },
    { name: "ar", use: { lang: "ar" } },
  ],
  use: {
    actionTimeout: 20_000,
    locale: "en-GB",
    timezoneId: "Asia/Riyadh",
    viewport: { width: 1440, height: 900 },
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: process.env.HIWAR_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        `--disable-features=${off.join(",")}`,
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
