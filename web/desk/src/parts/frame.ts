// How the desktop is laid out here: what is collapsed, what is open. Kept on
// this device, because it depends on the screen that stands on the table.
import { useSyncExternalStore } from "react";
import { createStore, useStore } from "../live/store";
import { deviceShelf } from "./device";

export interface Frame {
  /** The task list is a rail of avatars. */
  tasksCollapsed: boolean;
  /** The column beside the conversation is closed, where there is room for one. */
  asideClosed: boolean;
  /** It lies over the conversation, where there is none. */
  drawerOpen: boolean;
  /** The requests show only who it is and how long there is; undefined: as there is room. */
  requestsFolded: boolean | undefined;
}

const key = "hiwar.frame";
const initial: Frame = {
  tasksCollapsed: false,
  asideClosed: false,
  drawerOpen: false,
  requestsFolded: undefined,
};

function kept(): Frame {
  try {
    const { tasksCollapsed, asideClosed } = JSON.parse(deviceShelf()?.getItem(key) ?? "{}") as Partial<Frame>;
    return { ...initial, tasksCollapsed: tasksCollapsed === true, asideClosed: asideClosed === true };
  } catch {
    return initial;
  }
}

const frame = createStore<Frame>(kept());

/** Changes the layout; what lasts is kept for the next visit. */
export function setFrame(change: Partial<Frame>): void {
  frame.set((now) => ({ ...now, ...change }));
  const { tasksCollapsed, asideClosed } = frame.get();
  try {
    deviceShelf()?.setItem(key, JSON.stringify({ tasksCollapsed, asideClosed }));
  } catch {
    // It holds until the page is left.
  }
}

export const useFrame = (): Frame => useStore(frame, (now) => now);

/** Something that may be true of the window: the browser is asked once, and says when it changes. */
function windowIs(query: string) {
  let media: MediaQueryList | undefined;
  const asked = () => (media ??= window.matchMedia(query));
  return {
    watch(changed: () => void) {
      asked().addEventListener("change", changed);
      return () => asked().removeEventListener("change", changed);
    },
    read: () => asked().matches,
  };
}

const wide = windowIs("(width >= 90rem)");
const narrow = windowIs("(width < 45rem)");

/** There is room for the column beside the conversation. */
export const useWide = (): boolean => useSyncExternalStore(wide.watch, wide.read);

/** There is room for one column only. */
export const useNarrow = (): boolean => useSyncExternalStore(narrow.watch, narrow.read);

/** Whether the column beside the conversation is shown, and the way to change that. */
export function useAside(): { shown: boolean; drawer: boolean; set(shown: boolean): void } {
  const { asideClosed, drawerOpen } = useFrame();
  const wide = useWide();
  return {
    shown: wide ? !asideClosed : drawerOpen,
    drawer: !wide,
    set: (shown) => setFrame(wide ? { asideClosed: !shown } : { drawerOpen: shown }),
  };
}
