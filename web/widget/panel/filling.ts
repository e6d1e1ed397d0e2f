import type { Prefill } from "../bridge/bridge";
import { nothing, type Said } from "./form";
import type { Keep } from "./keep";
import type { Config, Model, Store } from "./model";

/** What is in the form. What was filled in before a reload comes before what the site knows. */
export class Filling {
  constructor(
    private readonly store: Store,
    private readonly keep: Keep,
  ) {}

  set(change: Partial<Model["form"]>): void {
    this.store.set({ form: { ...this.store.get().form, ...change } });
  }

  /** What is known of the visitor; what is not stays as it was. */
  prefill(known: Prefill): void {
    this.set({ said: this.said(known), version: this.store.get().form.version + 1 });
  }

  /** The form of a door: where it is closed it leaves a message, if one can be left. */
  open({ door }: Config): void {
    this.set({ said: this.said(), leaving: !door.open && door.leave_message, problem: undefined });
  }

  /** It has done its work; the next chat begins with another question. */
  done(said: Said): void {
    this.keep.setDraft(undefined);
    this.set({ said: { ...said, question: "", answers: {} }, sending: false, leaving: false });
  }

  /** The next person here is somebody else. */
  clear(): void {
    this.set({ said: nothing, version: this.store.get().form.version + 1 });
  }

  private said(known: Partial<Said> = {}): Said {
    return { ...this.store.get().form.said, ...filled(known), ...filled(this.keep.draft() ?? {}) };
  }
}

/** What is not empty of it. */
function filled<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, v]) => v !== "")) as Partial<T>;
}
