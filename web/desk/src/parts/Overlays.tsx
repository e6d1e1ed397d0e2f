// The dialogs that open from anywhere: one at a time, fetched behind the first view.
import { Suspense, useEffect, useState } from "react";
import { fetchSoon, later } from "../../../ui/src/later";
import { useLiveStore } from "../live/state";
import { goToPane, useCommand } from "./commands";

const settings = () => import("../settings/SettingsDialog");
const SettingsDialog = later(() => settings().then((m) => m.SettingsDialog));
const ShortcutsDialog = later(() => settings().then((m) => m.ShortcutsDialog));

const palette = () => import("../palette/Palette");
const Palette = later(() => palette().then((m) => m.Palette));
const StandingDialog = later(() => import("../explain/StandingDialog").then((m) => m.StandingDialog));

export interface OverlaysProps {
  /** The conversation that is open. */
  open: string | undefined;
  go(conversation: string | undefined): void;
}

export function Overlays({ open: conversation, go }: OverlaysProps) {
  const [open, setOpen] = useState<"palette" | "settings" | "shortcuts" | "why">();
  const store = useLiveStore();
  useEffect(() => fetchSoon(palette), []);
  useEffect(() => fetchSoon(settings), []);
  const close = () => setOpen(undefined);
  useCommand("palette", () => setOpen("palette"));
  useCommand("settings", () => setOpen("settings"));
  useCommand("shortcuts", () => setOpen("shortcuts"));
  useCommand("why", () => setOpen("why"));
  useCommand("reply", () => goToPane("compose"), conversation !== undefined);
  // Where a wrap-up is open its own panel answers.
  useCommand(
    "wrapup",
    () => {
      const card = store.get().desk?.cards.find(({ kind }) => kind === "wrapup");
      if (card) go(card.conversation);
    },
    true,
    "behind",
  );
  return (
    <Suspense>
      {open === "palette" && <Palette open={conversation} go={go} onClose={close} />}
      {open === "settings" && <SettingsDialog onClose={close} />}
      {open === "why" && <StandingDialog onClose={close} />}
      {open === "shortcuts" && <ShortcutsDialog onClose={close} />}
    </Suspense>
  );
}
