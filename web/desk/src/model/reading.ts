// What a new request or message is read out as, and how often (A1–A3, A10–A12).

/** Seconds left at which a request is spoken again after its arrival: half of its time, and ten. */
export function spokenSeconds(totalMs: number): number[] {
  const half = Math.round(totalMs / 2000);
  return half > 12 ? [half, 10] : [10];
}

/** How much of what customers write is read out (A11). */
export type Verbosity = "all" | "names" | "count" | "off";

/** What is read out for a message in the open conversation, while it is one of the first: it in full, whose it is, or how many there are. */
export function readingOf(verbosity: Verbosity, first: boolean): "text" | "name" | "count" | "nothing" {
  if (verbosity === "off") return "nothing";
  if (verbosity === "count" || !first) return "count";
  return verbosity === "names" ? "name" : "text";
}

/**
 * Says which of a stream of messages are read in full: the first three within
 * two seconds; the rest are counted and told together when it grows quiet.
 */
export class Burst {
  private started = -Infinity;
  private read = 0;
  private held = 0;

  constructor(
    private readonly windowMs = 2000,
    private readonly inFull = 3,
  ) {}

  /** Whether the message that came now is read in full. */
  take(now: number): boolean {
    if (now - this.started > this.windowMs && this.held === 0) {
      this.started = now;
      this.read = 0;
    }
    if (this.read < this.inFull && this.held === 0) {
      this.read++;
      return true;
    }
    this.held++;
    return false;
  }

  /** Counts one that is not read by itself. */
  hold(): void {
    this.held++;
  }

  /** How many were held back; they are told now. */
  flush(): number {
    const held = this.held;
    this.held = 0;
    this.read = 0;
    this.started = -Infinity;
    return held;
  }
}
