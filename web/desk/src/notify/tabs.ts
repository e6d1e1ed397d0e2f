// Several tabs of one desk: one of them sounds, one shows notifications, and
// each knows whether any is being looked at. Web Locks say who, and forget a tab
// that is gone; without them (a plain-text address) each tab is for itself.

/** Holds on to a name until told to let go; true once it is ours. */
export class Lead {
  leading = false;
  private letGo: (() => void) | undefined;
  private gone = false;

  constructor(
    private readonly name: string,
    private readonly locks: LockManager | undefined,
  ) {}

  /** Wants to be the one; comes into force when the one before has gone. */
  want(): void {
    if (this.letGo || this.leading) return;
    if (!this.locks) {
      this.leading = true;
      return;
    }
    const held = new Promise<void>((resolve) => (this.letGo = resolve));
    this.locks
      .request(this.name, () => {
        this.leading = !this.gone;
        return this.gone ? undefined : held;
      })
      .catch(() => undefined);
  }

  stop(): void {
    this.gone = true;
    this.leading = false;
    this.letGo?.();
  }
}

/** Says to the other tabs which conversation is looked at here, and knows it of all of them. */
export class Looking {
  private letGo: (() => void) | undefined;
  private own: string | undefined;

  constructor(
    private readonly prefix: string,
    private readonly locks: LockManager | undefined,
  ) {}

  /** Here it is this one now; "" is none in particular, undefined that nobody looks. */
  at(conversation: string | undefined): void {
    if (conversation === this.own) return;
    this.own = conversation;
    this.letGo?.();
    this.letGo = undefined;
    if (conversation === undefined || !this.locks) return;
    const held = new Promise<void>((resolve) => (this.letGo = resolve));
    this.locks.request(this.prefix + conversation, { mode: "shared" }, () => held).catch(() => undefined);
  }

  /** What is looked at in any tab; empty when nobody looks. */
  async all(): Promise<ReadonlySet<string>> {
    const own = this.own === undefined ? [] : [this.own];
    if (!this.locks) return new Set(own);
    const { held = [] } = await this.locks.query();
    const names = held.map((lock) => lock.name ?? "").filter((name) => name.startsWith(this.prefix));
    return new Set([...own, ...names.map((name) => name.slice(this.prefix.length))]);
  }
}

export const webLocks = (): LockManager | undefined =>
  typeof navigator !== "undefined" && "locks" in navigator ? navigator.locks : undefined;
