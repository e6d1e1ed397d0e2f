import { expect, it } from "vitest";
import { createLog, unseen } from "./log";

const entry = (text: string) => ({ at: 0, text, tone: "plain" as const });

it("keeps the newest first and knows what is new", () => {
  const log = createLog();
  log.add(entry("one"));
  log.add(entry("two"));
  expect(log.get().entries.map((e) => e.text)).toEqual(["two", "one"]);
  expect(unseen(log.get())).toBe(2);
  log.markSeen();
  log.add(entry("three"));
  expect(unseen(log.get())).toBe(1);
  log.clear();
  expect([log.get().entries.length, unseen(log.get())]).toEqual([0, 0]);
});

it("does not grow without end", () => {
  const log = createLog();
  for (let i = 0; i < 60; i++) log.add(entry(String(i)));
  expect(log.get().entries.length).toBe(50);
  expect(log.get().entries[0]?.text).toBe("59");
});
