// The demo's pages: what the browser shows at /try, and the sample shop.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/app/demo/",
  build: {
    outDir: "../../internal/webui/dist/app/demo",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: { try: "try.html", shop: "shop.html", preview: "preview.html", playground: "playground.html" },
    },
  },
});
