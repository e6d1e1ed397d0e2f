import type { Conversation, Entry } from "../../protocol/src";
import { isolate } from "../../protocol/src/text";
import { wEnded, wTranscriptTitle } from "../../locales/gen/messages";
import type { Lang } from "../../locales/runtime";
import type { Api } from "./api";
import { clock, stamp } from "./format";
import type { Model } from "./model";
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

/** Offers the whole conversation as a file; nothing leaves the browser. */
export async function offer(api: Pick<Api, "older">, { chat, config, lang }: Model): Promise<void> {
  if (!chat) return;
  const asset = config ? config.name[lang] || config.name.en || config.name.ar : "";
  const text = transcript(chat, await every(api, chat), asset, lang);
  save(text, `chat-${chat.started_at.slice(0, 10)}.txt`);
}

/** Every entry, also those that were never scrolled to. */
async function every(api: Pick<Api, "older">, { id, entries, more }: Conversation): Promise<Entry[]> {
  while (more) {
    const page = await api.older(id, entries[0]?.seq ?? 0);
    if (page.entries.length === 0) break;
    entries = [...page.entries, ...entries];
    more = page.more;
  }
  return entries;
}

function save(text: string, name: string): void {
  // The mark lets editors on Windows see that Arabic text is UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
