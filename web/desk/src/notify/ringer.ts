// A request rings three times, four seconds apart, and stops when nobody is
// waiting any more. Other sounds come one by one.
import { after } from "../../../ui/src/ticker";

const againMs = 4000;
const times = 3;
const messageMs = 1500;

export class Ringer {
  private readonly open = new Set<string>();
  private left = 0;
  private cancel: (() => void) | undefined;
  private toldAt = -Infinity;

  /** play sounds the request; hush stops what is sounding. */
  constructor(
    private readonly play: () => void,
    private readonly hush: () => void,
  ) {}

  /** A request is there: it rings now, and again while any is. */
  ring(key: string): void {
    this.open.add(key);
    this.left = times;
    this.again();
  }

  /** That request is over. */
  over(key: string): void {
    if (this.open.delete(key) && this.open.size === 0) this.stop();
  }

  /** Nothing rings any more until the next request. */
  stop(): void {
    if (this.left === 0 && !this.cancel) return;
    this.left = 0;
    this.cancel?.();
    this.cancel = undefined;
    this.hush();
  }

  /** Whether a message may be heard now: at most one in a second and a half. */
  mayTell(now: number): boolean {
    if (now - this.toldAt < messageMs) return false;
    this.toldAt = now;
    return true;
  }

  private again(): void {
    this.cancel?.();
    this.left--;
    this.play();
    this.cancel = this.left > 0 ? after(againMs, () => this.again()) : undefined;
  }
}
