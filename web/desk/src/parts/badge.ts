// (3) Sara – Agent desktop: what waits stands in the title of the tab, and a dot
// on its picture says that something does.
import { useEffect } from "react";
import { useLanguage } from "../../../ui/src/language";
import { useDesk } from "../live/state";
import { unreadOf } from "../model/thread";
import { customerName } from "./customerName";

/** What waits: requests, and messages in conversations that are not open. */
export function useBadge(open: string | undefined): void {
  const { t } = useLanguage();
  const waiting = useDesk((state) => {
    const requests = state.desk?.cards.filter((card) => card.kind === "request").length ?? 0;
    const unread = (state.desk?.cards ?? []).reduce((sum, card) => {
      const conversation = state.threads[card.conversation]?.conversation;
      return card.kind === "active" && conversation && card.conversation !== open
        ? sum + unreadOf(conversation, state.me.user).count
        : sum;
    }, 0);
    return requests + unread;
  });
  const name = useDesk(
    (state) => state.desk?.cards.find((card) => card.conversation === open)?.customer.name,
  );
  useEffect(() => {
    const page = name === undefined ? t.pageTitleDesk() : customerName(name, t);
    const title = t.pageTitle({ page, app: t.appName() });
    document.title = waiting > 0 ? t.tabTitle({ n: waiting, app: title }) : title;
  }, [waiting, name, t]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon) icon.href = icon.href.replace(/icon(-dot)?\.svg$/, waiting > 0 ? "icon-dot.svg" : "icon.svg");
  }, [waiting]);
}
