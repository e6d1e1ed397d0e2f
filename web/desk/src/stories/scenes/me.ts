// What is the agent's own: commands by name, settings, shortcuts, the profile
// menu and what happened.
import { log } from "../../notify/log";
import type { Hands } from "../hands";
import { khalid, mona, now, sara, state } from "../cast";
import { three, threads } from "./common";
import type { Story } from "../story";

const day = state(three, threads);
const palette =
  (query = "", ...keys: string[]) =>
  async ({ command, type, key, wait }: Hands) => {
    await command("palette");
    await wait("[role=combobox]:focus");
    if (query !== "") await type(query);
    for (const name of keys) await key(name);
  };
const settings =
  (page: number) =>
  async ({ command, click }: Hands) => {
    await command("settings");
    // What a tab answers to is a press of the keyboard or the pointer.
    await click(`[role=tab]:nth-of-type(${page})`);
  };

/** An hour with something of everything. */
function anHour(): void {
  const at = (minutes: number) => now - minutes * 60_000;
  log.clear();
  log.add({ at: at(50), text: "Connected again", tone: "good" });
  log.add({
    at: at(31),
    text: `تم انضمام \u2068ليلى\u2069 إلى المحادثة مع \u2068${mona.name}\u2069`,
    tone: "good",
    conversation: mona.id,
  });
  log.add({ at: at(12), text: `The request from \u2068${khalid.name}\u2069 was withdrawn`, tone: "plain" });
  log.add({
    at: at(1),
    text: `لم يُرَدّ على طلب \u2068${khalid.name}\u2069`,
    tone: "bad",
    conversation: khalid.id,
  });
}

export const meScenes: Record<string, Story> = {
  palette: { state: day, open: sara.id, then: palette() },
  "palette-found": { state: day, open: sara.id, then: palette("تحويل الفواتير") },
  "palette-bilingual": { state: day, open: sara.id, then: palette("dark") },
  "palette-none": { state: day, then: palette("zzz") },
  "palette-danger": {
    state: day,
    open: sara.id,
    then: (hands) => palette(document.documentElement.lang === "ar" ? "إنهاء" : "End", "Enter")(hands),
  },
  profile: { state: day, open: sara.id, then: ({ click }) => click("#profile-menu") },
  "settings-look": { state: day, then: settings(1) },
  "settings-formats": { state: day, then: settings(2) },
  "settings-sound": { state: day, then: settings(3) },
  "settings-access": { state: day, then: settings(4) },
  shortcuts: { state: day, then: ({ command }) => command("shortcuts") },
  notifications: {
    state: day,
    open: sara.id,
    then({ command }) {
      anHour();
      return command("notifications");
    },
  },
  "notifications-none": {
    state: day,
    then({ command }) {
      log.clear();
      return command("notifications");
    },
  },
};
