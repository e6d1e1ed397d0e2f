// Parts of the page that are fetched behind the first view.
import { lazy, type ComponentType, type LazyExoticComponent } from "react";

const pauseMs = 1000;

/**
 * Fetches a module until it is there: without a connection, or while the
 * server restarts, one failure must not break the page for good.
 */
export async function persistently<T>(load: () => Promise<T>, pause = pauseMs): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A component of a module that is fetched when it is first drawn. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(() => persistently(load).then((component) => ({ default: component })));
}

/** Fetches a module while nothing else is to do, so that it is there when it is wanted. */
export function fetchSoon(load: () => Promise<unknown>): () => void {
  const timer = setTimeout(() => void load().catch(() => undefined), 500);
  return () => clearTimeout(timer);
}
