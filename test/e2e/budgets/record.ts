import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { row, type Interaction, type Row } from "./table";

/** All that is measured, or what the tests of every day need. */
export const full = process.env.BUDGETS === "full";
/** Full speed, and a quarter of it. */
export const speeds = full ? [1, 4] : [1];
export const many = full ? 200 : 20;
/** For what takes about a second each. */
export const some = full ? 30 : 8;

const warmUp = 3;

/** The rows of one run: what measures and what prints them are different processes. */
const file = resolve(__dirname, `../../../artifacts/budgets/run-${process.env.BUDGETS_RUN}.jsonl`);

/** Puts the values into the table, without the first few, which only warmed up. */
export function record(speed: number, name: Interaction, values: number[]): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ speed, ...row(name, values.slice(warmUp)) })}\n`);
}

/** All rows so far, by speed. */
export function recorded(): Map<number, Row[]> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const bySpeed = new Map<number, Row[]>();
  for (const row of lines.map((line) => JSON.parse(line) as Row & { speed: number }))
    bySpeed.set(row.speed, [...(bySpeed.get(row.speed) ?? []), row]);
  return bySpeed;
}

/** Takes that many samples, after a few to warm up, and puts them into the table. */
export async function samples(
  speed: number,
  name: Interaction,
  n: number,
  once: (i: number) => Promise<number>,
): Promise<void> {
  const values: number[] = [];
  for (let i = 0; i < n + warmUp; i++) values.push(await once(i));
  record(speed, name, values);
}
