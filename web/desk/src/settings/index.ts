// The preferences of whoever uses this browser, for the components of the desk.
import { deviceShelf } from "../parts/device";
import { useStore } from "../live/store";
import { key, keeper } from "./keep";
import type { Preferences } from "./preferences";

export type { Preferences, SoundEvent } from "./preferences";

export const preferences = keeper(typeof window === "undefined" ? undefined : deviceShelf());

if (typeof window !== "undefined")
  window.addEventListener("storage", (event) => {
    if (event.key === key) preferences.changedElsewhere();
  });

export const changePreferences = preferences.change;

/** One preference; drawn again when it changes. */
export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useStore(preferences, (all) => all[name]);
}
