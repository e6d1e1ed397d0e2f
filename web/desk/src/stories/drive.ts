// What happens at a desk, done by hand: a story stands still until somebody
// outside, a test or a person at the console, makes something happen in it.
import type { Card, Conversation, Entry } from "../../../protocol/src/types";
import { withThread, type DeskState, type Live, type ThreadState } from "../live/state";
import { freezeClock } from "../../../ui/src/now";
import { ago, conversation as viewOf, khalid, mona, request, sara, thread, yusuf, type Scene } from "./cast";

/** How many older messages are fetched at once. */
const pageSize = 50;

const people: Record<string, Scene> = { sara, khalid, mona, yusuf };

/** Everything that can happen to the desk from outside, as the server would tell it. */
export interface Drive {
  /** Lets the clock run, or holds it at that moment. */
  clock(at?: number): void;
  /** Somebody asks; the answer is the number of the offer. */
  request(who: string, name: string, seconds?: number): number;
  /** The request ends without having been accepted. */
  gone(offer: number, how: "missed" | "withdrawn" | "accepted", cause?: string): void;
  rona(customer: string): void;
  /** The customer writes; all texts in one state change each. */
  message(who: string, ...texts: string[]): void;
  typing(who: string): void;
  /** Every message under way is refused, or has arrived. */
  refuse(code: string): void;
  arrive(who: string): void;
  interrupt(who: string): void;
  link(state: DeskState["link"]["state"]): void;
  change(who: string, change: Partial<Card>): void;
  /** A thread of that many messages, and so many pages of older ones that are fetched. */
  fill(who: string, messages: number, pages?: number): void;
  /** The page that was asked for arrives. */
  fetched(): void;
  /** So many agents to transfer to. */
  crowd(agents: number): void;
}

export function drive({ store, actions }: Live): Drive {
  let offers = 900;
  let fetched = () => {};
  const cards = (f: (cards: Card[]) => Card[]) =>
    store.set((s) => (s.desk ? { ...s, desk: { ...s.desk, cards: f(s.desk.cards) } } : s));
  const view = (id: string, f: (c: Conversation) => Conversation) =>
    store.set((s) =>
      withThread(s, id, (t) => (t.conversation ? { ...t, conversation: f(t.conversation) } : t)),
    );
  const id = (who: string) => people[who]?.id ?? who;
  const say = (who: string, text: string, by = 1, clientId: string = crypto.randomUUID()) =>
    view(id(who), (c) => ({
      ...c,
      entries: [
        ...c.entries,
        {
          seq: (c.entries.at(-1)?.seq ?? 0) + 1,
          at: new Date().toISOString(),
          kind: "message",
          by,
          client_id: clientId,
          text,
        },
      ],
    }));
  return {
    clock: freezeClock,
    request(who, name, seconds = 30) {
      const scene = { ...(people[who] ?? khalid), id: `conv_${++offers}`, name };
      const made = Date.now();
      store.set((s) => ({
        ...s,
        threads: { ...s.threads, [scene.id]: thread(viewOf(scene)) },
      }));
      cards((all) => [
        ...all,
        request(scene, {
          offer: offers,
          received_at: new Date(made).toISOString(),
          made_at: new Date(made).toISOString(),
          deadline: new Date(made + seconds * 1000).toISOString(),
        }),
      ]);
      return offers;
    },
    gone(offer, how, cause) {
      const card = store.get().desk?.cards.find((c) => c.offer === offer);
      // What became of it is known before it is gone, as with a server.
      if (card) store.set((s) => ({ ...s, departed: [...s.departed, { card, how, cause }] }));
      cards((all) => all.filter((c) => c.offer !== offer));
    },
    rona(customer) {
      store.set((s) =>
        s.desk
          ? {
              ...s,
              departed: [],
              desk: {
                ...s.desk,
                agent: {
                  ...s.desk.agent,
                  presence: "rona",
                  since: ago(0),
                  missed: { customer, at: ago(30) },
                },
              },
            }
          : s,
      );
    },
    message(who, ...texts) {
      for (const text of texts) say(who, text);
    },
    typing(who) {
      const name = people[who]?.name ?? who;
      store.set((s) =>
        withThread(s, id(who), (t) => ({
          ...t,
          typing: [{ by: 1, name, until: Number.MAX_SAFE_INTEGER }],
        })),
      );
    },
    refuse(code) {
      store.set((s) => ({
        ...s,
        threads: Object.fromEntries(
          Object.entries(s.threads).map(([key, t]) => [
            key,
            t && {
              ...t,
              outgoing: t.outgoing.map((m) => ({ ...m, mark: "failed" as const, problem: { code } })),
            },
          ]),
        ),
      }));
    },
    arrive(who) {
      const under = store.get().threads[id(who)]?.outgoing ?? [];
      store.set((s) => withThread(s, id(who), (t) => ({ ...t, outgoing: [] })));
      for (const m of under) say(who, m.text, 2, m.clientId);
    },
    interrupt(who) {
      this.change(who, {
        status: "interrupted",
        asset: { id: "ast_1", name: { en: "Store site", ar: "موقع المتجر" } },
      });
      view(id(who), (c) => ({ ...c, status: "interrupted" }));
    },
    link: (state) => store.set((s) => ({ ...s, link: { state, since: Date.now() } })),
    fill(who, messages, pages = 0) {
      const before = pages * pageSize;
      const entry = (i: number): Entry => ({
        seq: before + i + 1,
        at: ago((messages - i) * 20),
        kind: "message",
        by: Math.abs(i) % 5 ? 1 : 2,
        client_id: `filled-${i}`,
        text: `Message ${i} of a long conversation about order 1200-AB/${i}`,
      });
      const from = (first: number, count: number) =>
        Array.from({ length: count }, (_, i) => entry(first + i));
      view(id(who), (c) => ({ ...c, entries: from(0, messages), more: pages > 0 }));
      actions.older = async (conversation) => {
        const change = (f: (t: ThreadState) => ThreadState) =>
          store.set((s) => withThread(s, conversation, f));
        change((t) => ({ ...t, older: "loading" }));
        await new Promise<void>((come) => (fetched = come));
        change((t) => ({ ...t, older: "idle" }));
        view(conversation, (c) => {
          const first = (c.entries[0]?.seq ?? 1) - before - 1 - pageSize;
          return { ...c, entries: [...from(first, pageSize), ...c.entries], more: first > -before };
        });
      };
    },
    fetched: () => fetched(),
    crowd(agents) {
      const named = actions.targets;
      actions.targets = async (conversation) => ({
        ...(await named(conversation)),
        agents: Array.from({ length: agents }, (_, i) => ({
          user: `usr_${i}`,
          name: `${i % 2 ? "Agent" : "الوكيل"} ${i}`,
          occupied: i % 3,
          capacity: 3,
          on_unanswered: "requeue",
        })),
      });
    },
    change: (who, change) =>
      cards((all) => all.map((card) => (card.conversation === id(who) ? { ...card, ...change } : card))),
  };
}
