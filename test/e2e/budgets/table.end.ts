import { expect, test } from "@playwright/test";
import { full, recorded } from "./record";
import { fails, keep, table } from "./table";

test("the table", () => {
  const broken: string[] = [];
  const text = [...recorded()]
    .map(([speed, rows]) => {
      broken.push(...rows.filter(fails).map((r) => `${r.name} at 1/${speed}: ${r.p95.toFixed(1)} ms`));
      return table(`milliseconds, at ${speed === 1 ? "full speed" : `1/${speed} of the processor`}`, rows);
    })
    .join("\n\n");
  process.stdout.write(`\n${keep(full ? "full" : "short", text)}\n`);
  expect(broken, "above twice the limit").toEqual([]);
});
