// The decision table of ux §8.4: what makes a sound, and what becomes a
// notification of the system, given where the agent is looking and what the
// agent chose. Pure.
import type { Preferences, SoundEvent } from "../settings/preferences";
import type { Happening } from "./happened";

/** Where the agent is looking. */
export interface Page {
  /** No tab of the desk can be seen. */
  hidden: boolean;
  /** A tab of the desk has the focus: the agent is there. */
  focused: boolean;
  /** The conversations that are looked at. */
  lookedAt: ReadonlySet<string>;
}

export type Event = Happening["kind"] | "lost" | "back";

export interface Outcome {
  sound?: SoundEvent;
  /** The sound comes again until the request is answered or over. */
  repeats?: boolean;
  /** A notification of the system; one that stays does not go by itself. */
  notify?: "brief" | "stays";
  /** What was shown for it earlier is taken away. */
  closes?: boolean;
}

type Choices = Pick<Preferences, "silent" | "volume" | "sounds" | "notifications">;

export function decide(
  event: Event,
  conversation: string | undefined,
  page: Page,
  choices: Choices,
): Outcome {
  const row = rowOf(event, conversation !== undefined && page.lookedAt.has(conversation), page);
  const audible =
    row.sound !== undefined && !choices.silent && choices.volume > 0 && choices.sounds[row.sound];
  return {
    ...(audible && row.sound ? { sound: row.sound, ...(row.repeats ? { repeats: true } : {}) } : {}),
    ...(row.notify && choices.notifications ? { notify: row.notify } : {}),
    ...(row.closes ? { closes: true } : {}),
  };
}

/** The table itself, for somebody who wants everything. */
function rowOf(event: Event, looking: boolean, page: Page): Outcome {
  const ifAway: Outcome = page.focused ? {} : { notify: "stays" };
  const ifHidden: Outcome = page.hidden && !page.focused ? { notify: "brief" } : {};
  switch (event) {
    case "request":
      return { sound: "request", repeats: true, ...ifAway };
    case "request_over":
      return { closes: true };
    case "message":
      return looking ? { sound: "tick" } : { sound: "message", ...ifHidden };
    case "missed":
      return { sound: "missed", ...ifAway };
    case "accepted":
      return { sound: "accepted", ...ifHidden };
    case "interrupted":
      return { sound: "interrupted", ...ifHidden };
    case "lost":
      return ifHidden;
    case "back":
      return { closes: true, ...ifHidden };
  }
}
