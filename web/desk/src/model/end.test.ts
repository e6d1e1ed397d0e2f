import { expect, it } from "vitest";
import { conversation, mona, now, sara } from "../stories/cast";
import { endNeedsSecondPress } from "./end";

it("ends with one press when the customer has had the last word for a while, or we have", () => {
  expect(endNeedsSecondPress(conversation(mona), false, now)).toBeUndefined();
  expect(endNeedsSecondPress(conversation(sara), false, now + 60_000)).toBeUndefined();
  expect(endNeedsSecondPress(undefined, false, now)).toBeUndefined();
});

it("asks first while the customer is writing, or has just written", () => {
  expect(endNeedsSecondPress(conversation(mona), true, now)).toBe("typing");
  expect(endNeedsSecondPress(conversation(sara), false, now)).toBe("recent");
});

it("takes an answer that is on its way for one, but not a note, nor what was refused or written before", () => {
  const answer = { clientId: "1", text: "Goodbye", at: now, mark: "sending" } as const;
  const ends = (...outgoing: Parameters<typeof endNeedsSecondPress>[3] & object) =>
    endNeedsSecondPress(conversation(sara), false, now, outgoing);
  expect(ends(answer)).toBeUndefined();
  expect(ends({ ...answer, note: true })).toBe("recent");
  expect(ends({ ...answer, mark: "failed" })).toBe("recent");
  expect(ends({ ...answer, at: now - 3_600_000 })).toBe("recent");
});

it("never asks where nothing can be written any more", () => {
  expect(endNeedsSecondPress(conversation(sara, { status: "interrupted" }), true, now)).toBeUndefined();
  expect(endNeedsSecondPress(conversation(sara, { status: "closed" }), false, now)).toBeUndefined();
});
