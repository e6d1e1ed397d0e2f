// The loader: one classic script without imports, at a name that never changes.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../../internal/webui/dist/app/widget",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "loader/loader.ts", formats: ["iife"], name: "hiwarLoader", fileName: () => "loader.js" },
  },
});
