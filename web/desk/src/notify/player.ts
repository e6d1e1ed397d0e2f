// The one player of this page.
import { useSyncExternalStore } from "react";
import { Player } from "./sound";

export const player = new Player();

/** Whether the browser keeps sounds back until somebody does something here. */
export function useBlocked(): boolean {
  return useSyncExternalStore(
    (listener) => player.onChange(listener),
    () => player.blocked,
  );
}
