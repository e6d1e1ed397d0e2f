import type { ToHost } from "../bridge/bridge";
import { nMessages, wLaunchUnread } from "../../locales/gen/messages";
import type { Store } from "./model";

/** Whether somebody looks at the panel, and how much came while nobody did: the launcher says so. */
export class Attention {
  private unread = 0;

  /** Calls seen whenever what is shown comes into sight. */
  constructor(
    private readonly store: Store,
    private readonly tell: (m: ToHost) => void,
    private readonly seen: () => void,
  ) {
    document.addEventListener("visibilitychange", () => this.look());
  }

  shown(shown: boolean): void {
    this.store.set({ shown });
    this.look();
  }

  /** A message has come. */
  came(): void {
    if (!this.inSight()) this.count(this.unread + 1);
  }

  /** Says what is unread again, in the language that is spoken now. */
  again(): void {
    if (this.unread > 0) this.say();
  }

  private look(): void {
    if (!this.inSight()) return;
    this.count(0);
    this.seen();
  }

  private inSight(): boolean {
    return this.store.get().shown && document.visibilityState === "visible";
  }

  private count(unread: number): void {
    if (unread === this.unread) return;
    this.unread = unread;
    this.say();
  }

  /** The sentence goes along: the launcher, which is on every page, need not know how to count in Arabic. */
  private say(): void {
    const { unread: count } = this;
    const label = count > 0 ? wLaunchUnread({ unread: nMessages({ n: count }) }) : "";
    this.tell({ hiwar: "unread", count, label });
  }
}
