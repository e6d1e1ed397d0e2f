/** How often a customer's typing is told, and when it is over. */
const tellEveryMs = 3000;
const overAfterMs = 5000;
/** A colleague's typing that is not told again is over. */
const forgetAfterMs = 7000;

/** Tells that one is typing: at once, every three seconds, and when it stops. */
export class TypingOut {
  private toldAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;
  constructor(private readonly tell: (on: boolean) => void) {}

  typed(text: string): void {
    clearTimeout(this.timer);
    if (text.trim() === "") return this.stop();
    const now = performance.now();
    if (now - this.toldAt >= tellEveryMs) {
      this.toldAt = now;
      this.tell(true);
    }
    this.timer = setTimeout(() => this.stop(), overAfterMs);
  }

  /** The message itself says that typing is over. */
  sent(): void {
    clearTimeout(this.timer);
    this.toldAt = -Infinity;
  }

  private stop(): void {
    clearTimeout(this.timer);
    if (this.toldAt === -Infinity) return;
    this.toldAt = -Infinity;
    this.tell(false);
  }
}

/** Remembers who is typing until they stop, write, or are not heard of. */
export class TypingIn {
  private by: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  constructor(private readonly show: (name: string | undefined) => void) {}

  heard(t: { by: number; name: string; on: boolean }): void {
    if (!t.on) return this.over(t.by);
    this.by = t.by;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.over(t.by), forgetAfterMs);
    this.show(t.name);
  }

  over(by: number): void {
    if (this.by !== by) return;
    this.by = undefined;
    clearTimeout(this.timer);
    this.show(undefined);
  }
}
