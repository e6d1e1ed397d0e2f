import { X } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import { Tabs, type Tab } from "../../../ui/src/Tabs";
import { useDesk } from "../live/state";
import { useCommand } from "./commands";
import { CustomerTab } from "./CustomerTab";
import { useAside } from "./frame";
import { paneCard } from "./InteractionPane";
import s from "./AuxPane.module.css";

const HistoryTab = later(() => import("./HistoryTab").then((m) => m.HistoryTab));
const TemplatesTab = later(() => import("./TemplatesTab").then((m) => m.TemplatesTab));

let last = "customer";

/**
 * What helps to answer and is never needed for it: a column beside the
 * conversation, or a drawer over it where there is no room for one.
 */
export function AuxPane({ conversation }: { conversation: string }) {
  const { t } = useLanguage();
  const { shown, drawer, set } = useAside();
  const [tab, choose] = useState(last);
  const card = useDesk((state) => paneCard(state, conversation));
  const pane = useRef<HTMLElement>(null);
  const from = useRef<Element>(null);
  useCommand("aside", () => set(!shown));
  const tabs: Tab[] = [
    {
      id: "customer",
      name: t.labelCustomer(),
      content: () => <CustomerTab conversation={conversation} />,
    },
    {
      id: "history",
      name: t.customerHistory(),
      content: () => (
        <Suspense>
          <HistoryTab conversation={conversation} />
        </Suspense>
      ),
    },
    {
      id: "templates",
      name: t.templateTitle(),
      content: () => <Suspense>{card && <TemplatesTab card={card} />}</Suspense>,
    },
  ];
  // A drawer takes the focus of whoever opened it and gives it back.
  const over = shown && drawer;
  useEffect(() => {
    if (!over) return;
    from.current = document.activeElement;
    pane.current?.querySelector<HTMLElement>("[role=tab][tabindex='0']")?.focus();
    return () => {
      if (from.current instanceof HTMLElement && from.current.isConnected) from.current.focus();
    };
  }, [over]);
  if (!shown) return null;
  return (
    <aside
      ref={pane}
      className={s.pane}
      data-drawer={drawer || undefined}
      aria-label={t.labelAuxPane()}
      data-pane="customer"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !drawer) return;
        event.stopPropagation();
        set(false);
      }}
    >
      <div className={s.close}>
        <IconButton small label={t.actionClose()} icon={<X size={18} />} onPress={() => set(false)} />
      </div>
      <Tabs
        label={t.labelAuxPane()}
        tabs={tabs}
        chosen={tab}
        onChoose={(id) => {
          last = id;
          choose(id);
        }}
      />
    </aside>
  );
}
