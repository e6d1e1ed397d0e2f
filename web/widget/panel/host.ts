import { forPanel, type ToHost, type ToPanel } from "../bridge/bridge";

/**
 * The page that shows us, as far as it concerns the panel. It is addressed by
 * the exact origin it gave in the frame's address: if that was a lie, nothing
 * we say reaches it, and the embed token, bound to the real origin, fails.
 */
export class Host {
  private readonly origin = new URLSearchParams(location.search).get("origin") ?? "";
  /** Whether there is one: the panel can also be opened as a page of its own. */
  readonly exists = window.parent !== window && this.origin !== "";

  constructor(hear: (m: ToPanel) => void) {
    if (!this.exists) return;
    addEventListener("message", (e) => {
      if (e.origin !== this.origin || e.source !== window.parent) return;
      const m = forPanel(e.data);
      if (m) hear(m);
    });
  }

  tell(m: ToHost): void {
    if (this.exists) window.parent.postMessage(m, this.origin);
  }
}
