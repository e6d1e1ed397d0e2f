// The panel: a page of our own origin that the loader puts into a frame.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/app/widget/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../internal/webui/dist/app/widget",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    cssMinify: true,
  },
});
