import type { Token } from "../bridge/bridge";
import { Refusal } from "../../protocol/src";

/** The server accepts an embed token for five minutes; we ask anew a little before. */
const freshMs = 4 * 60_000;
const answerWithinMs = 10_000;

/**
 * The right to be shown on this page. Only the host page can ask for it, so a
 * new one is asked for through the loader.
 */
export class Embed {
  private token: Token = { problem: "unavailable" };
  private at = -Infinity;
  private waiting: ((t: Token) => void)[] = [];
  constructor(private readonly renew: () => void) {}

  put(token: Token): void {
    this.token = token;
    this.at = performance.now();
    for (const go of this.waiting.splice(0)) go(token);
  }

  /** The server takes the token no more, whatever we count. */
  old(): void {
    this.at = -Infinity;
  }

  /** The token we were given last, "" if none: it may be an old one. */
  get last(): string {
    return "value" in this.token ? this.token.value : "";
  }

  /** A token that is still good. Rejects with the refusal's code. */
  async get(): Promise<string> {
    const fresh = "value" in this.token && performance.now() - this.at < freshMs;
    const token = fresh ? this.token : await this.asked();
    if ("value" in token) return token.value;
    throw new Refusal(token.problem);
  }

  private asked(): Promise<Token> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      setTimeout(() => resolve({ problem: "unavailable" }), answerWithinMs);
      if (this.waiting.length === 1) this.renew();
    });
  }
}
