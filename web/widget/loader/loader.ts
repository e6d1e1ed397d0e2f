/**
 * What a site includes: one script, asynchronous, at a stable address. It
 * draws a button when the page has nothing better to do and does nothing else
 * until somebody reaches for it.
 *
 *     <script async src="https://chat.example/hiwar.js" data-key="…"></script>
 *
 * Calls made before it has loaded wait in a stub:
 *
 *     window.hiwar ??= (...a) => (window.hiwar.q ??= []).push(a);
 *     hiwar("open");
 */
import { calls } from "./calls";
import { settings, type Given } from "./settings";

type Call = [name: string, ...args: unknown[]];
type Hiwar = ((...call: Call) => Promise<void>) & { q?: Call[]; version?: string };

declare global {
  interface Window {
    hiwar?: Hiwar;
    hiwarSettings?: Given;
  }
}

/** Runs then when the page is loaded and idle, three seconds after that at the latest. */
function later(then: () => void): void {
  const idle = () => {
    if ("requestIdleCallback" in window) requestIdleCallback(then, { timeout: 3000 });
    else setTimeout(then, 200);
  };
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });
}

function begin(script: HTMLScriptElement | null): void {
  // An element of the page with that name is no stub.
  const stub = typeof window.hiwar === "function" ? window.hiwar : undefined;
  if (!script || stub?.version) return; // loaded twice: the first one stays
  const found = settings(script, window.hiwarSettings ?? {}, document);
  if (!found) return;

  const made = new Promise<ReturnType<typeof calls>>((ready) => later(() => ready(calls(found))));
  const api: Hiwar = async (name, ...args) => {
    const call = (await made).get(name);
    if (!call) throw new TypeError(`hiwar: ${name}`);
    call(args[0], args[1]);
  };
  api.version = "1";
  Object.defineProperty(window, "hiwar", { value: Object.freeze(api), enumerable: true });
  for (const call of stub?.q ?? []) void api(...call);
}

// An image of that name would stand for the running script in document: what
// people may write into a page must not choose the server.
const running = document.currentScript;
begin(
  running instanceof HTMLScriptElement
    ? running
    : document.querySelector<HTMLScriptElement>('script[src*="/hiwar.js"][data-key]'),
);
