import { Paperclip } from "lucide-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../../ui/src/Button";
import { DirText } from "../../../ui/src/DirText";
import { clockText } from "../../../ui/src/duration";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Code, Name } from "../../../ui/src/Phrase";
import type { Conversation, PastConversation } from "../../../protocol/src/types";
import { useActions } from "../live/state";
import { lists } from "./targets";
import s from "./HistoryTab.module.css";

/** The customer's earlier conversations, newest first; each opens to what was said. */
export function HistoryTab({ conversation }: { conversation: string }) {
  const { t } = useLanguage();
  const actions = useActions();
  const query = useInfiniteQuery(
    {
      queryKey: ["history", conversation],
      queryFn: ({ pageParam }) => actions.history(conversation, pageParam),
      initialPageParam: "",
      getNextPageParam: (last) => (last.more ? last.conversations.at(-1)?.id : undefined),
      staleTime: 60_000,
    },
    lists,
  );
  if (query.isError && !query.data) return <Failed again={() => void query.refetch()} />;
  if (!query.data) return null;
  const all = query.data.pages.flatMap((page) => page.conversations);
  if (all.length === 0) return <p className={s.none}>{t.customerHistoryNone()}</p>;
  return (
    <div className={s.history}>
      <ul>
        {all.map((past) => (
          <Past key={past.id} conversation={conversation} past={past} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button small onPress={() => void query.fetchNextPage()}>
          {t.historyMore()}
        </Button>
      )}
    </div>
  );
}

function Failed({ again }: { again(): void }) {
  const { t } = useLanguage();
  return (
    <div className={s.failed} role="alert">
      <p>{t.historyFailed()}</p>
      <Button small onPress={again}>
        {t.actionRetry()}
      </Button>
    </div>
  );
}

function Past({ conversation, past }: { conversation: string; past: PastConversation }) {
  const { t, lang, digits, formats } = useLanguage();
  const [open, setOpen] = useState(false);
  const seconds = (Date.parse(past.closed_at) - Date.parse(past.started_at)) / 1000;
  return (
    <li className={s.past} data-box="">
      <button type="button" className={s.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={s.row}>
          <time dateTime={past.started_at} className={s.date}>
            {formats.dateTime(Date.parse(past.started_at))}
          </time>
          <span className={s.meta}>
            <span className="sr">{t.labelElapsed()}</span>
            <Code>{clockText(seconds, digits)}</Code>
          </span>
        </span>
        <span className={s.meta}>
          <Name text={inLanguage(past.queue.name, lang)} />
          {past.agents.map((agent) => (
            <span key={agent.user}>
              {" · "}
              <bdi>{agent.name}</bdi>
            </span>
          ))}
        </span>
        {past.reason && (
          <span className={s.reason}>
            <Name text={inLanguage(past.reason.name, lang)} />
          </span>
        )}
        {past.note && (
          <span className={s.note}>
            <span className="sr">{t.labelWrapupNote()}: </span>
            <bdi>{past.note}</bdi>
          </span>
        )}
      </button>
      {open && <Transcript conversation={conversation} past={past} />}
    </li>
  );
}

function Transcript({ conversation, past }: { conversation: string; past: PastConversation }) {
  const { t } = useLanguage();
  const actions = useActions();
  const query = useQuery(
    {
      queryKey: ["past", conversation, past.id],
      queryFn: () => actions.past(conversation, past.id),
      staleTime: Infinity,
    },
    lists,
  );
  if (query.isError) return <Failed again={() => void query.refetch()} />;
  if (!query.data) return <p className={s.none}>{t.threadLoading()}</p>;
  return (
    <ol className={s.transcript} aria-label={t.transcriptTitle()}>
      {said(query.data, t.threadErased()).map((message) => (
        <li key={message.seq} className={message.customer ? s.customer : s.agent}>
          <span className={s.meta}>
            <bdi>{message.customer ? message.name || t.customerUnnamed() : message.name}</bdi>
          </span>
          {message.text !== "" && (
            <DirText text={message.text} fallback={past.language === "ar" ? "rtl" : "ltr"} />
          )}
          {message.files.map((name, i) => (
            <p key={i}>
              <Paperclip size={14} aria-hidden="true" /> <bdi>{name}</bdi>
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** What was said, with another text in place of what was erased. */
function said(conversation: Conversation, erased: string) {
  const people = new Map(conversation.participants.map((p) => [p.number, p]));
  return conversation.entries
    .filter((entry) => entry.kind === "message")
    .map((entry) => {
      const by = people.get(entry.by ?? 0);
      return {
        seq: entry.seq,
        text: entry.text ?? (entry.attachments ? "" : erased),
        files: (entry.attachments ?? []).map((a) => a.name),
        name: by?.name ?? "",
        customer: by?.role === "customer",
      };
    });
}
