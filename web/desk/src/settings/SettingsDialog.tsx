import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { useLanguage } from "../../../ui/src/language";
import { AccountSettings } from "../account/AccountSettings";
import { useWords } from "../account/words";
import { AccessSettings } from "./AccessSettings";
import { FormatSettings } from "./FormatSettings";
import { LookSettings } from "./LookSettings";
import { ShortcutList } from "./ShortcutList";
import { SoundSettings } from "./SoundSettings";
import s from "./Settings.module.css";

export type Page = "look" | "formats" | "sound" | "access" | "shortcuts" | "account";

/** What a person may choose for themselves. Everything holds at once; there is nothing to save. */
export function SettingsDialog({ start = "look", onClose }: { start?: Page; onClose(): void }) {
  const { t } = useWords();
  const [page, show] = useState<Page>(start);
  const pages: [Page, string, () => React.ReactNode][] = [
    ["look", t.settingsLook(), () => <LookSettings />],
    ["formats", t.settingsFormats(), () => <FormatSettings />],
    ["sound", t.settingsSound(), () => <SoundSettings />],
    ["access", t.settingsAccess(), () => <AccessSettings />],
    ["shortcuts", t.meShortcuts(), () => <ShortcutList />],
    ["account", t.accountTitle(), () => <AccountSettings />],
  ];
  return (
    <Wide title={t.settingsTitle()} onClose={onClose}>
      <Tabs
        className={s.tabs ?? ""}
        selectedKey={page}
        onSelectionChange={(key) => show(key as Page)}
        orientation="horizontal"
      >
        <TabList aria-label={t.settingsTitle()} className={s.tabList ?? ""}>
          {pages.map(([id, name]) => (
            <Tab key={id} id={id} className={s.tab ?? ""}>
              {name}
            </Tab>
          ))}
        </TabList>
        {pages.map(([id, , draw]) => (
          <TabPanel key={id} id={id} className={s.panel ?? ""}>
            {draw()}
          </TabPanel>
        ))}
      </Tabs>
    </Wide>
  );
}

/** The list of shortcuts by itself, one press away. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  return (
    <Wide title={t.meShortcuts()} onClose={onClose}>
      <ShortcutList />
    </Wide>
  );
}

/** A dialog in which everything holds at once: there is only closing it. */
function Wide({ title, onClose, children }: { title: string; onClose(): void; children: React.ReactNode }) {
  const { t } = useLanguage();
  return (
    <Dialog
      wide
      title={title}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {t.actionClose()}
        </Button>
      }
    >
      {children}
    </Dialog>
  );
}
