// Which files import one another in a circle. One of them cannot be read, moved
// or tested without the others, so there are none. What is fetched later, by
// import(), is no arrow here: a page may name the page that leads back to it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import ts from "typescript";

/** The files that a file imports when it is loaded, types too. */
export function importsOf(path, text = readFileSync(path, "utf8")) {
  return ts
    .createSourceFile(path, text, ts.ScriptTarget.Latest)
    .statements.filter((s) => ts.isImportDeclaration(s) || ts.isExportDeclaration(s))
    .map((s) => s.moduleSpecifier?.text)
    .filter((to) => to?.startsWith("."))
    .map((to) => fileAt(resolve(dirname(path), to)))
    .filter((to) => to !== undefined);
}

const fileAt = (path) =>
  [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((p) => /\.tsx?$/.test(p) && existsSync(p));

/** The first circle found among files and what each imports, as the way round it; or undefined. */
export function circle(imports) {
  const done = new Set();
  const way = [];
  const from = (file) => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    way.push(file);
    for (const to of imports.get(file) ?? []) {
      const found = from(to);
      if (found) return found;
    }
    way.pop();
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const found = from(file);
    if (found) return found;
  }
  return undefined;
}
