import { resolve } from "node:path";
import { defineConfig } from "@playwright/test";
import base from "../playwright.config";

// One run's rows are told from another's; what measures inherits it.
process.env.BUDGETS_RUN ??= String(Date.now());

/**
 * The times that the desk promises, one after the other: BUDGETS=full takes
 * 200 samples, at full speed and at a quarter of it; otherwise 20 at full speed,
 * fewer of what is slow.
 */
export default defineConfig({
  ...base,
  testDir: __dirname,
  // Beside those of the stories, which may run at the same time.
  outputDir: resolve(__dirname, "../../../artifacts/budgets/failures"),
  workers: 1,
  fullyParallel: false,
  timeout: process.env.BUDGETS === "full" ? 1_800_000 : 300_000,
  projects: [
    { name: "desk", testMatch: "*.bench.ts", use: { lang: "en" } as object, teardown: "table" },
    { name: "table", testMatch: "*.end.ts" },
  ],
  use: { ...base.use, trace: "off" },
});
