// Where preferences are kept: on this device at once, on the server soon after,
// and seen by the other tabs of this browser.
import type { Shelf } from "../model/drafts";
import { createStore } from "../live/store";
import { defaults, readChoices, type Preferences } from "./preferences";

/** What keeps a person's preferences for all their devices. */
export interface Server {
  load(): Promise<unknown>;
  save(change: Partial<Preferences>): Promise<void>;
  /** Whether that error says that the change will never be taken; then the server's own holds again. */
  refused(error: unknown): boolean;
}

export interface Keeper {
  get(): Preferences;
  subscribe(listener: () => void): () => void;
  /** Holds from now on, here and in the other tabs. */
  change(change: Partial<Preferences>): void;
  /**
   * Takes over what the server has, except for what was changed here and has
   * not reached it, and tells it of changes from then on. The returned function ends that.
   */
  join(server: Server): () => void;
  /** The server has these now: another browser of the same person changed them. */
  told(found: unknown): void;
  /** Asks for what the server may have told while nobody listened. */
  askAgain(): void;
  /** Something of the kept value changed in another tab. */
  changedElsewhere(): void;
}

export const key = "hiwar.preferences";
const saveAfterMs = 500;

/** As it is kept on the device; unsaved is what the server has not been told. */
interface Kept {
  values: Partial<Preferences>;
  unsaved: (keyof Preferences)[];
}

export function keeper(shelf: Shelf | undefined): Keeper {
  let kept = read(shelf);
  const store = createStore<Preferences>({ ...defaults, ...kept.values });
  let server: Server | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // What the server was told after it was asked for what it has: its answer may be from before.
  let toldSince: (keyof Preferences)[] = [];

  const hold = (next: Kept) => {
    kept = next;
    try {
      shelf?.setItem(key, JSON.stringify(next));
    } catch {
      // Without storage the choice holds until the page is left.
    }
    show();
  };
  const show = () => {
    const next = { ...defaults, ...kept.values };
    store.set((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
  };
  const pick = (keys: readonly (keyof Preferences)[]): Partial<Preferences> =>
    Object.fromEntries(keys.map((name) => [name, store.get()[name]]));

  const save = () => {
    timer = undefined;
    const keys = kept.unsaved;
    if (!server || keys.length === 0) return;
    const sent = pick(keys);
    server.save(sent).then(
      () => {
        // What changed again meanwhile is still to be told.
        const told = (name: keyof Preferences) =>
          name in sent && JSON.stringify(sent[name]) === JSON.stringify(store.get()[name]);
        toldSince.push(...keys);
        hold({ ...kept, unsaved: kept.unsaved.filter((name) => !told(name)) });
      },
      (error: unknown) => {
        // Otherwise it is told with the next change, or when the desk is opened again.
        if (!server?.refused(error)) return;
        hold({ ...kept, unsaved: kept.unsaved.filter((name) => !(name in sent)) });
        take(server);
      },
    );
  };
  const take = (from: Server) => {
    toldSince = [];
    void from.load().then(
      (found) => {
        if (server !== from) return;
        takeOver(found, toldSince);
        if (kept.unsaved.length > 0) saveSoon();
      },
      () => undefined, // what this device has holds
    );
  };
  /** What the server has holds, but for those and for what it has not been told. */
  const takeOver = (found: unknown, but: readonly (keyof Preferences)[]) => {
    const own = pick([...but, ...kept.unsaved]);
    hold({ values: { ...readChoices(found), ...own }, unsaved: kept.unsaved });
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    change(change) {
      const unsaved = [...new Set([...kept.unsaved, ...(Object.keys(change) as (keyof Preferences)[])])];
      hold({ values: { ...kept.values, ...change }, unsaved });
      saveSoon();
    },
    join(joined) {
      server = joined;
      take(joined);
      return () => {
        if (server === joined) server = undefined;
      };
    },
    told: (found) => takeOver(found, []),
    askAgain() {
      if (server) take(server);
    },
    changedElsewhere() {
      kept = read(shelf);
      show();
    },
  };
}

function read(shelf: Shelf | undefined): Kept {
  try {
    const found = JSON.parse(shelf?.getItem(key) ?? "{}") as Partial<Kept>;
    const values = readChoices(found.values);
    const unsaved = Array.isArray(found.unsaved) ? found.unsaved : [];
    return { values, unsaved: unsaved.filter((name) => name in values) };
  } catch {
    return { values: {}, unsaved: [] };
  }
}
