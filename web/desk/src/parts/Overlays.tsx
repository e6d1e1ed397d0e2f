// The dialogs that open from anywhere: one at a time, fetched behind the first view.
import { Suspense, useEffect, useState } from "react";
import { fetchSoon, later } from "../../../ui/src/later";
import { useCommand } from "./commands";

const settings = () => import("../settings/SettingsDialog");
const SettingsDialog = later(() => settings().then((m) => m.SettingsDialog));
const ShortcutsDialog = later(() => settings().then((m) => m.ShortcutsDialog));

type Open = "settings" | "shortcuts";

export function Overlays() {
  const [open, setOpen] = useState<Open>();
  useEffect(() => fetchSoon(settings), []);
  const close = () => setOpen(undefined);
  useCommand("settings", () => setOpen("settings"));
  useCommand("shortcuts", () => setOpen("shortcuts"));
  return (
    <Suspense>
      {open === "settings" && <SettingsDialog onClose={close} />}
      {open === "shortcuts" && <ShortcutsDialog onClose={close} />}
    </Suspense>
  );
}
