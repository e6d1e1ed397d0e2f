import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** What is promised of an interaction, in milliseconds: for half of the times, and for 95 of 100. */
export interface Budget {
  target: number;
  limit: number;
}

/** The interactions and their budgets, on a quarter of a laptop's processor. */
export const budgets = {
  "key press → glyph, thread of 500": { target: 16, limit: 50 },
  "press → pressed look": { target: 16, limit: 50 },
  "all interactions, Event Timing (p75)": { target: 50, limit: 100 },
  "send → own bubble": { target: 16, limit: 50 },
  "send → sent mark": { target: 80, limit: 250 },
  "customer sends → agent sees": { target: 100, limit: 250 },
  "assignment → popover painted": { target: 80, limit: 200 },
  "assignment → sound": { target: 200, limit: 300 },
  "accept → caret ready": { target: 50, limit: 100 },
  "accept → server confirmed": { target: 120, limit: 400 },
  "switch conversation, cached": { target: 30, limit: 100 },
  "open Transfer": { target: 30, limit: 100 },
  "open Conference": { target: 30, limit: 100 },
  "open Wrap-up": { target: 30, limit: 100 },
  "open the palette": { target: 30, limit: 100 },
  "filter 1,000 agents, per key": { target: 8, limit: 30 },
  "palette with 1,000 agents, per key": { target: 8, limit: 30 },
  "change state → shown": { target: 16, limit: 300 },
  "route change, desk and statistics": { target: 80, limit: 250 },
  "scroll 5,000 messages, longest frame": { target: 17, limit: 50 },
  "asset deleted → alert": { target: 200, limit: 1000 },
  "cold load → usable list": { target: 900, limit: 1800 },
  "warm load → usable list": { target: 300, limit: 700 },
  "network back → all is there": { target: 700, limit: 2000 },
} satisfies Record<string, Budget>;

export type Interaction = keyof typeof budgets;

/** The value below which that share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export interface Row extends Budget {
  name: Interaction;
  samples: number;
  median: number;
  p95: number;
}

export function row(name: Interaction, values: readonly number[]): Row {
  return {
    name,
    ...budgets[name],
    samples: values.length,
    median: percentile(values, 0.5),
    p95: percentile(values, name.includes("p75") ? 0.75 : 0.95),
  };
}

/**
 * Whether a row fails: only above twice its limit, because the machine that
 * runs the tests is not the one that the budgets were made for.
 */
export const fails = (r: Row): boolean => !(r.p95 <= 2 * r.limit);

/** The rows as people read them. */
export function table(title: string, rows: readonly Row[]): string {
  const verdict = (r: Row) =>
    fails(r) ? "FAILED" : r.p95 > r.limit ? "over the limit" : r.median > r.target ? "over the target" : "ok";
  const cells = [
    ["interaction", "samples", "median", "p95", "target", "limit", ""],
    ...rows.map((r) => [
      r.name,
      String(r.samples),
      r.median.toFixed(1),
      r.p95.toFixed(1),
      String(r.target),
      String(r.limit),
      verdict(r),
    ]),
  ];
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map((c) => c[i]?.length ?? 0))) ?? [];
  const line = (c: string[]) =>
    c
      .map((cell, i) => (i % 6 === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ");
  return [title, ...cells.map((c) => line(c).trimEnd())].join("\n");
}

/** Keeps the table where reports are kept, and gives it back. */
export function keep(name: string, text: string): string {
  const folder = resolve(__dirname, "../../../artifacts/budgets");
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, `${name}.txt`), `${text}\n`);
  return text;
}
