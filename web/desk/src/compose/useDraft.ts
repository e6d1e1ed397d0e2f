import { useEffect, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { useLanguage } from "../../../ui/src/language";
import { useDrafts } from "../live/state";

/** Told a little later than what the opening of the conversation says by itself. */
const tellAfterMs = 700;

export interface DraftInBox {
  text: string;
  setText(text: string): void;
  /** It was not written just now on this page; told until it is changed. */
  restored: boolean;
}

/**
 * The draft of a conversation as it stands in the compose box: kept while one
 * types, and changed when another tab changes it. A draft that comes back
 * after a reload or a refused transfer is told once, politely.
 */
export function useDraft(conversation: string, part: string): DraftInBox {
  const { t } = useLanguage();
  const drafts = useDrafts();
  const [text, set] = useState(() => drafts.read(conversation));
  const [restored, setRestored] = useState(() => drafts.surprises(conversation, part));
  useEffect(() => {
    const stop = drafts.follow(conversation, (next) => {
      set(next);
      setRestored(false);
    });
    return () => {
      stop();
      drafts.flush();
    };
  }, [drafts, conversation]);
  useEffect(() => {
    if (!drafts.surprises(conversation, part)) return;
    const timer = setTimeout(() => {
      drafts.shown(conversation, part);
      announce(t.composeDraftRestored());
    }, tellAfterMs);
    return () => clearTimeout(timer);
  }, [drafts, conversation, part, t]);
  return {
    text,
    restored,
    setText(next) {
      set(next);
      setRestored(false);
      drafts.shown(conversation, part);
      drafts.write(conversation, next);
    },
  };
}
