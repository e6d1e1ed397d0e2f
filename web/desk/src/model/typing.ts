/** Told again at most this often while somebody goes on writing. */
export const everyMs = 3000;
/** Without a key for this long, nobody is writing any more. */
export const quietMs = 5000;

/** Turns key presses into "is writing" and "has stopped", told no more often than needed. */
export class TypingSignal {
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (on: boolean) => void) {}

  /** A key was pressed. */
  start = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.stop, quietMs);
    const now = Date.now();
    if (this.told !== 0 && now - this.told < everyMs) return;
    this.told = now;
    this.tell(true);
  };

  /** Sent, left, or quiet for long. */
  stop = (): void => {
    clearTimeout(this.timer);
    if (this.told === 0) return;
    this.told = 0;
    this.tell(false);
  };
}
