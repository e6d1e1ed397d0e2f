import { forHost, type Prefill, type ToHost, type ToPanel, type Token } from "../bridge/bridge";
import type { Settings } from "./settings";

/**
 * The chat itself, in a frame of the server's origin. Nothing of it exists
 * before somebody reaches for the chat; then the permission to be embedded is
 * asked for from here, because only the host page's requests carry its origin.
 */
export class Frame {
  readonly element = document.createElement("iframe");
  private token: Promise<Token>;
  private listening = false;
  private forgets = false;
  private shown = false;

  constructor(
    private readonly settings: Settings,
    private readonly hear: (m: ToHost) => void,
    /** The server will not be shown on this page. */
    refused: (code: string) => void,
  ) {
    this.token = embed(settings);
    void this.token.then((t) => "problem" in t && t.problem === "origin_not_allowed" && refused(t.problem));
    window.addEventListener("message", (e) => this.receive(e));
    const query = new URLSearchParams({ lang: settings.lang, origin: location.origin });
    this.element.allow = "clipboard-write";
    this.element.src = `${settings.server}/widget/${encodeURIComponent(settings.key)}?${query}`;
  }

  show(shown: boolean): void {
    this.shown = shown;
    this.post({ hiwar: "shown", shown });
    if (shown) this.element.focus();
  }

  language(lang: string, dir: Settings["dir"]): void {
    this.post({ hiwar: "language", lang, dir });
  }

  /** Says who the visitor is, if the site does. */
  async identify(): Promise<void> {
    this.post({ hiwar: "identity", token: await this.identity() });
  }

  /** A site that fails to sign has an unknown visitor, not a broken chat. */
  private async identity(): Promise<string> {
    try {
      const token = await this.settings.identity?.();
      return typeof token === "string" ? token : "";
    } catch {
      return "";
    }
  }

  attributes(attributes: Record<string, string>): void {
    this.post({ hiwar: "attributes", attributes });
  }

  /** Fills the form, where none is shown yet. */
  prefill(prefill: Prefill): void {
    this.post({ hiwar: "prefill", prefill });
  }

  /** Everything the frame has kept of this visitor is forgotten, also if it is not there yet. */
  forget(): void {
    this.forgets = !this.listening;
    this.post({ hiwar: "forget" });
  }

  private receive(e: MessageEvent): void {
    if (e.origin !== this.settings.server || e.source !== this.element.contentWindow) return;
    const m = forHost(e.data);
    if (m?.hiwar === "ready") void this.start();
    else if (m?.hiwar === "renew") void this.renew();
    else if (m?.hiwar === "prove") void this.identify();
    else if (m) this.hear(m);
  }

  private async start(): Promise<void> {
    this.listening = true;
    const { lang, dir, color, prefill, attributes } = this.settings;
    // The address without its query: what stands there can be private.
    const page = location.origin + location.pathname;
    const { title, referrer } = document;
    this.post({
      hiwar: "start",
      dir,
      lang,
      color,
      prefill,
      attributes,
      page,
      title,
      referrer,
      identity: await this.identity(),
      token: await this.token,
    });
    if (this.forgets) this.forget();
    this.post({ hiwar: "shown", shown: this.shown });
  }

  private async renew(): Promise<void> {
    this.token = embed(this.settings);
    this.post({ hiwar: "token", token: await this.token });
  }

  private post(m: ToPanel): void {
    if (this.listening) this.element.contentWindow?.postMessage(m, this.settings.server);
  }
}

/** Asks whether this page may show the chat. A refusal is an answer, not a failure. */
async function embed({ server, key }: Settings): Promise<Token> {
  try {
    const answer = await fetch(`${server}/api/v1/widget/${encodeURIComponent(key)}/embed`, {
      method: "POST",
      credentials: "omit",
    });
    const body = (await answer.json()) as { embed_token?: unknown; code?: unknown };
    if (answer.ok && typeof body.embed_token === "string") return { value: body.embed_token };
    return { problem: typeof body.code === "string" ? body.code : "unavailable" };
  } catch {
    return { problem: "unavailable" };
  }
}
