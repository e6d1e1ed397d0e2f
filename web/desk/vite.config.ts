// The desk: agent desktop, sign-in, first set-up and administration.
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * React Aria carries its few sentences in thirty languages; the desk speaks
 * two of them.
 */
const twoLanguages: Plugin = {
  name: "two-languages",
  enforce: "pre",
  load(id) {
    const language = /[/\\]intl[/\\][^/\\]+[/\\]([a-z]{2}-[A-Z]{2})\.mjs$/.exec(id)?.[1];
    return language && !["en-US", "ar-AE"].includes(language) ? "export default {}" : null;
  },
};

/**
 * The order of the cascade layers, said at the head of every style sheet:
 * sheets of chunks arrive in any order, and the first one read decides.
 */
const layers: Plugin = {
  name: "layers",
  enforce: "pre",
  transform(code, id) {
    return /\.css$/.test(id) ? `@layer reset, tokens, base, components, screens;\n${code}` : null;
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: "/app/desk/",
  plugins: [react(), twoLanguages, layers],
  css: { modules: { generateScopedName: "[name]_[local]_[hash:base64:4]" } },
  build: {
    outDir: "../../internal/webui/dist/app/desk",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    cssTarget: ["chrome123", "firefox128", "safari17.5"],
    // One sheet, there from the start: a part fetched later is never unstyled.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
  },
});
