import { expect, it } from "vitest";
import { Lead, Looking } from "./tabs";

/** What browsers do with names, for tabs that are objects here. */
class Locks {
  private held: { name: string; mode: string }[] = [];
  private queue: { name: string; mode: string; start(): void }[] = [];
  request(name: string, options: unknown, call?: () => unknown): Promise<unknown> {
    const mode = typeof options === "function" ? "exclusive" : ((options as LockOptions).mode ?? "exclusive");
    const run = (call ?? options) as () => unknown;
    return new Promise((resolve) => {
      this.queue.push({
        name,
        mode,
        start: () => {
          const lock = { name, mode };
          this.held.push(lock);
          void Promise.resolve(run()).then((result) => {
            this.held = this.held.filter((other) => other !== lock);
            resolve(result);
            this.next();
          });
        },
      });
      this.next();
    });
  }
  private next() {
    const waiting = this.queue;
    this.queue = [];
    for (const one of waiting) {
      const busy = this.held.some(
        (lock) => lock.name === one.name && (lock.mode !== "shared" || one.mode !== "shared"),
      );
      if (busy) this.queue.push(one);
      else one.start();
    }
  }
  query = () => Promise.resolve({ held: this.held });
}
const manager = () => new Locks() as unknown as LockManager;
const settle = () => new Promise((resolve) => setImmediate(resolve));

it("one tab leads, and the next when it has gone", async () => {
  const locks = manager();
  const tabs = [1, 2, 3].map(() => new Lead("sound", locks));
  const [first, second, third] = tabs as [Lead, Lead, Lead];
  for (const tab of tabs) tab.want();
  await settle();
  expect(tabs.map((tab) => tab.leading)).toEqual([true, false, false]);
  second.stop();
  first.stop();
  await settle();
  expect(tabs.map((tab) => tab.leading)).toEqual([false, false, true]);
  third.stop();
});

it("a tab that does not want to lead leaves it to the others", async () => {
  const locks = manager();
  const blocked = new Lead("sound", locks);
  const other = new Lead("sound", locks);
  other.want();
  await settle();
  expect([blocked.leading, other.leading]).toEqual([false, true]);
});

it("each tab knows what is looked at in any", async () => {
  const locks = manager();
  const [one, two] = [new Looking("look.", locks), new Looking("look.", locks)];
  expect([...(await one.all())]).toEqual([]);
  two.at("sara");
  await settle();
  expect([...(await one.all())]).toEqual(["sara"]);
  two.at("mona");
  await settle();
  one.at("mona");
  await settle();
  two.at(undefined);
  await settle();
  expect([...(await two.all())]).toEqual(["mona"]);
});

it("without locks each tab is for itself", async () => {
  const lead = new Lead("sound", undefined);
  lead.want();
  const looking = new Looking("look.", undefined);
  looking.at("sara");
  expect([lead.leading, [...(await looking.all())]]).toEqual([true, ["sara"]]);
});
