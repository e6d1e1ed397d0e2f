// Where on the desk one is: the address of the page, or one of its own where
// there is no browser around, and the links that change it.
import { createContext, useContext, useSyncExternalStore, type AnchorHTMLAttributes } from "react";

export interface Address {
  /** The path with what is asked for after it: /login?notice=expired. */
  get: () => string;
  go: (to: string, how?: { replace?: boolean }) => void;
  subscribe: (listener: () => void) => () => void;
}

/** The address of the browser's page. */
export function pageAddress(): Address {
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  const get = () => window.location.pathname + window.location.search;
  window.addEventListener("popstate", tell);
  return {
    get,
    go: (to, { replace = false } = {}) => {
      if (replace || to === get()) window.history.replaceState(null, "", to);
      else window.history.pushState(null, "", to);
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** An address that stands nowhere, for a desk shown inside something else. */
export function ownAddress(start: string): Address {
  let now = start;
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    go: (to) => {
      now = to;
      listeners.forEach((listener) => listener());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const AddressContext = createContext<Address | undefined>(undefined);

export function useAddress(): Address {
  const address = useContext(AddressContext);
  if (!address) throw new Error("an address is asked for outside AddressContext");
  return address;
}

/** The way to another place. */
export const useGo = (): Address["go"] => useAddress().go;

/** The path one is at, without what is asked for after it and without a slash at its end. */
export function usePath(): string {
  const address = useAddress();
  return useSyncExternalStore(address.subscribe, () => pathOf(address.get()));
}

/** What is asked for after the path. */
export function useAsked(): URLSearchParams {
  const address = useAddress();
  const at = useSyncExternalStore(address.subscribe, address.get);
  return askedIn(at);
}

export const askedIn = (at: string): URLSearchParams => new URLSearchParams(at.split("?")[1] ?? "");

export const pathOf = (at: string): string => (at.split(/[?#]/)[0] ?? "").replace(/(.)\/+$/, "$1");

const conversationPath = "/desk/c/";

/** The place of a conversation. */
export const placeOf = (conversation: string): string => conversationPath + encodeURIComponent(conversation);

/** The conversation whose place that is. */
export function conversationAt(path: string): string | undefined {
  const name = path.startsWith(conversationPath) ? path.slice(conversationPath.length) : "";
  if (name === "" || name.includes("/")) return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  to: string;
}

/** A link that changes the place without loading the page; where one is already it says so. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const go = useGo();
  const here = usePath() === pathOf(to);
  return (
    <a
      {...(here ? { "aria-current": "page" } : {})}
      {...rest}
      href={to}
      onClick={(event) => {
        onClick?.(event);
        // Another tab, another window, a download: the browser knows how.
        const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
        if (event.defaultPrevented || event.button !== 0 || !plain) return;
        event.preventDefault();
        go(to);
      }}
    />
  );
}
