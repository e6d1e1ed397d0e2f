// Preferences on the server, which writes their names its own way.
import { Refusal } from "../../../protocol/src/socket";
import { command, read } from "../live/rest";
import type { Server } from "./keep";
import type { Preferences } from "./preferences";

const path = "/me/preferences";

/** What the server calls those that it calls otherwise. */
const theirs: Partial<Record<keyof Preferences, string>> = {
  hourCycle: "hour_cycle",
  answerFactor: "answer_factor",
  hideText: "hide_text",
  singleKeys: "single_keys",
  endHintSeen: "end_hint_seen",
  favoriteReasons: "favorite_reasons",
};
const ours = new Map(Object.entries(theirs).map(([own, their]) => [their, own]));

export const toServer = (change: Partial<Preferences>): object =>
  renamed(change, (name) => theirs[name as "volume"]);
export const fromServer = (found: object): object => renamed(found, (name) => ours.get(name));

const renamed = (from: object, other: (name: string) => string | undefined): object =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [other(name) ?? name, value]));

/** The server's end; tell is called with a refusal that a person should read. */
export function preferenceServer(tell: (refusal: Refusal) => void): Server {
  return {
    load: () => read<object>(path).then(fromServer),
    save: (change) => command("PATCH", path, toServer(change)).then(() => undefined),
    refused(error) {
      const final =
        error instanceof Refusal && error.code !== "unavailable" && !error.code.startsWith("token_");
      if (final) tell(error);
      return final;
    },
  };
}
