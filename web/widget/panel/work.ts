import { Refusal } from "../../protocol/src";
import type { Task } from "../work/worker";

/** As much of a worker as is needed, so that a test can give another. */
export type Bench = Pick<Worker, "postMessage" | "onmessage" | "onerror" | "terminate">;

const bench = (): Bench => new Worker(new URL("../work/worker.ts", import.meta.url), { type: "module" });

/**
 * The work that an asset may ask for before a chat. It is done on an embed
 * token, once, and begins as soon as somebody fills the form in, so that it is
 * mostly done when they send it.
 */
export class Work {
  private task: Task = { token: "", zeros: 0 };
  private at: Bench | undefined;
  private answer: Promise<number[]> = Promise.resolve([]);

  constructor(private readonly open = bench) {}

  /** The answer for a token; what was done on another is given up. */
  on(token: string, zeros: number): Promise<number[]> {
    if (this.task.token !== token || this.task.zeros !== zeros) {
      this.at?.terminate();
      this.task = { token, zeros };
      this.answer = this.begin();
      this.answer.catch(() => (this.task = { token: "", zeros: 0 })); // the next one who asks tries again
    }
    return this.answer;
  }

  private begin(): Promise<number[]> {
    return new Promise((done, fail) => {
      const at = (this.at = this.open());
      at.onmessage = ({ data }) => {
        at.terminate();
        done(data as number[]);
      };
      at.onerror = () => fail(new Refusal("unavailable"));
      at.postMessage(this.task);
    });
  }
}
