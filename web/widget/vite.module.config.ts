// The module: for sites that are built, with its types beside it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { defineConfig, type Plugin } from "vite";

const entry = fileURLToPath(new URL("module/hiwar.ts", import.meta.url));

const types: Plugin = {
  name: "types",
  generateBundle() {
    const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(entry, "utf8"), {
      fileName: entry,
      compilerOptions: { isolatedDeclarations: true, strict: true },
      reportDiagnostics: true,
    });
    if (diagnostics?.length) throw new Error(ts.formatDiagnostics(diagnostics, host));
    this.emitFile({ type: "asset", fileName: "hiwar.d.ts", source: outputText });
  },
};

const host: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => "",
  getCanonicalFileName: (name) => name,
  getNewLine: () => "\n",
};

export default defineConfig({
  publicDir: false,
  plugins: [types],
  build: {
    outDir: "../../internal/webui/dist/app/widget",
    emptyOutDir: false,
    target: "es2022",
    minify: true,
    lib: { entry, formats: ["es"], fileName: () => "hiwar.mjs" },
  },
});
