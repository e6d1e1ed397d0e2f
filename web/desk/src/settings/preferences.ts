// What a person may choose for themselves (ux §1.10, §8.4), and what holds
// until they do.
import type { Preferences as Kept } from "../../../protocol/src/types";
import { actions, type Action, type Changes } from "../model/shortcuts";

/** What makes a sound, each with a switch of its own; tick: a message in the conversation one looks at. */
export const soundEvents = ["request", "message", "tick", "missed", "accepted", "interrupted"] as const;
export type SoundEvent = (typeof soundEvents)[number];

/** What is called the same here and on the server. */
type Same =
  "language" | "theme" | "density" | "digits" | "hijri" | "verbosity" | "volume" | "silent" | "notifications";

export interface Preferences extends Pick<Kept, Same> {
  hourCycle: Kept["hour_cycle"];
  /** Multiplies the time to answer a request (A4), 1 to 10. */
  answerFactor: number;
  sounds: Readonly<Record<SoundEvent, boolean>>;
  /** What customers wrote is not shown in them: others may see the screen. */
  hideText: boolean;
  shortcuts: Changes;
  singleKeys: boolean;
  /** The hint before ending was read once. */
  endHintSeen: boolean;
  /** Wrap-up reasons that a long list begins with. */
  favoriteReasons: readonly string[];
}

export const defaults: Preferences = {
  language: "",
  theme: "system",
  density: "comfortable",
  digits: "organization",
  hourCycle: "organization",
  hijri: false,
  verbosity: "all",
  answerFactor: 1,
  volume: 50,
  sounds: { request: true, message: true, tick: false, missed: true, accepted: true, interrupted: true },
  silent: false,
  notifications: false,
  hideText: true,
  shortcuts: {},
  singleKeys: false,
  endHintSeen: false,
  favoriteReasons: [],
};

type Check<T> = (value: unknown) => value is T;
const oneOf =
  <T extends string>(...values: readonly T[]): Check<T> =>
  (value): value is T =>
    values.includes(value as T);
const flag: Check<boolean> = (value): value is boolean => typeof value === "boolean";
const between =
  (least: number, most: number): Check<number> =>
  (value): value is number =>
    typeof value === "number" && value >= least && value <= most;
const record =
  <K extends string, V>(keys: readonly K[], of: Check<V>): Check<Record<K, V>> =>
  (value): value is Record<K, V> =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(([key, each]) => keys.includes(key as K) && of(each));
const texts: Check<readonly string[]> = (value): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
const text: Check<string> = (value): value is string => typeof value === "string" && value.length <= 60;

const checks: { [K in keyof Preferences]: Check<Preferences[K]> } = {
  language: oneOf("", "en", "ar"),
  theme: oneOf("system", "light", "dark"),
  density: oneOf("comfortable", "compact"),
  digits: oneOf("organization", "latn", "arab"),
  hourCycle: oneOf("organization", "12", "24"),
  hijri: flag,
  verbosity: oneOf("all", "names", "count", "off"),
  answerFactor: between(1, 10),
  volume: between(0, 100),
  sounds: record(soundEvents, flag),
  silent: flag,
  notifications: flag,
  hideText: flag,
  shortcuts: record<Action, string>(actions, text) as Check<Changes>,
  singleKeys: flag,
  endHintSeen: flag,
  favoriteReasons: texts,
};

/** What of an answer or of something kept makes sense; the rest is left out. */
export function readChoices(found: unknown): Partial<Preferences> {
  if (typeof found !== "object" || found === null) return {};
  const choices = Object.entries(found).filter(
    ([key, value]) => Object.hasOwn(checks, key) && checks[key as keyof Preferences](value),
  );
  const read = Object.fromEntries(choices) as Partial<Preferences>;
  return read.sounds ? { ...read, sounds: { ...defaults.sounds, ...read.sounds } } : read;
}
