import { wClosed, wClosedPlain, wFull } from "../../locales/gen/messages";
import type { Lang } from "../../locales/runtime";
import { Refusal } from "../../protocol/src";
import { Refused } from "./api";
import { whenOpen } from "./format";
import type { Problem } from "./model";

/** Why a chat was not begun, with what can be done instead. */
export function problemOf(e: unknown, lang: Lang): Problem {
  if (!(e instanceof Refused)) return { code: e instanceof Refusal ? e.code : "unavailable", detail: "" };
  const { problem, params } = e;
  const leave = params.leave_message === true;
  const opens = params.opens_at;
  if (problem.code === "queue_closed") {
    const detail = typeof opens === "string" ? wClosed({ when: whenOpen(opens, lang) }) : wClosedPlain();
    return { ...problem, detail, leave };
  }
  return problem.code === "queue_full" && leave ? { ...problem, detail: wFull(), leave } : problem;
}
