import type { Conversation, Entry } from "../../protocol/src";
import { isolate } from "../../protocol/src/text";
import { wEnded, wTranscriptTitle } from "../../locales/gen/messages";
import type { Lang } from "../../locales/runtime";
import { clock, stamp } from "./format";
import { lineText } from "./rows";

/** The conversation as plain text: one line an entry, names and messages isolated. */
export function transcript(chat: Conversation, entries: readonly Entry[], asset: string, lang: Lang): string {
  const name = (by: number) => chat.participants.find((p) => p.number === by)?.name ?? "";
  const out = [`${isolate(asset)} – ${wTranscriptTitle({ date: stamp(chat.started_at, lang) })}`, ""];
  for (const e of entries) {
    const time = isolate(clock(e.at, lang));
    const files = (e.attachments ?? []).map((a) => `[${isolate(a.name)}]`);
    if (e.kind === "message") {
      const said = [...(e.text ? [isolate(e.text)] : []), ...files].join(" ");
      out.push(`[${time}] ${isolate(name(e.by ?? 0))}: ${said}`);
    } else {
      const text = lineText(e, name, lang);
      if (text) out.push(`[${time}] – ${text}`);
    }
  }
  if (chat.closed_at) out.push(`[${isolate(clock(chat.closed_at, lang))}] – ${wEnded()}`);
  return out.join("\n") + "\n";
}

/** Offers a text as a file; nothing leaves the browser. */
export function save(text: string, name: string): void {
  // The mark lets editors on Windows see that Arabic text is UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
