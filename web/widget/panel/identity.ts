import { newId } from "../../protocol/src";
import { Refused, type Api, type Proven } from "./api";
import type { Embed } from "./embed";
import type { Keep } from "./keep";

/** What became of proving who the visitor is. */
export type Outcome =
  { person: Proven } | { known: true } | { nobody: true } | { problem: string; reason: string };

/**
 * Who the site says its visitor is. Its token is exchanged once for ours; as
 * long as that one opens something, nothing is asked again.
 */
export class Identity {
  private token = "";
  private id = newId();
  /** The token of who was here before: the server forgets it with the proof. */
  private former = "";
  constructor(
    private readonly api: Api,
    private readonly keep: Keep,
    private readonly embed: Embed,
  ) {}

  /**
   * Takes a token of the site: whether it is a new one, and of somebody else
   * than was here before. Then nothing is kept of who was.
   */
  put(token: string): { fresh: boolean; other: boolean } {
    if (token === this.token) return { fresh: false, other: false };
    this.token = token;
    this.id = newId(); // the same token again is the same try
    const was = this.keep.get()?.person;
    const other = token !== "" && was !== undefined && was !== subject(token);
    if (other) {
      this.former = this.keep.get()?.token ?? "";
      this.keep.clear();
    }
    return { fresh: true, other };
  }

  async prove(): Promise<Outcome> {
    if (!this.token) return { nobody: true };
    const person = subject(this.token);
    const kept = this.keep.get();
    if (person && kept?.person === person && (await this.still(kept.token, kept.over)))
      return { known: true };
    this.api.token = kept?.token ?? this.former;
    try {
      const proven = await this.api.prove(this.id, this.token, await this.embed.get());
      this.api.token = proven.visitor_token;
      const { visitor_token: token, conversation = "", open } = proven;
      this.keep.set({ token, conversation, over: !open, person });
      return { person: proven };
    } catch (e) {
      const reason = e instanceof Refused ? e.params.reason : undefined;
      const problem = e instanceof Refused ? e.problem.code : "unavailable";
      return { problem, reason: typeof reason === "string" ? reason : "" };
    }
  }

  /** Our token still opens something; of one whose chat is over, whether another was begun elsewhere. */
  private async still(token: string, over: boolean): Promise<boolean> {
    if (!over) return true;
    this.api.token = token;
    try {
      const { conversation, status } = await this.api.resume();
      const kept = this.keep.get();
      if (kept && status !== "closed") this.keep.set({ ...kept, conversation, over: false });
      return true;
    } catch (e) {
      return !(e instanceof Refused) || e.status !== 401;
    }
  }
}

/** The person a token names. Only the server knows whether it is true; here it tells one from another. */
export function subject(token: string): string {
  try {
    const part = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof sub === "string" ? sub : "";
  } catch {
    return "";
  }
}
