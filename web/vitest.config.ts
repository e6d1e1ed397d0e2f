import { defineConfig } from "vitest/config";

export default defineConfig({
  // A test that needs a page says so in its first line:
  // // @vitest-environment jsdom
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["node_modules/**", "**/dist/**"],
    environment: "node",
    setupFiles: "./vitest.setup.ts",
    // So long only what hangs takes.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two cores, shared with the Go tests.
    maxWorkers: 2,
  },
});
