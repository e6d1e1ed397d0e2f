import { forHost, type ToHost, type ToPanel, type Token } from "../bridge/bridge";
import type { Settings } from "./settings";

/** The chat itself, in a frame of the server's origin. */
export interface Frame {
  element: HTMLIFrameElement;
  /** Tells the panel, if it is there yet; what it must know first it learns when it is. */
  post(m: ToPanel): void;
  show(shown: boolean): void;
  /** Says who the visitor is, if the site does. */
  identify(): Promise<void>;
  /** Everything the frame has kept of this visitor is forgotten, also if it is not there yet. */
  forget(): void;
}

const signedWithinMs = 10_000;
/** So long a frame that has loaded may take to say that it is ours. */
const saidWithinMs = 1000;

/**
 * Makes the frame. Nothing of it exists before somebody reaches for the chat;
 * then the permission to be embedded is asked for from here, because only the
 * host page's requests carry its origin. refused is called if the server will
 * not be shown on this page, came when what is in the frame has come, or could not.
 */
export function frame(
  settings: Settings,
  hear: (m: ToHost) => void,
  refused: (code: string) => void,
  came: (ready: boolean) => void,
): Frame {
  const { server, key } = settings;
  const element = document.createElement("iframe");
  let token: Promise<Token>;
  let again: ReturnType<typeof setTimeout>;
  let waitsMs = saidWithinMs;
  let listening = false;
  let forgets = false;
  let isShown = false;

  const post = (m: ToPanel) => {
    if (listening) element.contentWindow?.postMessage(m, server);
  };
  const forget = () => {
    forgets = true;
    post({ hiwar: "forget" });
  };
  /** A site that fails to sign, or never comes to an end with it, has an unknown visitor, not a broken chat. */
  const identity = async () => {
    try {
      const late = new Promise((over) => setTimeout(over, signedWithinMs));
      const said = await Promise.race([settings.identity?.(), late]);
      return typeof said === "string" ? said : "";
    } catch {
      return "";
    }
  };
  const identify = async () => post({ hiwar: "identity", token: await identity() });

  const start = async () => {
    // Come again: the page has put us elsewhere, maybe long after the first time.
    if (listening) token = embed(settings);
    listening = true;
    came(true);
    const { lang, dir, color, prefill, attributes } = settings;
    const { referrer } = document;
    const known = { dir, lang, color, prefill, attributes, ...here(), referrer };
    post({ hiwar: "start", ...known, identity: await identity(), token: await token });
    if (forgets) forget(); // also what a frame was told that went away before it heard
    post({ hiwar: "shown", shown: isShown });
  };
  const renew = async () => {
    token = embed(settings);
    post({ hiwar: "token", token: await token });
  };

  addEventListener("message", (e) => {
    if (e.origin !== server || e.source !== element.contentWindow) return;
    const m = forHost(e.data);
    if (m?.hiwar === "ready") void start();
    else if (m?.hiwar === "renew") void renew();
    else if (m?.hiwar === "prove") void identify();
    else if (m) {
      if (m.hiwar === "conversation") forgets &&= m.open; // forgetting ends with there being none
      hear(m);
    }
  });
  // A page may change without a reload; whoever goes on in the chat leaves the page for it.
  addEventListener("blur", () => post({ hiwar: "page", ...here() }));
  const query = new URLSearchParams({ lang: settings.lang, origin: self.origin }); // a page inside another may have none in its address
  element.allow = "clipboard-write";
  const address = `${server}/widget/${encodeURIComponent(key)}?${query}`;
  const load = () => {
    if (listening) return;
    clearTimeout(again);
    token = embed(settings);
    void token.then((t) => "problem" in t && t.problem === "origin_not_allowed" && refused(t.problem));
    element.src = address;
  };
  // A frame that failed has loaded too, and says nothing. It is fetched again
  // after a while that grows, or when there is a network again.
  element.onload = () => {
    again = setTimeout(() => {
      if (listening) return;
      came(false);
      again = setTimeout(load, (waitsMs *= 2));
    }, saidWithinMs);
  };
  addEventListener("online", load);
  load();

  return {
    element,
    post,
    forget,
    identify,
    show(shown) {
      isShown = shown;
      post({ hiwar: "shown", shown });
      if (shown) element.focus();
    },
  };
}

/** The page as it is now; its address without the query: what stands there can be private. */
const here = () => ({ page: location.origin + location.pathname, title: document.title });

/** Asks whether this page may show the chat. A refusal is an answer, not a failure. */
async function embed({ server, key }: Settings): Promise<Token> {
  try {
    const answer = await fetch(`${server}/api/v1/widget/${encodeURIComponent(key)}/embed`, {
      method: "POST",
      credentials: "omit",
    });
    const { embed_token: value, code } = (await answer.json()) as { embed_token?: unknown; code?: unknown };
    if (typeof value === "string") return { value };
    if (typeof code === "string") return { problem: code };
  } catch {
    // Offline, or what answered is not our server.
  }
  return { problem: "unavailable" };
}
