// Signing in through other systems, as the sign-in page asks for it.
import type { Name } from "../../../protocol/src/types";
import { command, read } from "../live/rest";
import type { SignedIn } from "../live/session";

export interface Provider {
  id: string;
  name: Name;
}

/** What a provider has sent the browser back with. */
export interface Returned {
  state: string;
  code?: string;
  error?: string;
}

export interface ProviderSource {
  /** The ways to sign in to an organization, or to the only one there is. */
  offered(organization: string): Promise<{ organization?: string; providers: Provider[] }>;
  /** The address of the provider; the browser is known from then on as one that set out. */
  begin(organization: string, provider: string): Promise<string>;
  finish(returned: Returned | { step: string }): Promise<SignedIn>;
  /** Leaves for an address elsewhere. */
  leave(address: string): void;
}

export const providerSource: ProviderSource = {
  offered: (organization) =>
    read(organization === "" ? "/sign-in" : `/sign-in?${new URLSearchParams({ organization }).toString()}`),
  begin: (organization, provider) =>
    command<{ address: string }>(
      "POST",
      `/sign-in/${encodeURIComponent(organization)}/${encodeURIComponent(provider)}`,
    ).then(({ address }) => address),
  finish: (returned) => command<SignedIn>("POST", "/sign-in", returned),
  leave: (address) => window.location.assign(address),
};

/** What the address of the page says that a provider sent, if one did. */
export function returnedIn(asked: URLSearchParams): Returned | undefined {
  const state = asked.get("state");
  const code = asked.get("code");
  const error = asked.get("error");
  if (state === null || (code === null && error === null)) return undefined;
  return { state, ...(code === null ? {} : { code }), ...(error === null ? {} : { error }) };
}

// The provider brings everybody to one and the same place: where they were on
// their way to is remembered here meanwhile, in this tab.
const wayKey = "hiwar.way";

interface Way {
  back: string;
  organization: string;
}

export const keepWay = (way: Way): void => sessionStorage.setItem(wayKey, JSON.stringify(way));

/** Where whoever comes back was on the way to; it is forgotten then. */
export function takeWay(): Way {
  const kept = sessionStorage.getItem(wayKey);
  sessionStorage.removeItem(wayKey);
  return { back: "", organization: "", ...(kept === null ? {} : (JSON.parse(kept) as Partial<Way>)) };
}
