import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fails, row, type Interaction, type Row } from "./table";

/** All that is measured, or what the tests of every day need. */
export const full = process.env.BUDGETS === "full";
/** Full speed, and a quarter of it. */
export const speeds = full ? [1, 4] : [1];
export const many = full ? 200 : 20;
/** For what takes about a second each. */
export const some = full ? 30 : 6;
/** For what takes several. */
export const few = full ? 8 : 2;

/** How many samples come before those that count. */
const warmUp = full ? 3 : 1;
/** So many samples are taken at most where a row would fail: of twenty, one may be the machine's own. */
const most = (n: number) => Math.max(2 * n, 20);

/** The rows of one run: what measures and what prints them are different processes. */
const file = resolve(__dirname, `../../../artifacts/budgets/run-${process.env.BUDGETS_RUN}.jsonl`);

/** Puts the values into the table. */
export function record(speed: number, name: Interaction, values: readonly number[]): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ speed, ...row(name, values) })}\n`);
}

/** All rows so far, by speed. */
export function recorded(): Map<number, Row[]> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const bySpeed = new Map<number, Row[]>();
  for (const row of lines.map((line) => JSON.parse(line) as Row & { speed: number }))
    bySpeed.set(row.speed, [...(bySpeed.get(row.speed) ?? []), row]);
  return bySpeed;
}

/** Takes that many samples of one interaction, and puts them into the table. */
export async function samples(
  speed: number,
  name: Interaction,
  n: number,
  once: (i: number) => Promise<number>,
): Promise<void> {
  await rounds(speed, [name], n, async (i) => [await once(i)]);
}

/**
 * Takes samples of several interactions, one of each in every round, and puts
 * them into the table. Of six values the largest is the 95th of 100: where a row
 * would fail for it, more are taken, and every one of them counts.
 */
export async function rounds(
  speed: number,
  names: readonly Interaction[],
  n: number,
  once: (i: number) => Promise<readonly number[]>,
): Promise<void> {
  const taken = names.map((): number[] => []);
  const settled = () => names.every((name, at) => !fails(row(name, taken[at] ?? [])));
  for (let i = 0; i < warmUp + n || (i < warmUp + most(n) && !settled()); i++) {
    const values = await once(i);
    if (i >= warmUp) values.forEach((value, at) => taken[at]?.push(value));
  }
  names.forEach((name, at) => record(speed, name, taken[at] ?? []));
}
