// A value that changes and whoever watches it. The desk's live state is one
// such value: the socket writes it, components select from it.
import { useSyncExternalStore } from "react";

export interface Store<T> {
  get(): T;
  set(next: (now: T) => T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const changed = next(value);
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What select finds in the store; it must give the same object while nothing it depends on changed. */
export function useStore<T, S>(store: Pick<Store<T>, "get" | "subscribe">, select: (value: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
