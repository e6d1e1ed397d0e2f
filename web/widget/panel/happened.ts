import type { Detail, Happening } from "../bridge/bridge";
import type { Entry } from "../../protocol/src";

/** What the page hears of an entry: that there is something, and never what somebody wrote. */
export function happened(entry: Entry): [Happening, Detail][] {
  switch (entry.kind) {
    case "message":
      return [["message", { seq: entry.seq }]];
    case "joined":
      return [["status", { status: "open" }]];
    case "status": {
      const { status = "", cause } = entry;
      const ended: [Happening, Detail] = ["ended", cause ? { cause } : {}];
      return status === "closed" ? [["status", { status }], ended] : [["status", { status }]];
    }
    default:
      return [];
  }
}
